package dev.minotaur.auth.jdbi;

import java.sql.SQLException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands for an exception of the driver, the pool or Jdbi, whose own text may quote values: its class, its SQLSTATE, its
 * stack trace, and the same of its causes.
 */
final class FailureCause extends Exception {

    private static final long serialVersionUID = 1L;

    private FailureCause(Throwable original, @Nullable Throwable cause) {
        super(describe(original), cause, false, true);
        setStackTrace(original.getStackTrace());
    }

    static FailureCause of(Throwable original) {
        return of(original, Collections.newSetFromMap(new IdentityHashMap<>()));
    }

    private static FailureCause of(Throwable original, Set<Throwable> seen) {
        seen.add(original);
        Throwable cause = original.getCause();
        return new FailureCause(original, cause == null || seen.contains(cause) ? null : of(cause, seen));
    }

    private static String describe(Throwable original) {
        String name = original.getClass().getName();
        return original instanceof SQLException sql
                ? name + ", SQLSTATE " + sql.getSQLState() + ", code " + sql.getErrorCode()
                : name;
    }
}
