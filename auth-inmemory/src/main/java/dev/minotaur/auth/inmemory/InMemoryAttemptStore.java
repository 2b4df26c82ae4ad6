package dev.minotaur.auth.inmemory;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

final class InMemoryAttemptStore implements AttemptStore {

    private final Exclusive exclusive = new Exclusive();
    private final Map<AttemptKey, Attempts> byKey = new HashMap<>();

    @Override
    public Optional<Attempts> find(AttemptKey key) {
        Objects.requireNonNull(key, "key");
        return exclusive.run(() -> Optional.ofNullable(byKey.get(key)));
    }

    @Override
    public boolean record(AttemptKey key, int expectedCount, Attempts next) {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(next, "next");
        if (expectedCount < 0) {
            throw new IllegalArgumentException("an expected count is at least 0");
        }
        return exclusive.run(() -> {
            Attempts stored = byKey.get(key);
            int count = stored == null ? 0 : stored.count();
            if (count != expectedCount) {
                return false;
            }
            byKey.put(key, next);
            return true;
        });
    }

    @Override
    public boolean clear(AttemptKey key) {
        Objects.requireNonNull(key, "key");
        return exclusive.run(() -> byKey.remove(key) != null);
    }

    @Override
    public int deleteOlder(Instant lastAtUpTo, int limit) {
        Objects.requireNonNull(lastAtUpTo, "lastAtUpTo");
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1");
        }
        return exclusive.run(() -> {
            List<AttemptKey> old = byKey.entrySet().stream()
                    .filter(entry -> !entry.getValue().lastAt().isAfter(lastAtUpTo))
                    .map(Map.Entry::getKey)
                    .limit(limit)
                    .toList();
            old.forEach(byKey::remove);
            return old.size();
        });
    }
}
