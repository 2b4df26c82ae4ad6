package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.attempts;
import static dev.minotaur.auth.testkit.broken.Fault.pause;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Stores whose purges are right for one caller at a time, and beside other purges, but not where they meet another verb. */
final class PurgeRaceFaults {

    private PurgeRaceFaults() {}

    static List<Fault> all() {
        return Fault.list(
                tokens(
                                "a purge deletes the tokens it has seen",
                                seeingTokens((store, seen, now) -> (int) seen.stream()
                                        .filter(token -> store.delete(token.id()))
                                        .count()),
                                "TOK-66")
                        .whenCallersMeet(),
                tokens("a purge counts the tokens it has seen", countingTokens(), "TOK-66")
                        .whenCallersMeet(),
                tokens("a purge frees the slot late, whoever has it", freeingSlotsLate(), "TOK-66")
                        .whenCallersMeet(),
                tokens("a purge and deleteByUser are a deadlock", deadlocking(), "TOK-66")
                        .whenCallersMeet(),
                attempts(
                                "a purge deletes the keys it has seen",
                                seeingKeys((store, seen, upTo, limit) ->
                                        (int) seen.stream().filter(store::clear).count()),
                                "ATT-17")
                        .whenCallersMeet(),
                attempts("a purge counts the keys it has seen", countingKeys(), "ATT-17")
                        .whenCallersMeet(),
                users(
                                "a purge answers whom delete has deleted meanwhile",
                                seeingUsers((store, freed, seen, upTo, limit) -> {
                                    seen.stream()
                                            .flatMap(id -> store.findById(id).stream())
                                            .filter(user -> isDue(user, upTo))
                                            .forEach(user -> store.delete(user.id()));
                                    return seen.stream()
                                            .filter(id -> store.findById(id).isEmpty())
                                            .toList();
                                }),
                                "USR-54")
                        .whenCallersMeet(),
                users(
                                "a purge frees the addresses of whom it has seen",
                                seeingUsers((store, freed, seen, upTo, limit) -> {
                                    freed.addAll(seen);
                                    return store.deleteClosed(upTo, limit);
                                }),
                                "USR-53")
                        .whenCallersMeet());
    }

    /** One purge at a time, so that no token is counted twice by two of them. */
    private static UnaryOperator<TokenStore> countingTokens() {
        Object lock = new Object();
        UnaryOperator<TokenStore> counting = seeingTokens((store, seen, now) -> {
            seen.stream()
                    .flatMap(token -> store.find(token.id()).stream())
                    .filter(token -> !token.expiresAt().isAfter(now))
                    .forEach(token -> store.delete(token.id()));
            return (int) seen.stream()
                    .filter(token -> store.find(token.id()).isEmpty())
                    .count();
        });
        return store -> {
            TokenStore alone = counting.apply(store);
            return new ForwardingTokenStore(alone) {
                @Override
                public int deleteExpired(Instant now, int limit) {
                    synchronized (lock) {
                        return correct.deleteExpired(now, limit);
                    }
                }
            };
        };
    }

    /** Of a single token there is no other order. */
    private static UnaryOperator<TokenStore> deadlocking() {
        Set<UserId> locked = ConcurrentHashMap.newKeySet();
        UnaryOperator<TokenStore> locking = seeingTokens((store, seen, now) -> {
            List<UserId> owners = seen.stream().map(StoredToken::user).toList();
            Set<UserId> ofSeveral = owners.stream()
                    .filter(owner -> Collections.frequency(owners, owner) > 1)
                    .collect(Collectors.toSet());
            locked.addAll(ofSeveral);
            pause();
            locked.removeAll(ofSeveral);
            return store.deleteExpired(now, seen.size());
        });
        return store -> new ForwardingTokenStore(locking.apply(store)) {
            @Override
            public int deleteByUser(UserId user, TokenScope scope) {
                boolean meets = locked.contains(user);
                pause();
                if (meets || locked.contains(user)) {
                    throw StoreException.nothingHappened("a deadlock was broken off", null);
                }
                return correct.deleteByUser(user, scope);
            }
        };
    }

    /** The token that has the slot when it is freed is there still, but a newcomer does not find it. */
    private static UnaryOperator<TokenStore> freeingSlotsLate() {
        Set<TokenId> unslotted = ConcurrentHashMap.newKeySet();
        UnaryOperator<TokenStore> late = seeingTokens((store, seen, now) -> {
            int deleted = store.deleteExpired(now, seen.size());
            pause();
            seen.stream()
                    .filter(token ->
                            token.slot().isPresent() && store.find(token.id()).isEmpty())
                    .flatMap(token -> holder(store, token).stream())
                    .forEach(holder -> unslotted.add(holder.id()));
            return deleted;
        });
        return store -> new ForwardingTokenStore(late.apply(store)) {
            @Override
            public InsertTokenOutcome insertIntoSlot(StoredToken token, Instant replaceIssuedUpTo) {
                boolean free = holder(correct, token)
                        .filter(holder -> unslotted.contains(holder.id()))
                        .isPresent();
                return free
                        ? correct.insert(token.toBuilder().slot(null).build())
                        : correct.insertIntoSlot(token, replaceIssuedUpTo);
            }
        };
    }

    private static Optional<StoredToken> holder(TokenStore store, StoredToken token) {
        return BreakTokens.allOf(store, token.user())
                .filter(other -> other.slot().equals(token.slot()))
                .findFirst();
    }

