package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.attempts;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/** Stores that purge by an index which a later write has left behind: of the old entry, or without the new one. */
final class StaleIndexFaults {

    private StaleIndexFaults() {}

    static List<Fault> all() {
        return Fault.list(
                tokens("a token is purged at the expiry it had before", purgingByOldExpiry(), "TOK-43"),
                tokens("a token is not purged before the expiry it had", sparingByOldExpiry(), "TOK-43"),
                users(
                        "a user is purged at the time of an earlier update",
                        purgingUsers((before, now) -> now.status() == before.status()),
                        "USR-47"),
                users(
                        "a user is purged who was closed before",
                        purgingUsers((before, now) -> now.status() != before.status()),
                        "USR-50"),
                users(
                        "a user is not purged before the time of an earlier update",
                        sparingUsers((before, upTo) -> before.updatedAt().isAfter(upTo)),
                        "USR-47"),
                users(
                        "a user is not purged who was closed by an update",
                        sparingUsers((before, upTo) -> before.status() != UserStatus.CLOSED),
                        "USR-47"),
                attempts(
                        "attempts are purged at the time they had before",
                        purgingByOldTime((expected, next) -> true),
                        "ATT-9"),
                attempts(
                        "the time of attempts is indexed anew if their count changes",
                        purgingByOldTime((expected, next) -> next.equals(expected)),
                        "ATT-9"),
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

    /** Purges some of those who were closed once and old, by what they were then and what they are. */
    private static UnaryOperator<UserStore> purgingUsers(BiPredicate<UserRecord, UserRecord> purges) {
        Map<UserId, UserRecord> old = new ConcurrentHashMap<>();
        return store -> new RememberingUserStore(store, old) {
            @Override
            public List<UserId> deleteClosed(Instant upTo, int limit) {
                List<UserId> deleted = new ArrayList<>(correct.deleteClosed(upTo, limit));
                old.values().stream()
                        .filter(before -> before.status() == UserStatus.CLOSED)
                        .filter(before -> !before.updatedAt().isAfter(upTo))
                        .filter(before -> correct.findById(before.id())
                                .filter(now -> purges.test(before, now))
                                .isPresent())
                        .map(UserRecord::id)
                        .limit(limit - deleted.size())
                        .filter(correct::delete)
                        .forEach(deleted::add);
                return deleted;
            }
        };
    }

    private static UnaryOperator<UserStore> sparingUsers(BiPredicate<UserRecord, Instant> spares) {
        Map<UserId, UserRecord> old = new ConcurrentHashMap<>();
        return store -> new RememberingUserStore(store, old) {
            @Override
            public List<UserId> deleteClosed(Instant upTo, int limit) {
                List<UserRecord> spared = old.values().stream()
                        .filter(before -> spares.test(before, upTo))
                        .flatMap(before -> correct.findById(before.id()).stream())
                        .toList();
                List<UserId> deleted = new ArrayList<>(correct.deleteClosed(upTo, limit));
                spared.forEach(correct::insert);
                deleted.removeAll(spared.stream().map(UserRecord::id).toList());
                return deleted;
            }
        };
    }

    private static UnaryOperator<AttemptStore> purgingByOldTime(BiPredicate<Integer, Integer> remembers) {
        Map<AttemptKey, Instant> old = new ConcurrentHashMap<>();
        return store -> new RememberingAttemptStore(store, old) {
            @Override
            public boolean record(AttemptKey key, int expectedCount, Attempts next) {
                return remembers.test(expectedCount, next.count())
                        ? super.record(key, expectedCount, next)
                        : correct.record(key, expectedCount, next);
            }

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

    /** Knows of each user who was updated the record that was there first. */
    private abstract static class RememberingUserStore extends ForwardingUserStore {

        private final Map<UserId, UserRecord> old;

        RememberingUserStore(UserStore correct, Map<UserId, UserRecord> old) {
            super(correct);
            this.old = old;
        }

        @Override
        public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
            correct.findById(replacement.id()).ifPresent(user -> old.putIfAbsent(user.id(), user));
            return correct.update(replacement, expectedVersion);
        }
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
