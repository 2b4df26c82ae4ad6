package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.attempts;
import static dev.minotaur.auth.testkit.broken.Fault.stores;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/** Stores whose purges leave an entry behind that another verb goes by, or go by one that another verb has left. */
final class PurgeLeftoverFaults {

    private PurgeLeftoverFaults() {}

    static List<Fault> all() {
        return Fault.list(
                tokens("the slot of a purged token stays taken", keepingSlots(), "TOK-18"),
                tokens("a token is purged at the expiry of the one it replaced", purgingByReplaced(), "TOK-43"),
                tokens("deleteByUser counts what was purged", countingPurged(), "HIS-5")
                        .toNamed(),
                tokens("a purge counts what was used or deleted", countingUsed(), "HIS-5")
                        .toNamed(),
                tokens("a purge that finds nothing leaves its snapshot open", freezing(), "HIS-5")
                        .toNamed(),
                attempts("a fresh count is purged at the time of the cleared one", purgingByCleared(), "ATT-9"),
                attempts("nothing is recorded under a purged key", refusingPurged(), "HIS-5")
                        .toNamed(),
                attempts("a purge counts cleared keys", countingCleared(), "HIS-5")
                        .toNamed(),
                stores("the joined read keeps purged users", keepingUsers(), "STO-5"));
    }

    private static UnaryOperator<TokenStore> keepingSlots() {
        Set<TokenId> known = ConcurrentHashMap.newKeySet();
        Set<List<Object>> kept = ConcurrentHashMap.newKeySet();
        return store -> new KnowingTokenStore(store, known) {
            @Override
            int purged(List<StoredToken> purged, Instant now, int limit) {
                purged.stream().filter(token -> token.slot().isPresent()).forEach(token -> kept.add(slot(token)));
                return purged.size();
            }

            @Override
            public InsertTokenOutcome insertIntoSlot(StoredToken token, Instant replaceIssuedUpTo) {
                return token.slot().isPresent() && kept.contains(slot(token))
                        ? InsertTokenOutcome.SLOT_KEPT
                        : super.insertIntoSlot(token, replaceIssuedUpTo);
            }
        };
    }

    private static List<Object> slot(StoredToken token) {
        return List.of(token.user(), token.slot().orElseThrow());
    }

    private static UnaryOperator<TokenStore> purgingByReplaced() {
        Set<TokenId> known = ConcurrentHashMap.newKeySet();
        Map<TokenId, Instant> expiries = new ConcurrentHashMap<>();
        return store -> new KnowingTokenStore(store, known) {
            @Override
            public InsertTokenOutcome insertIntoSlot(StoredToken token, Instant replaceIssuedUpTo) {
                Optional<StoredToken> holder = BreakTokens.allOf(correct, token.user())
                        .filter(other -> other.slot().equals(token.slot()))
                        .findFirst();
                InsertTokenOutcome outcome = super.insertIntoSlot(token, replaceIssuedUpTo);
                holder.filter(old -> outcome == InsertTokenOutcome.INSERTED)
                        .ifPresent(old -> expiries.put(token.id(), old.expiresAt()));
                return outcome;
            }

            @Override
            int purged(List<StoredToken> purged, Instant now, int limit) {
                int early = (int) expiries.entrySet().stream()
                        .filter(entry -> !entry.getValue().isAfter(now))
                        .limit(limit - purged.size())
                        .filter(entry -> correct.delete(entry.getKey()))
                        .count();
                return purged.size() + early;
            }
        };
    }

    private static UnaryOperator<TokenStore> countingPurged() {
        Set<TokenId> known = ConcurrentHashMap.newKeySet();
        Map<TokenId, StoredToken> gone = new ConcurrentHashMap<>();
        return store -> new KnowingTokenStore(store, known) {
            @Override
            int purged(List<StoredToken> purged, Instant now, int limit) {
                purged.forEach(token -> gone.put(token.id(), token));
                return purged.size();
            }

            @Override
            public int deleteByUser(UserId user, TokenScope scope) {
                List<StoredToken> counted = gone.values().stream()
                        .filter(token -> token.user().equals(user) && scope.covers(token))
                        .toList();
                counted.forEach(token -> gone.remove(token.id()));
                return correct.deleteByUser(user, scope) + counted.size();
            }
        };
    }

