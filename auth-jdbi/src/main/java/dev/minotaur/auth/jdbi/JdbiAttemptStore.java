package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Attempts as rows of auth_attempts. */
final class JdbiAttemptStore implements AttemptStore {

    private final Database database;
    private final Class<? extends AttemptStatements> statements;

    JdbiAttemptStore(Database database, Dialect dialect) {
        this.database = database;
        this.statements = dialect.attempts();
    }

    @Override
    public Optional<Attempts> find(AttemptKey key) {
        Objects.requireNonNull(key, "key");
        return database.read("find attempts", handle -> on(handle).find(key));
    }

    @Override
    public boolean record(AttemptKey key, int expectedCount, Attempts next) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(next, "next");
        if (expectedCount < 0) {
            throw new IllegalArgumentException("the expected count is negative");
        }
        return database.write(
                "record an attempt",
                handle -> expectedCount == 0
                        ? on(handle).add(key, next.count(), next.lastAt())
                        : on(handle).replace(key, expectedCount, next.count(), next.lastAt()));
    }

    @Override
    public boolean clear(AttemptKey key) {
        Objects.requireNonNull(key, "key");
        return database.write("clear attempts", handle -> on(handle).clear(key));
    }

    @Override
    public int deleteOlder(Instant lastAtUpTo, int limit) {
        Objects.requireNonNull(lastAtUpTo, "lastAtUpTo");
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is below 1");
        }
        return database.write("delete old attempts", handle -> on(handle).deleteOlder(lastAtUpTo, limit));
    }

    private AttemptStatements on(Handle handle) {
        return handle.attach(statements);
    }
}