    private static UnaryOperator<AttemptStore> countingKeys() {
        Object lock = new Object();
        UnaryOperator<AttemptStore> counting = seeingKeys((store, seen, upTo, limit) -> {
            seen.stream().filter(key -> isOld(store, key, upTo)).forEach(store::clear);
            return (int) seen.stream().filter(key -> store.find(key).isEmpty()).count();
        });
        return store -> {
            AttemptStore alone = counting.apply(store);
            return new ForwardingAttemptStore(alone) {
                @Override
                public int deleteOlder(Instant lastAtUpTo, int limit) {
                    synchronized (lock) {
                        return correct.deleteOlder(lastAtUpTo, limit);
                    }
                }
            };
        };
    }

    /** A store whose purge first looks which of the tokens that were inserted to expire by then are expired. */
    private static UnaryOperator<TokenStore> seeingTokens(TokenPurge purge) {
        Map<TokenId, Instant> expiries = new ConcurrentHashMap<>();
        return store -> new ForwardingTokenStore(store) {
            @Override
            public InsertTokenOutcome insert(StoredToken token) {
                expiries.put(token.id(), token.expiresAt());
                return correct.insert(token);
            }

            @Override
            public InsertTokenOutcome insertIntoSlot(StoredToken token, Instant replaceIssuedUpTo) {
                expiries.put(token.id(), token.expiresAt());
                return correct.insertIntoSlot(token, replaceIssuedUpTo);
            }

            @Override
            public int deleteExpired(Instant now, int limit) {
                List<StoredToken> seen = expiries.entrySet().stream()
                        .filter(entry -> !entry.getValue().isAfter(now))
                        .flatMap(entry -> foundOrForgotten(entry.getKey()).stream())
                        .filter(token -> !token.expiresAt().isAfter(now))
                        .limit(Math.max(0, limit))
                        .toList();
                if (seen.isEmpty()) {
                    return correct.deleteExpired(now, limit);
                }
                seen.forEach(token -> expiries.remove(token.id()));
                pause();
                int deleted = purge.of(correct, seen, now);
                return deleted == limit ? deleted : deleted + correct.deleteExpired(now, limit - deleted);
            }

            private Optional<StoredToken> foundOrForgotten(TokenId id) {
                Optional<StoredToken> found = correct.find(id);
                if (found.isEmpty()) {
                    expiries.remove(id);
                }
                return found;
            }
        };
    }

    /** A store whose purge first looks which keys are old. */
    private static UnaryOperator<AttemptStore> seeingKeys(KeyPurge purge) {
        Set<AttemptKey> known = ConcurrentHashMap.newKeySet();
        return store -> new ForwardingAttemptStore(store) {
            @Override
            public boolean record(AttemptKey key, int expectedCount, Attempts next) {
                known.add(key);
                return correct.record(key, expectedCount, next);
            }

            @Override
            public int deleteOlder(Instant lastAtUpTo, int limit) {
                List<AttemptKey> seen = known.stream()
                        .filter(key -> isOld(correct, key, lastAtUpTo))
                        .limit(Math.max(0, limit))
                        .toList();
                if (seen.isEmpty()) {
                    return correct.deleteOlder(lastAtUpTo, limit);
                }
                pause();
                seen.forEach(known::remove);
                return purge.of(correct, seen, lastAtUpTo, limit);
            }
        };
    }

    private static boolean isDue(UserRecord user, Instant upTo) {
        return user.status() == UserStatus.CLOSED && !user.updatedAt().isAfter(upTo);
    }

    private static boolean isOld(AttemptStore store, AttemptKey key, Instant upTo) {
        return store.find(key)
                .filter(attempts -> !attempts.lastAt().isAfter(upTo))
                .isPresent();
    }

    /** A store whose purge, one at a time, first looks which users are due; the addresses of the freed are not found. */
    private static UnaryOperator<UserStore> seeingUsers(UserPurge purge) {
        Set<UserId> known = ConcurrentHashMap.newKeySet();
        Set<UserId> freed = ConcurrentHashMap.newKeySet();
        return store -> new ForwardingUserStore(store) {
            @Override
            public InsertUserOutcome insert(UserRecord user) {
                known.add(user.id());
                return correct.insert(user);
            }

            @Override
            public Optional<UserRecord> findByEmail(String canonicalEmail) {
                return correct.findByEmail(canonicalEmail).filter(user -> !freed.contains(user.id()));
            }

            @Override
            public List<UserId> deleteClosed(Instant closedUpTo, int limit) {
                synchronized (known) {
                    List<UserId> seen = known.stream()
                            .flatMap(id -> correct.findById(id).stream())
                            .filter(user -> isDue(user, closedUpTo))
                            .map(UserRecord::id)
                            .limit(Math.max(0, limit))
                            .toList();
                    pause();
                    seen.forEach(known::remove);
                    return seen.isEmpty()
                            ? correct.deleteClosed(closedUpTo, limit)
                            : purge.of(correct, freed, seen, closedUpTo, limit);
                }
            }
        };
    }

    /** In place of {@code deleteExpired}. */
    @FunctionalInterface
    private interface TokenPurge {
        int of(TokenStore correct, List<StoredToken> seen, Instant now);
    }

    /** In place of {@code deleteOlder}. */
    @FunctionalInterface
    private interface KeyPurge {
        int of(AttemptStore correct, List<AttemptKey> seen, Instant upTo, int limit);
    }

    /** In place of {@code deleteClosed}. */
    @FunctionalInterface
    private interface UserPurge {
        List<UserId> of(UserStore correct, Set<UserId> freed, List<UserId> seen, Instant upTo, int limit);
    }
}
