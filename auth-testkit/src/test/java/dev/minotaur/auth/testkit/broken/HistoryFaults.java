package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.BreakTokens.deleting;
import static dev.minotaur.auth.testkit.broken.BreakTokens.deletingByUser;
import static dev.minotaur.auth.testkit.broken.BreakTokens.intoSlot;
import static dev.minotaur.auth.testkit.broken.BreakTokens.rotating;
import static dev.minotaur.auth.testkit.broken.BreakTokens.touching;
import static dev.minotaur.auth.testkit.broken.BreakUsers.updating;
import static dev.minotaur.auth.testkit.broken.Fault.attempts;
import static dev.minotaur.auth.testkit.broken.Fault.pause;
import static dev.minotaur.auth.testkit.broken.Fault.stores;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Stores that go wrong only after a certain sequence of calls, or only where certain calls meet. */
final class HistoryFaults {

    static final String LOST_UPDATE = "users: update compares the version, then writes";
    static final String STALE_READ = "users: a handle gives a found user once more";
    static final String NON_ATOMIC_ROTATION = "tokens: rotate compares the digest, then writes";

    private HistoryFaults() {}

    static List<Fault> all() {
        return Fault.list(
                sequence(users(
                        "a name given up together with the address stays taken",
                        updating(HistoryFaults::keepingTheName))),
                sequence(users("an update needs a later version than the last holder's", new HighWater()::on)),
                sequence(tokens(
                        "the slot of a renewed token is not freed by its deletion",
                        deleting(HistoryFaults::keepingTheSlot))),
                sequence(tokens("touch moves a renewed token back", touching(HistoryFaults::movingBack))),
                sequence(stores("closing a user deletes the tokens", HistoryFaults::deletingWhenClosed)),
                sequence(attempts("clear keeps one attempt where the count went down", new Lowered()::on)),
                users("update compares the version, then writes", UserRaceFaults.checkThenUpdate(), "HIS-2")
                        .toNamed(),
                users("a handle gives a found user once more", RememberedUsers::new, "HIS-1", "HIS-2")
                        .toNamed(),
                users("findByEmail looks for the id, then for the user", IndexFirst::new, "HIS-2")
                        .toNamed(),
                tokens("rotate compares the digest, then writes", rotating(HistoryFaults::comparingFirst), "HIS-3")
                        .toNamed(),
                tokens("a handle gives a found token once more", RememberedTokens::new, "HIS-1", "HIS-3")
                        .toNamed(),
                tokens("deleteByUser deletes one after the other", deletingByUser(HistoryFaults::oneByOne), "HIS-3")
                        .toNamed(),
                tokens("insertIntoSlot lets a token give way to itself", intoSlot(HistoryFaults::replacing), "HIS-3")
                        .toNamed(),
                attempts("record compares the count, then writes", recordingLate(), "HIS-4")
                        .toNamed(),
                attempts("a handle gives a found count once more", RememberedAttempts::new, "HIS-1", "HIS-4")
                        .toNamed());
    }

    /** The faults that show only after a certain sequence of calls of one caller. */
    static List<Fault> ofSequences() {
        return all().stream()
                .filter(fault -> fault.caughtBy().equals(Set.of("HIS-1")))
                .toList();
    }

    private static Fault sequence(Fault fault) {
        return new Fault(fault.name(), Fault.Extent.NAMED, Set.of("HIS-1"), fault.fixture());
    }

    private static UpdateUserOutcome keepingTheName(UserStore store, UserRecord next, long version) {
        Optional<UserRecord> before = store.findById(next.id());
        UpdateUserOutcome outcome = store.update(next, version);
        before.filter(old -> outcome == UpdateUserOutcome.UPDATED
                        && next.username().isPresent()
                        && !old.email().equals(next.email())
                        && !old.username().equals(next.username()))
                .flatMap(UserRecord::username)
                .ifPresent(name -> BreakUsers.reserve(store, null, name));
        return outcome;
    }

    private static AuthStores deletingWhenClosed(AuthStores stores) {
        UserStore users = updating((store, next, version) -> {
                    UpdateUserOutcome outcome = store.update(next, version);
                    if (outcome == UpdateUserOutcome.UPDATED && next.status() == UserStatus.CLOSED) {
                        stores.tokens().deleteByUser(next.id(), TokenScope.everything());
                    }
                    return outcome;
                })
                .apply(stores.users());
        return AuthStores.of(users, stores.tokens(), stores.attempts());
    }

    private static boolean keepingTheSlot(TokenStore store, TokenId id) {
        Optional<StoredToken> before = store.find(id)
                .filter(token -> token.slot().isPresent() && token.rotatedAt().isPresent());
        boolean deleted = store.delete(id);
        before.ifPresent(token -> store.insertIntoSlot(
                token.toBuilder()
                        .id(new TokenId(UUID.randomUUID()))
                        .purpose(new TokenPurpose("ghost"))
                        .issuedAt(token.issuedAt().plusSeconds(60))
                        .build(),
                Instant.EPOCH));
        return deleted;
    }

    private static boolean movingBack(TokenStore store, TokenId id, Instant time) {
        Optional<StoredToken> renewed = store.find(id)
                .filter(token ->
                        token.rotatedAt().isPresent() && token.lastUsedAt().isAfter(time));
        renewed.ifPresent(token ->
                BreakTokens.overwrite(store, token.toBuilder().lastUsedAt(time).build()));
        return renewed.isPresent() || store.touch(id, time);
    }

