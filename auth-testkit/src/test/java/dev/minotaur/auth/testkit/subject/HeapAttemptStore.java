package dev.minotaur.auth.testkit.subject;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A correct store of attempts. */
final class HeapAttemptStore implements AttemptStore {

    private final HeapData data;

    HeapAttemptStore(HeapData data) {
        this.data = data;
    }

    @Override
    public Optional<Attempts> find(AttemptKey key) {
        return data.atomically(() -> Optional.ofNullable(data.attempts.get(key)));
    }

    @Override
    public boolean record(AttemptKey key, int expectedCount, Attempts next) {
        if (expectedCount < 0) {
            throw new IllegalArgumentException("the expected count is negative");
        }
        return data.atomically(() -> {
            int stored = find(key).map(Attempts::count).orElse(0);
            if (stored == expectedCount) {
                data.attempts.put(key, next);
            }
            return stored == expectedCount;
        });
    }

    @Override
    public boolean clear(AttemptKey key) {
        return data.atomically(() -> data.attempts.remove(key) != null);
    }

    @Override
    public int deleteOlder(Instant lastAtUpTo, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is below 1");
        }
        return data.atomically(() -> {
            List<AttemptKey> old = data.attempts.entrySet().stream()
                    .filter(entry -> !entry.getValue().lastAt().isAfter(lastAtUpTo))
                    .limit(limit)
                    .map(Map.Entry::getKey)
                    .toList();
            old.forEach(data.attempts::remove);
            return old.size();
        });
    }
}