    private static UnaryOperator<TokenStore> countingUsed() {
        Set<TokenId> known = ConcurrentHashMap.newKeySet();
        Map<TokenId, Instant> expiries = new ConcurrentHashMap<>();
        return store -> new KnowingTokenStore(store, known) {
            @Override
            public Optional<StoredToken> consume(TokenId id, TokenPurpose purpose, TokenDigest digest) {
                Optional<StoredToken> used = correct.consume(id, purpose, digest);
                used.ifPresent(token -> expiries.put(id, token.expiresAt()));
                return used;
            }

            @Override
            int purged(List<StoredToken> purged, Instant now, int limit) {
                return purged.size() + takenUpTo(expiries, now, limit - purged.size());
            }
        };
    }

    private static UnaryOperator<TokenStore> freezing() {
        Set<TokenId> known = ConcurrentHashMap.newKeySet();
        return store -> new FrozenTokens(store, known);
    }

    private static UnaryOperator<AttemptStore> purgingByCleared() {
        Map<AttemptKey, Instant> ages = new ConcurrentHashMap<>();
        return store -> new ForwardingAttemptStore(store) {
            @Override
            public boolean record(AttemptKey key, int expectedCount, Attempts next) {
                boolean recorded = correct.record(key, expectedCount, next);
                if (recorded && expectedCount > 0) {
                    ages.remove(key);
                }
                return recorded;
            }

            @Override
            public boolean clear(AttemptKey key) {
                correct.find(key).ifPresent(old -> ages.put(key, old.lastAt()));
                return correct.clear(key);
            }

            @Override
            public int deleteOlder(Instant lastAtUpTo, int limit) {
                int deleted = correct.deleteOlder(lastAtUpTo, limit);
                return deleted
                        + (int) ages.entrySet().stream()
                                .filter(entry -> !entry.getValue().isAfter(lastAtUpTo))
                                .limit(limit - deleted)
                                .filter(entry -> correct.clear(entry.getKey()))
                                .count();
            }
        };
    }

    private static UnaryOperator<AttemptStore> refusingPurged() {
        Set<AttemptKey> known = ConcurrentHashMap.newKeySet();
        Set<AttemptKey> purged = ConcurrentHashMap.newKeySet();
        return store -> new ForwardingAttemptStore(store) {
            @Override
            public boolean record(AttemptKey key, int expectedCount, Attempts next) {
                known.add(key);
                return !purged.contains(key) && correct.record(key, expectedCount, next);
            }

            @Override
            public int deleteOlder(Instant lastAtUpTo, int limit) {
                List<AttemptKey> before = known.stream()
                        .filter(key -> correct.find(key).isPresent())
                        .toList();
                int deleted = correct.deleteOlder(lastAtUpTo, limit);
                before.stream().filter(key -> correct.find(key).isEmpty()).forEach(purged::add);
                return deleted;
            }
        };
    }

    private static UnaryOperator<AttemptStore> countingCleared() {
        Map<AttemptKey, Instant> ages = new ConcurrentHashMap<>();
        return store -> new ForwardingAttemptStore(store) {
            @Override
            public boolean clear(AttemptKey key) {
                correct.find(key).ifPresent(old -> ages.put(key, old.lastAt()));
                return correct.clear(key);
            }

            @Override
            public int deleteOlder(Instant lastAtUpTo, int limit) {
                int deleted = correct.deleteOlder(lastAtUpTo, limit);
                return deleted + (limit < 1 ? 0 : takenUpTo(ages, lastAtUpTo, limit - deleted));
            }
        };
    }

