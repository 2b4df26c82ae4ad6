package org.example.store;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/** Attempts by key, and a second key by the time of the last one, which changes with it. */
final class RocksAttemptStore implements AttemptStore {

    private final Database database;

    RocksAttemptStore(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Attempts> find(AttemptKey key) {
        return database.read(
                "find attempts", step -> step.get(Keys.attempts(key)).map(Records::attempts));
    }

    // region record
    @Override
    public boolean record(AttemptKey key, int expectedCount, Attempts next) {
        if (expectedCount < 0) {
            throw new IllegalArgumentException("the expected count is negative");
        }
        return database.write("record an attempt", step -> {
            Optional<Attempts> stored = stored(step, key);
            if (stored.map(Attempts::count).orElse(0) != expectedCount) {
                return false;
            }
            if (stored.isPresent()) {
                step.delete(Keys.lastAt(stored.get().lastAt(), key));
            }
            step.put(Keys.attempts(key), Records.bytes(next));
            step.put(Keys.lastAt(next.lastAt(), key));
            return true;
        });
    }
    // end region

    @Override
    public boolean clear(AttemptKey key) {
        return database.write("clear attempts", step -> remove(step, key));
    }

    @Override
    public int deleteOlder(Instant lastAtUpTo, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is below 1");
        }
        return database.write("delete old attempts", step -> {
            List<byte[]> old = step.keys(Keys.firstLastAt(), Keys.lastAt(lastAtUpTo), limit);
            for (byte[] key : old) {
                remove(step, Keys.attemptsAtTheEndOf(key));
            }
            return old.size();
        });
    }

    private static boolean remove(Step step, AttemptKey key) throws RocksDBException {
        Optional<Attempts> stored = stored(step, key);
        if (stored.isPresent()) {
            step.delete(Keys.attempts(key));
            step.delete(Keys.lastAt(stored.get().lastAt(), key));
        }
        return stored.isPresent();
    }

    private static Optional<Attempts> stored(Step step, AttemptKey key) throws RocksDBException {
        return step.getForUpdate(Keys.attempts(key)).map(Records::attempts);
    }
}
