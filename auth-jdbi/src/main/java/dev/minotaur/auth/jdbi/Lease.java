package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.spi.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * A connection for the time of one call. Jdbi takes a connection without autocommit for one in somebody's transaction and
 * never commits it, so autocommit is on while the lease lasts.
 *
 * @param handle the connection
 * @param manual whether the pool gave it without autocommit
 */
record Lease(Handle handle, boolean manual) implements AutoCloseable {

    static Lease open(Jdbi jdbi, String doing) {
        Handle handle;
        try {
            handle = jdbi.open();
        } catch (RuntimeException e) {
            throw noConnection(doing, e);
        }
        try {
            Connection connection = handle.getConnection();
            boolean manual = !connection.getAutoCommit();
            if (manual) {
                connection.setAutoCommit(true);
            }
            return new Lease(handle, manual);
        } catch (SQLException | RuntimeException e) {
            new Lease(handle, false).close();
            throw noConnection(doing, e);
        }
    }

    private static StoreException noConnection(String doing, Exception e) {
        return StoreException.nothingHappened("could not " + doing + ": no connection", FailureCause.of(e));
    }

    /** Gives the connection back as it came. The call is over, and no trouble with the connection changes its outcome. */
    @Override
    public void close() {
        try (handle) {
            if (manual) {
                handle.getConnection().setAutoCommit(false);
            }
        } catch (SQLException | RuntimeException e) {
            // The pool finds out for itself whether the connection is still good.
        }
    }
}
