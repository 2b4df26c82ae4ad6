package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** Attempts as rows of auth_attempts. */
final class JdbiAttemptStore implements AttemptStore {

    private final Database database;
    private final Class<? extends AttemptStatements.Add> add;
    private final Class<? extends AttemptStatements.DeleteOlder> deleteOlder;

    JdbiAttemptStore(Database database, Dialect dialect) {
        this.database = database;
        this.add = dialect.of(AttemptStatements.Add.class);
        this.deleteOlder = dialect.of(AttemptStatements.DeleteOlder.class);
    }

    @Override
    public Optional<Attempts> find(AttemptKey key) {
        Bound bound = Bound.of(key);
        return database.read("find attempts", handle -> handle.attach(AttemptStatements.Find.class)
                .find(bound));
    }

    @Override
    public boolean record(AttemptKey key, int expectedCount, Attempts next) {
        Bound bound = Bound.of(key);
        Bound expected = Bound.number(expectedCount);
        Bound count = Bound.number(next.count());
        Bound lastAt = Bound.time(next.lastAt());
        if (expectedCount < 0) {
            throw new IllegalArgumentException("the expected count is negative");
        }
        return database.write(
                "record an attempt",
                handle -> expectedCount == 0
                        ? handle.attach(add).add(bound, count, lastAt)
                        : handle.attach(AttemptStatements.Replace.class).replace(bound, expected, count, lastAt));
    }

    @Override
    public boolean clear(AttemptKey key) {
        Bound bound = Bound.of(key);
        return database.write("clear attempts", handle -> handle.attach(AttemptStatements.Clear.class)
                .clear(bound));
    }

    @Override
    public int deleteOlder(Instant lastAtUpTo, int limit) {
        Bound upTo = Bound.time(Objects.requireNonNull(lastAtUpTo, "lastAtUpTo"));
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is below 1");
        }
        Bound most = Bound.number(limit);
        return database.write(
                "delete old attempts", handle -> handle.attach(deleteOlder).deleteOlder(upTo, most));
    }
}
