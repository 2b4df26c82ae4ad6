package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.attempts;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Stores that purge by an index which a later write has left behind: of the old entry, or without the new one. */
final class StaleIndexFaults {

    private StaleIndexFaults() {}

    static List<Fault> all() {
        return Fault.list(
                tokens("a token is purged at the expiry it had before", purgingByOldExpiry(), "TOK-43"),
                tokens("a token is not purged before the expiry it had", sparingByOldExpiry(), "TOK-43"),
                attempts("attempts are purged at the time they had before", purgingByOldTime(), "ATT-9"),
                attempts("attempts are not purged before the time they had", sparingByOldTime(), "ATT-9"));
    }

    private static UnaryOperator<TokenStore> purgingByOldExpiry() {
        Map<TokenId, Instant> old = new ConcurrentHashMap<>();
        return store -> new RememberingTokenStore(store, old) {
            @Override
            public int deleteExpired(Instant now, int limit) {
                int deleted = correct.deleteExpired(now, limit);
                for (Map.Entry<TokenId, Instant> entry : old.entrySet()) {
                    boolean due = deleted < limit && !entry.getValue().isAfter(now);
                    deleted += due && correct.delete(entry.getKey()) ? 1 : 0;
                }
                return deleted;
            }
        };
    }

    private static UnaryOperator<TokenStore> sparingByOldExpiry() {
        Map<TokenId, Instant> old = new ConcurrentHashMap<>();
        return store -> new RememberingTokenStore(store, old) {
            @Override
            public int deleteExpired(Instant now, int limit) {
                List<StoredToken> spared = old.entrySet().stream()
                        .filter(entry -> entry.getValue().isAfter(now))
                        .flatMap(entry -> correct.find(entry.getKey()).stream())
                        .toList();
                int deleted = correct.deleteExpired(now, limit);
                spared.stream().filter(token -> token.slot().isEmpty()).forEach(correct::insert);
                return deleted;
            }
        };
    }

    private static UnaryOperator<AttemptStore> purgingByOldTime() {
        Map<AttemptKey, Instant> old = new ConcurrentHashMap<>();
        return store -> new RememberingAttemptStore(store, old) {
            @Override
            public int deleteOlder(Instant upTo, int limit) {
                int deleted = correct.deleteOlder(upTo, limit);
                for (Map.Entry<AttemptKey, Instant> entry : old.entrySet()) {
                    boolean due = deleted < limit && !entry.getValue().isAfter(upTo);
                    deleted += due && correct.clear(entry.getKey()) ? 1 : 0;
                }
                return deleted;
            }
        };
    }

    private static UnaryOperator<AttemptStore> sparingByOldTime() {
        Map<AttemptKey, Instant> old = new ConcurrentHashMap<>();
        return store -> new RememberingAttemptStore(store, old) {
            @Override
            public int deleteOlder(Instant upTo, int limit) {
                Map<AttemptKey, Attempts> spared = new ConcurrentHashMap<>();
                old.forEach((key, time) -> {
                    Optional<Attempts> stored = time.isAfter(upTo) ? correct.find(key) : Optional.empty();
                    stored.ifPresent(attempts -> spared.put(key, attempts));
                });
                int deleted = correct.deleteOlder(upTo, limit);
                spared.forEach((key, attempts) -> correct.record(key, 0, attempts));
                return deleted;
            }
        };
    }

    /** Knows of each token that was rotated the expiry it had first. */
    private abstract static class RememberingTokenStore extends ForwardingTokenStore {

        private final Map<TokenId, Instant> old;

        RememberingTokenStore(TokenStore correct, Map<TokenId, Instant> old) {
            super(correct);
            this.old = old;
        }

        @Override
        public boolean rotate(StoredToken replacement, TokenDigest expected) {
            correct.find(replacement.id()).ifPresent(token -> old.putIfAbsent(token.id(), token.expiresAt()));
            return correct.rotate(replacement, expected);
        }
    }

    /** Knows of each key that was recorded again the time it had first. */
    private abstract static class RememberingAttemptStore extends ForwardingAttemptStore {

        private final Map<AttemptKey, Instant> old;

        RememberingAttemptStore(AttemptStore correct, Map<AttemptKey, Instant> old) {
            super(correct);
            this.old = old;
        }

        @Override
        public boolean record(AttemptKey key, int expectedCount, Attempts next) {
            correct.find(key).ifPresent(stored -> old.putIfAbsent(key, stored.lastAt()));
            return correct.record(key, expectedCount, next);
        }
    }
}
