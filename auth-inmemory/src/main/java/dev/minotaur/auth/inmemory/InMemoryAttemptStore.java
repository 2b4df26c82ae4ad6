package dev.minotaur.auth.inmemory;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Attempts by key, in the order in which they were last written. A full store drops records that no policy can still make
 * anybody wait for, and otherwise refuses a key that it does not have: what is blocked stays blocked.
 */
final class InMemoryAttemptStore implements AttemptStore {

    /** The longest that any policy of core waits: the pause between mails. */
    private static final Duration OF_NO_MORE_USE = Duration.ofDays(7);

    private final Exclusive exclusive = new Exclusive();
    private final Map<AttemptKey, Attempts> byKey = new LinkedHashMap<>();
    private final int most;

    InMemoryAttemptStore(int most) {
        this.most = most;
    }

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
            if (stored == null) {
                makeRoom(next.lastAt());
            }
            byKey.remove(key);
            byKey.put(key, next);
            return true;
        });
    }

    private void makeRoom(Instant now) {
        if (byKey.size() < most) {
            return;
        }
        Map.Entry<AttemptKey, Attempts> eldest = byKey.entrySet().iterator().next();
        if (eldest.getValue().lastAt().isAfter(now.minus(OF_NO_MORE_USE))) {
            throw StoreException.nothingHappened("no room for more attempts: " + most + " records are in use", null);
        }
        byKey.remove(eldest.getKey());
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