    /** Takes out of the map, and counts, what has a time up to the given one. */
    private static int takenUpTo(Map<?, Instant> times, Instant upTo, int limit) {
        int taken = 0;
        for (Iterator<Instant> each = times.values().iterator(); each.hasNext() && taken < limit; ) {
            if (!each.next().isAfter(upTo)) {
                each.remove();
                taken++;
            }
        }
        return taken;
    }

    private static UnaryOperator<AuthStores> keepingUsers() {
        Map<UserId, UserRecord> last = new ConcurrentHashMap<>();
        Map<UserId, UserRecord> purged = new ConcurrentHashMap<>();
        return stores -> new StoresFaults.Grouped(stores) {
            private final UserStore users = new ForwardingUserStore(stores.users()) {
                @Override
                public InsertUserOutcome insert(UserRecord user) {
                    last.putIfAbsent(user.id(), user);
                    return correct.insert(user);
                }

                @Override
                public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
                    UpdateUserOutcome outcome = correct.update(replacement, expectedVersion);
                    if (outcome == UpdateUserOutcome.UPDATED) {
                        last.put(replacement.id(), replacement);
                    }
                    return outcome;
                }

                @Override
                public List<UserId> deleteClosed(Instant closedUpTo, int limit) {
                    List<UserId> deleted = correct.deleteClosed(closedUpTo, limit);
                    deleted.forEach(id -> purged.put(id, last.get(id)));
                    return deleted;
                }
            };

            @Override
            public UserStore users() {
                return users;
            }

            @Override
            public Optional<TokenWithUser> findTokenWithUser(TokenId id) {
                return correct.tokens().find(id).flatMap(token -> correct.users()
                        .findById(token.user())
                        .or(() -> Optional.ofNullable(purged.get(token.user())))
                        .map(user -> new TokenWithUser(token, user)));
            }
        };
    }

    /** A store that knows which tokens a purge has deleted. */
    private abstract static class KnowingTokenStore extends ForwardingTokenStore {

        private final Set<TokenId> known;

        KnowingTokenStore(TokenStore correct, Set<TokenId> known) {
            super(correct);
            this.known = known;
        }

        /** What the purge answers once these are gone. */
        abstract int purged(List<StoredToken> purged, Instant now, int limit);

        final List<StoredToken> all() {
            return known.stream().flatMap(id -> correct.find(id).stream()).toList();
        }

        @Override
        public InsertTokenOutcome insert(StoredToken token) {
            known.add(token.id());
            return correct.insert(token);
        }

        @Override
        public InsertTokenOutcome insertIntoSlot(StoredToken token, Instant replaceIssuedUpTo) {
            known.add(token.id());
            return correct.insertIntoSlot(token, replaceIssuedUpTo);
        }

        @Override
        public int deleteExpired(Instant now, int limit) {
            List<StoredToken> before = all();
            int deleted = correct.deleteExpired(now, limit);
            List<StoredToken> purged = before.stream()
                    .filter(token -> correct.find(token.id()).isEmpty())
                    .toList();
            return Math.max(deleted, purged(purged, now, limit));
        }
    }

    /** Reads on as of a purge that found nothing, until the handle writes. */
    private static final class FrozenTokens extends KnowingTokenStore {

        private final Map<TokenId, StoredToken> snapshot = new HashMap<>();
        private boolean frozen;

        FrozenTokens(TokenStore correct, Set<TokenId> known) {
            super(correct, known);
        }

        @Override
        int purged(List<StoredToken> purged, Instant now, int limit) {
            snapshot.clear();
            all().forEach(token -> snapshot.put(token.id(), token));
            frozen = purged.isEmpty();
            return purged.size();
        }

        @Override
        public InsertTokenOutcome insert(StoredToken token) {
            frozen = false;
            return super.insert(token);
        }

        @Override
        public boolean delete(TokenId id) {
            frozen = false;
            return correct.delete(id);
        }

        @Override
        public Optional<StoredToken> find(TokenId id) {
            return frozen ? Optional.ofNullable(snapshot.get(id)) : correct.find(id);
        }
    }
}