    private static boolean comparingFirst(TokenStore store, StoredToken next, TokenDigest expected) {
        boolean isExpected = store.find(next.id())
                .filter(token -> token.digest().equals(expected))
                .isPresent();
        pause();
        return isExpected
                && store.find(next.id())
                        .filter(token -> store.rotate(next, token.digest()))
                        .isPresent();
    }

    private static int oneByOne(TokenStore store, UserId user, TokenScope scope) {
        int deleted = 0;
        for (StoredToken token :
                BreakTokens.allOf(store, user).filter(scope::covers).toList()) {
            deleted += store.delete(token.id()) ? 1 : 0;
            pause();
        }
        return deleted;
    }

    /** Two inserts of one id find the same old holder; the second replaces the token of the first. */
    private static InsertTokenOutcome replacing(TokenStore store, StoredToken token, Instant upTo) {
        boolean known = store.find(token.id()).isPresent();
        boolean taken = BreakTokens.allOf(store, token.user())
                .anyMatch(other -> other.slot().equals(token.slot()));
        pause();
        InsertTokenOutcome outcome = store.insertIntoSlot(token, upTo);
        if (!known && taken && outcome == InsertTokenOutcome.ID_TAKEN) {
            BreakTokens.overwrite(store, token);
            return InsertTokenOutcome.INSERTED;
        }
        return outcome;
    }

    private static UnaryOperator<AttemptStore> recordingLate() {
        return AttemptFaults.recording((store, key, expected, next) -> {
            boolean isExpected = store.find(key).map(Attempts::count).orElse(0) == expected;
            pause();
            int now = store.find(key).map(Attempts::count).orElse(0);
            return isExpected && store.record(key, now, next);
        });
    }

    /** Remembers what was found until it is asked for again. */
    private static final class Memory<K, V> {

        private final Map<K, V> remembered = new ConcurrentHashMap<>();

        V find(K key, Supplier<V> read) {
            V before = remembered.remove(key);
            if (before != null) {
                return before;
            }
            V now = read.get();
            remembered.put(key, now);
            return now;
        }
    }

    private static final class RememberedUsers extends ForwardingUserStore {

        private final Memory<UserId, Optional<UserRecord>> memory = new Memory<>();

        RememberedUsers(UserStore correct) {
            super(correct);
        }

        @Override
        public Optional<UserRecord> findById(UserId id) {
            return memory.find(id, () -> correct.findById(id));
        }
    }

    private static final class RememberedTokens extends ForwardingTokenStore {

        private final Memory<TokenId, Optional<StoredToken>> memory = new Memory<>();

        RememberedTokens(TokenStore correct) {
            super(correct);
        }

        @Override
        public Optional<StoredToken> find(TokenId id) {
            return memory.find(id, () -> correct.find(id));
        }
    }

    private static final class RememberedAttempts extends ForwardingAttemptStore {

        private final Memory<AttemptKey, Optional<Attempts>> memory = new Memory<>();

        RememberedAttempts(AttemptStore correct) {
            super(correct);
        }

        @Override
        public Optional<Attempts> find(AttemptKey key) {
            return memory.find(key, () -> correct.find(key));
        }
    }

    private static final class IndexFirst extends ForwardingUserStore {

        IndexFirst(UserStore correct) {
            super(correct);
        }

        @Override
        public Optional<UserRecord> findByEmail(String canonicalEmail) {
            Optional<UserId> id = correct.findByEmail(canonicalEmail).map(UserRecord::id);
            pause();
            return id.flatMap(correct::findById);
        }
    }

    /** Remembers by address how far the versions of a deleted user went. */
    private static final class HighWater {

        private final Map<String, Long> versions = new ConcurrentHashMap<>();

        UserStore on(UserStore store) {
            return new ForwardingUserStore(store) {
                @Override
                public boolean delete(UserId id) {
                    correct.findById(id)
                            .ifPresent(user -> versions.put(user.email().canonical(), user.version()));
                    return correct.delete(id);
                }

                @Override
                public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
                    boolean behind = correct.findById(replacement.id())
                            .map(user -> versions.getOrDefault(user.email().canonical(), 0L))
                            .filter(version -> version > expectedVersion)
                            .isPresent();
                    return behind ? UpdateUserOutcome.STALE : correct.update(replacement, expectedVersion);
                }
            };
        }
    }

    /** Remembers the keys whose count went down. */
    private static final class Lowered {

        private final Set<AttemptKey> keys = ConcurrentHashMap.newKeySet();

        AttemptStore on(AttemptStore store) {
            return new ForwardingAttemptStore(store) {
                @Override
                public boolean record(AttemptKey key, int expectedCount, Attempts next) {
                    boolean recorded = correct.record(key, expectedCount, next);
                    if (recorded && next.count() < expectedCount) {
                        keys.add(key);
                    }
                    return recorded;
                }

                @Override
                public boolean clear(AttemptKey key) {
                    Optional<Attempts> before = correct.find(key);
                    boolean cleared = correct.clear(key);
                    before.filter(old -> keys.remove(key))
                            .ifPresent(old -> correct.record(key, 0, new Attempts(1, old.lastAt())));
                    return cleared;
                }
            };
        }
    }
}
