package dev.minotaur.auth.jdbi.migration;

import java.util.logging.Level;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import org.jspecify.annotations.Nullable;

/** Drops what Liquibase logs; a failure is told by an exception. */
final class NoLogs extends AbstractLogService {

    @Override
    public int getPriority() {
        return PRIORITY_NOT_APPLICABLE;
    }

    // the interface has the raw type
    @SuppressWarnings("rawtypes")
    @Override
    public Logger getLog(Class clazz) {
        return new NoLog();
    }

    private static final class NoLog extends AbstractLogger {
        @Override
        public void log(Level level, @Nullable String message, @Nullable Throwable e) {}

        @Override
        public void close() {}
    }
}
