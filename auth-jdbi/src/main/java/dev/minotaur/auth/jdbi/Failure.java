package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.spi.StoreException;
import java.sql.SQLException;
import java.util.Set;
import org.jdbi.v3.core.statement.UnableToCreateStatementException;
import org.jspecify.annotations.Nullable;

/**
 * What an exception says about the statement that met it, by its SQLSTATE: drivers agree on those, and not on the classes of
 * their exceptions.
 *
 * @param meaning what it says
 * @param sqlState the SQLSTATE, or null if there is none
 */
record Failure(Meaning meaning, @Nullable String sqlState) {

    enum Meaning {
        /** Rolled back to let another transaction go on: the same again may succeed. */
        ROLLED_BACK,
        /** A unique constraint refused the row; nothing has changed. */
        DUPLICATE,
        /** A foreign key refused the row; nothing has changed. */
        NO_PARENT,
        /** The database refused the statement; nothing has changed. */
        REFUSED,
        /** The statement may have been done, or may still be done. */
        UNKNOWN
    }

    /**
     * The classes of which every state says that the statement did not happen: 07 wrong parameters, 0A not supported, 21 and
     * 22 bad data, 23 integrity, 26 no such prepared statement, 28 and 42 no right or no such object, 3D and 3F no such
     * database or schema, 40 rolled back, 44 check option, 53 out of resources, 54 over a limit, 55 not in the right state.
     */
    private static final Set<String> REFUSING_CLASSES =
            Set.of("07", "0A", "21", "22", "23", "26", "28", "3D", "3F", "40", "42", "44", "53", "54", "55");

    private static final int LONGEST_CHAIN = 100;

    static Failure of(Throwable thrown) {
        boolean sent = true;
        Throwable cause = thrown;
        for (int depth = 0; cause != null && depth < LONGEST_CHAIN; depth++) {
            sent &= !(cause instanceof UnableToCreateStatementException);
            if (cause instanceof SQLException sql) {
                Meaning meaning = meaning(sql.getSQLState());
                return new Failure(sent || meaning != Meaning.UNKNOWN ? meaning : Meaning.REFUSED, sql.getSQLState());
            }
            cause = cause.getCause();
        }
        return new Failure(sent ? Meaning.UNKNOWN : Meaning.REFUSED, null);
    }

    boolean mayBeRepeated() {
        return meaning == Meaning.ROLLED_BACK || meaning == Meaning.DUPLICATE;
    }

    StoreException toStoreException(String doing, boolean reads, Throwable thrown) {
        String message = "could not " + doing + (sqlState == null ? "" : " (SQLSTATE " + sqlState + ")");
        return reads || meaning != Meaning.UNKNOWN
                ? StoreException.nothingHappened(message, FailureCause.of(thrown))
                : StoreException.outcomeUnknown(message, FailureCause.of(thrown));
    }

    private static Meaning meaning(@Nullable String state) {
        if (state == null || state.length() != 5) {
            return Meaning.UNKNOWN;
        }
        return switch (state) {
            // 90131 is H2's: another transaction has changed the same row.
            case "40001", "40P01", "90131" -> Meaning.ROLLED_BACK;
            case "23505" -> Meaning.DUPLICATE;
            case "23503", "23506" -> Meaning.NO_PARENT;
            // Read-only transaction, aborted transaction, and H2's lock not granted in time.
            case "25006", "25P02", "HYT00" -> Meaning.REFUSED;
            // Completion unknown: the only one of its class that does not mean rolled back.
            case "40003" -> Meaning.UNKNOWN;
            default -> REFUSING_CLASSES.contains(state.substring(0, 2)) ? Meaning.REFUSED : Meaning.UNKNOWN;
        };
    }
}
