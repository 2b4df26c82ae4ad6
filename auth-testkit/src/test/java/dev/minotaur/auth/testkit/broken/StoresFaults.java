package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.stores;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import dev.minotaur.auth.testkit.Durability;
import dev.minotaur.auth.testkit.StoreFixture;
import dev.minotaur.auth.testkit.subject.HeapFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Stores that are broken in what holds for all of them. */
final class StoresFaults {

    private StoresFaults() {}

    static List<Fault> all() {
        return Fault.list(
                Fault.fixture(
                        "each handle has data of its own",
                        Unshared::new,
                        "STO-1",
                        "STO-2",
                        "STO-3",
                        "STO-6",
                        "STO-7",
                        "STO-14"),
                users(
                        "a handle remembers users",
                        CachedUsers::new,
                        "USR-22",
                        "USR-48",
                        "STO-2",
                        "STO-3",
                        "STO-6",
                        "STO-14"),
                users("a handle remembers users by address", CachedEmails::new, "STO-2", "STO-3"),
                tokens("a handle remembers tokens", CachedTokens::new, "STO-2", "STO-3")
                        .widely(),
                tokens("a handle remembers deleted tokens", BreakTokens.finding(rememberingTheDead()), "STO-3")
                        .widely(),
                joining(
                        "the joined read hides closed users",
                        (stores, id) -> stores.findTokenWithUser(id)
                                .filter(pair -> pair.user().status() != UserStatus.CLOSED),
                        "STO-4"),
                joining(
                        "the joined read has no label",
                        (stores, id) -> stores.findTokenWithUser(id)
                                .map(pair -> new TokenWithUser(
                                        pair.token().toBuilder().label(null).build(), pair.user())),
                        "STO-10",
                        "STO-18",
                        "STO-4",
                        "STO-14"),
                joining(
                        "the joined read has no password hash",
                        (stores, id) -> stores.findTokenWithUser(id)
                                .map(pair -> new TokenWithUser(
                                        pair.token(),
                                        pair.user().toBuilder()
                                                .passwordHash(null)
                                                .build())),
                        "STO-18",
                        "STO-4",
                        "STO-14"),
                joining(
                        "the joined read of nothing is a failure",
                        (stores, id) -> Optional.of(stores.findTokenWithUser(id).orElseThrow()),
                        "STO-3",
                        "STO-5",
                        "STO-6",
                        "STO-9"),
                joining(
                        "the joined read of an orphan is a failure",
                        (stores, id) -> stores.tokens()
                                .find(id)
                                .map(token -> new TokenWithUser(
                                        token,
                                        stores.users().findById(token.user()).orElseThrow())),
                        "STO-3",
                        "STO-5",
                        "STO-6"),
                stores("the joined read remembers users", CachedJoin::new, "STO-3", "STO-6"),
                Fault.fixture("a restart loses the data", () -> new Misdeclared(Durability.HEAP_ONLY), "STO-7"),
                Fault.fixture(
                        "data on the heap outlives a restart",
                        () -> new Misdeclared(Durability.SURVIVES_RESTART),
                        "STO-7"),
                stores("the stores are made anew each time", Anew::new, "STO-8"),
                joining(
                        "nothing is null",
                        (stores, id) -> nothing(stores.findTokenWithUser(id)),
                        "STO-9",
                        "STO-3",
                        "STO-5",
                        "STO-6"),
                users(
                                "nobody is null",
                                store -> new ForwardingUserStore(store) {
                                    @Override
                                    public Optional<UserRecord> findByUsername(String canonicalUsername) {
                                        return nothing(correct.findByUsername(canonicalUsername));
                                    }
                                },
                                "STO-9")
                        .widely());
    }

    private static Fault joining(String name, Join join, String... caughtBy) {
        return stores(
                name,
                stores -> new Grouped(stores) {
                    @Override
                    public Optional<TokenWithUser> findTokenWithUser(TokenId id) {
                        return join.of(correct, id);
                    }
                },
                caughtBy);
    }

