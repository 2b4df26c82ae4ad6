package dev.minotaur.auth.testkit.example;

import dev.minotaur.auth.spi.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;

/** Runs each verb of the example in one short transaction of its own, on READ COMMITTED. */
final class Transactions {

    private static final int MOST_TRIES = 100;
    private static final Set<String> BROKEN_OFF = Set.of("40001", "40P01", "HYT00");

    private final DataSource source;

    Transactions(DataSource source) {
        this.source = source;
    }

    /** What a verb does; empty means that somebody came in between, nothing has changed, and it is to be done again. */
    @FunctionalInterface
    interface Work<T> {
        Optional<T> on(Connection connection) throws SQLException;
    }

    // region transaction
    <T> T write(String verb, Work<T> work) {
        return run(verb, false, work);
    }

    <T> T read(String verb, Work<T> work) {
        return run(verb, true, work);
    }

    private <T> T run(String verb, boolean reads, Work<T> work) {
        for (int i = 0; i < MOST_TRIES; i++) {
            Optional<T> answer = once(verb, reads, work);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw StoreException.nothingHappened("cannot " + verb + ": others came in between all the time", null);
    }

    private <T> Optional<T> once(String verb, boolean reads, Work<T> work) {
        boolean committing = false;
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Optional<T> answer = work.on(connection);
                if (answer.isPresent()) {
                    committing = true;
                    connection.commit();
                }
                return answer;
            } finally {
                if (!committing) {
                    connection.rollback();
                }
            }
        } catch (SQLException e) {
            if (!committing && BROKEN_OFF.contains(e.getSQLState())) {
                return Optional.empty();
            }
            // The driver's text may quote the values, so it goes nowhere.
            String message = "cannot " + verb + ": SQLSTATE " + e.getSQLState();
            throw committing && !reads
                    ? StoreException.outcomeUnknown(message, null)
                    : StoreException.nothingHappened(message, null);
        }
    }
    // end region

    static boolean isTaken(SQLException e) {
        return "23505".equals(e.getSQLState());
    }
}
