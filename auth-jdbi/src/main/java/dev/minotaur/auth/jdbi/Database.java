package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.AuthException;
import dev.minotaur.auth.spi.StoreException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;

/**
 * Runs each call of a store on one connection with autocommit, and turns whatever fails into a {@link StoreException}. What
 * was rolled back to let another call go on is run again, a bounded number of times, each on a fresh connection.
 */
final class Database {

    private static final int ATTEMPTS = 10;
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Jdbi jdbi;

    Database(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** Runs a statement that changes nothing. */
    <R> R read(String doing, HandleCallback<R, SQLException> statement) {
        return run(doing, true, handle -> Optional.of(statement.withHandle(handle)));
    }

    /** Runs a statement that changes something. */
    <R> R write(String doing, HandleCallback<R, SQLException> statement) {
        return run(doing, false, handle -> Optional.of(statement.withHandle(handle)));
    }

    /** Runs a statement that changes something or tells why not, again whenever it can tell neither. */
    <R> R decide(String doing, HandleCallback<Optional<R>, SQLException> statement) {
        return run(doing, false, statement);
    }

    private <R> R run(String doing, boolean reads, HandleCallback<Optional<R>, SQLException> statement) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try (Lease lease = Lease.open(jdbi, doing)) {
                Optional<R> answer = statement.withHandle(lease.handle());
                if (answer.isPresent()) {
                    return answer.get();
                }
            } catch (AuthException e) {
                throw e;
            } catch (SQLException | RuntimeException e) {
                Failure failure = Failure.of(e);
                if (!failure.mayBeRepeated() || attempt == ATTEMPTS) {
                    throw failure.toStoreException(doing, reads, e);
                }
            }
            pause(attempt);
        }
        throw StoreException.nothingHappened("could not " + doing + ": lost " + ATTEMPTS + " races", null);
    }

    private static void pause(int attempt) {
        long longest = Math.min(LONGEST_PAUSE_NANOS, TimeUnit.MILLISECONDS.toNanos(1L << attempt));
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(longest));
    }
}