    private static BreakTokens.Find rememberingTheDead() {
        Map<TokenId, StoredToken> seen = new ConcurrentHashMap<>();
        return (store, id) -> {
            Optional<StoredToken> found = store.find(id);
            found.ifPresent(token -> seen.put(id, token));
            return found.isPresent() ? found : Optional.ofNullable(seen.get(id));
        };
    }

    @SuppressWarnings("NullableOptional") // it is what is wrong
    private static <T> Optional<T> nothing(Optional<T> found) {
        return found.isPresent() ? found : null;
    }

    /** The joined read in place of the correct one. */
    @FunctionalInterface
    private interface Join {
        Optional<TokenWithUser> of(AuthStores correct, TokenId id);
    }

    /** Correct stores to break in one place. */
    static class Grouped implements AuthStores {

        final AuthStores correct;

        Grouped(AuthStores correct) {
            this.correct = correct;
        }

        @Override
        public UserStore users() {
            return correct.users();
        }

        @Override
        public TokenStore tokens() {
            return correct.tokens();
        }

        @Override
        public AttemptStore attempts() {
            return correct.attempts();
        }
    }

    private static final class CachedJoin extends Grouped {

        private final Map<UserId, UserRecord> cache = new ConcurrentHashMap<>();

        CachedJoin(AuthStores correct) {
            super(correct);
        }

        @Override
        public Optional<TokenWithUser> findTokenWithUser(TokenId id) {
            return correct.tokens().find(id).flatMap(token -> {
                correct.users().findById(token.user()).ifPresent(user -> cache.putIfAbsent(user.id(), user));
                return Optional.ofNullable(cache.get(token.user())).map(user -> new TokenWithUser(token, user));
            });
        }
    }

    private static final class Anew extends Grouped {

        Anew(AuthStores correct) {
            super(correct);
        }

        @Override
        public UserStore users() {
            return new ForwardingUserStore(correct.users());
        }
    }

    private static final class CachedUsers extends ForwardingUserStore {

        private final Map<UserId, UserRecord> cache = new ConcurrentHashMap<>();

        CachedUsers(UserStore correct) {
            super(correct);
        }

        @Override
        public Optional<UserRecord> findById(UserId id) {
            correct.findById(id).ifPresent(user -> cache.putIfAbsent(id, user));
            return Optional.ofNullable(cache.get(id));
        }
    }

    private static final class CachedEmails extends ForwardingUserStore {

        private final Map<String, UserRecord> cache = new ConcurrentHashMap<>();

        CachedEmails(UserStore correct) {
            super(correct);
        }

        @Override
        public Optional<UserRecord> findByEmail(String canonicalEmail) {
            correct.findByEmail(canonicalEmail).ifPresent(user -> cache.putIfAbsent(canonicalEmail, user));
            return Optional.ofNullable(cache.get(canonicalEmail));
        }
    }

    private static final class CachedTokens extends ForwardingTokenStore {

        private final Map<TokenId, StoredToken> cache = new ConcurrentHashMap<>();

        CachedTokens(TokenStore correct) {
            super(correct);
        }

        @Override
        public Optional<StoredToken> find(TokenId id) {
            correct.find(id).ifPresent(token -> cache.putIfAbsent(id, token));
            return Optional.ofNullable(cache.get(id));
        }
    }

    private static final class Unshared implements StoreFixture {

        private final List<HeapFixture> fixtures = new ArrayList<>();

        @Override
        public AuthStores open() {
            HeapFixture fixture = new HeapFixture(Durability.SURVIVES_RESTART);
            fixtures.add(fixture);
            return fixture.open();
        }

        @Override
        public void restart() {
            HeapFixture first = fixtures.get(0);
            fixtures.clear();
            fixtures.add(first);
        }

        @Override
        public void close() {}
    }

    /** Says the contrary of what it is. */
    static final class Misdeclared extends ForwardingFixture {

        Misdeclared(Durability real) {
            super(new HeapFixture(real));
        }

        @Override
        public Durability durability() {
            return correct.durability() == Durability.HEAP_ONLY ? Durability.SURVIVES_RESTART : Durability.HEAP_ONLY;
        }
    }
}
