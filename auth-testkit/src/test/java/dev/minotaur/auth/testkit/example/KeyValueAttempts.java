package dev.minotaur.auth.testkit.example;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentMap;

/** Attempts in anything that compares and sets one value under one key; here a map stands for it. */
final class KeyValueAttempts implements AttemptStore {

    private final ConcurrentMap<AttemptKey, Attempts> values;

    KeyValueAttempts(ConcurrentMap<AttemptKey, Attempts> values) {
        this.values = values;
    }

    @Override
    public Optional<Attempts> find(AttemptKey key) {
        return Optional.ofNullable(values.get(key));
    }

    // region record
    @Override
    public boolean record(AttemptKey key, int expectedCount, Attempts next) {
        if (expectedCount < 0) {
            throw new IllegalArgumentException("the expected count is negative");
        }
        if (expectedCount == 0) {
            return values.putIfAbsent(key, next) == null;
        }
        Attempts stored = values.get(key);
        while (stored != null && stored.count() == expectedCount) {
            if (values.replace(key, stored, next)) {
                return true;
            }
            // Somebody wrote in between: another count is an answer, another time is not.
            stored = values.get(key);
        }
        return false;
    }
    // end region

    @Override
    public boolean clear(AttemptKey key) {
        return values.remove(key) != null;
    }

    @Override
    public int deleteOlder(Instant lastAtUpTo, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is below 1");
        }
        int deleted = 0;
        for (Map.Entry<AttemptKey, Attempts> entry : values.entrySet()) {
            boolean old = !entry.getValue().lastAt().isAfter(lastAtUpTo);
            // A record that was changed since it was read is another record, and perhaps no longer old.
            if (old && values.remove(entry.getKey(), entry.getValue()) && ++deleted == limit) {
                break;
            }
        }
        return deleted;
    }
}
