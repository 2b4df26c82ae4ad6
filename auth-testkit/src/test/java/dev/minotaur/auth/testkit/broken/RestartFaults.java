package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.spi.InsertUserOutcome.EMAIL_TAKEN;
import static dev.minotaur.auth.spi.InsertUserOutcome.INSERTED;
import static dev.minotaur.auth.spi.InsertUserOutcome.USERNAME_TAKEN;

import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import dev.minotaur.auth.testkit.Durability;
import dev.minotaur.auth.testkit.subject.HeapFixture;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Stores that are right until the program is restarted. */
final class RestartFaults {

    private static final Instant FAR = Instant.parse("2100-12-31T00:00:00Z");

    private RestartFaults() {}

    static List<Fault> all() {
        return Stream.of(ofUsers(), ofTokens(), ofAttempts())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Fault> ofUsers() {
        return Fault.list(
                users(
                        "forgets updates",
                        past -> BreakUsers.updating((store, next, version) -> {
                            Optional<UserRecord> before = store.findById(next.id());
                            UpdateUserOutcome outcome = store.update(next, version);
                            if (outcome == UpdateUserOutcome.UPDATED) {
                                past.undo(stores -> stores.users().update(before.orElseThrow(), next.version()));
                            }
                            return outcome;
                        })),
                users(
                        "brings deleted users back",
                        past -> BreakUsers.deleting((store, id) -> {
                            store.findById(id)
                                    .ifPresent(user ->
                                            past.undo(stores -> stores.users().insert(user)));
                            return store.delete(id);
                        })),
                users(
                        "forgets who has which username",
                        past -> store -> new ForwardingUserStore(store) {
                            @Override
                            public InsertUserOutcome insert(UserRecord user) {
                                past.note(user.id());
                                return correct.insert(user);
                            }

                            @Override
                            public Optional<UserRecord> findByUsername(String canonicalUsername) {
                                return correct.findByUsername(canonicalUsername)
                                        .filter(user -> !past.forgets(user.id()));
                            }
                        }),
                users("forgets that addresses are unique", past -> untaken(past, EMAIL_TAKEN)),
                users("forgets that usernames are unique", past -> untaken(past, USERNAME_TAKEN)),
                users(
                        "forgets how long users have been closed",
                        past -> BreakUsers.purging(
                                (store, upTo, limit) -> past.isOver() ? List.of() : store.deleteClosed(upTo, limit))),
                users(
                        "brings purged users back",
                        past -> store -> new ForwardingUserStore(store) {
                            private final List<UserRecord> known = new ArrayList<>();

                            @Override
                            public InsertUserOutcome insert(UserRecord user) {
                                known.add(user);
                                return correct.insert(user);
                            }

                            @Override
                            public List<UserId> deleteClosed(Instant closedUpTo, int limit) {
                                List<UserId> deleted = correct.deleteClosed(closedUpTo, limit);
                                known.stream()
                                        .filter(user -> deleted.contains(user.id()))
                                        .forEach(user -> past.undo(
                                                stores -> stores.users().insert(user)));
                                return deleted;
                            }
                        }));
    }

    private static List<Fault> ofTokens() {
        return Fault.list(
                tokens(
                        "forgets renewals",
                        past -> BreakTokens.rotating((store, next, expected) -> {
                            Optional<StoredToken> before = store.find(next.id());
                            boolean rotated = store.rotate(next, expected);
                            if (rotated) {
                                past.undo(stores -> BreakTokens.overwrite(stores.tokens(), before.orElseThrow()));
                            }
                            return rotated;
                        })),
                tokens(
                        "forgets touches",
                        past -> BreakTokens.touching((store, id, time) -> {
                            Optional<StoredToken> before = store.find(id);
                            boolean touched = store.touch(id, time);
                            if (touched) {
                                past.undo(stores -> BreakTokens.overwrite(stores.tokens(), before.orElseThrow()));
                            }
                            return touched;
                        })),
                tokens(
                        "brings used tokens back",
                        past -> BreakTokens.consuming((store, id, purpose, digest) -> {
                            Optional<StoredToken> consumed = store.consume(id, purpose, digest);
                            consumed.ifPresent(past::bringBack);
                            return consumed;
                        })),
                tokens(
                        "brings deleted tokens back",
                        past -> BreakTokens.deleting((store, id) -> {
                            store.find(id).ifPresent(past::bringBack);
                            return store.delete(id);
                        })),
                tokens(
                        "brings back what deleteByUser deleted",
                        past -> BreakTokens.deletingByUser((store, user, scope) -> {
                            BreakTokens.allOf(store, user).filter(scope::covers).forEach(past::bringBack);
                            return store.deleteByUser(user, scope);
                        })),
                tokens(
                        "brings the holder of before back",
                        past -> BreakTokens.intoSlot((store, token, upTo) -> {
                            List<StoredToken> before = BreakTokens.allOf(store, token.user())
                                    .filter(holder -> holder.slot().equals(token.slot()))
                                    .toList();
                            InsertTokenOutcome outcome = store.insertIntoSlot(token, upTo);
                            if (outcome == InsertTokenOutcome.INSERTED) {
                                before.forEach(past::bringBack);
                            }
                            return outcome;
                        })),
                tokens(
                        "forgets which slots are taken",
                        past -> BreakTokens.intoSlot(
                                (store, token, upTo) -> store.insertIntoSlot(token, past.isOver() ? FAR : upTo))),
                tokens(
                        "forgets whose tokens are whose",
                        past -> store -> new ForwardingTokenStore(store) {
                            @Override
                            protected StoredToken in(StoredToken token) {
                                past.note(token.id());
                                return token;
                            }

                            @Override
                            public List<StoredToken> listByUser(UserId user, TokenPurpose purpose) {
                                return correct.listByUser(user, purpose).stream()
                                        .filter(token -> !past.forgets(token.id()))
                                        .toList();
                            }
                        }),
                tokens(
                        "forgets what will expire",
                        past -> BreakTokens.purging(
                                (store, now, limit) -> past.isOver() ? 0 : store.deleteExpired(now, limit))),
                tokens(
                        "brings purged tokens back",
                        past -> store -> new ForwardingTokenStore(store) {
                            private final List<StoredToken> known = new ArrayList<>();

                            @Override
                            protected StoredToken in(StoredToken token) {
                                known.add(token);
                                return token;
                            }

                            @Override
                            public int deleteExpired(Instant now, int limit) {
                                known.stream()
                                        .filter(token -> !token.expiresAt().isAfter(now))
                                        .forEach(past::bringBack);
                                return correct.deleteExpired(now, limit);
                            }
                        }));
    }

    private static List<Fault> ofAttempts() {
        return Fault.list(
                attempts(
                        "forgets later records",
                        past -> AttemptFaults.recording((store, key, expected, next) -> {
                            var before = store.find(key);
                            boolean recorded = store.record(key, expected, next);
                            if (recorded) {
                                before.ifPresent(old ->
                                        past.undo(stores -> stores.attempts().record(key, next.count(), old)));
                            }
                            return recorded;
                        })),
                attempts(
                        "brings cleared attempts back",
                        past -> AttemptFaults.clearing((store, key) -> {
                            store.find(key)
                                    .ifPresent(old -> past.undo(
                                            stores -> stores.attempts().record(key, 0, old)));
                            return store.clear(key);
                        })),
                attempts(
                        "forgets how old attempts are",
                        past -> AttemptFaults.purging(
                                (store, upTo, limit) -> past.isOver() ? 0 : store.deleteOlder(upTo, limit))),
                attempts(
                        "brings purged attempts back",
                        past -> AttemptFaults.recording((store, key, expected, next) -> {
                            past.undo(stores -> stores.attempts().record(key, 0, next));
                            return store.record(key, expected, next);
                        })));
    }

    private static Fault users(String name, Function<Past, UnaryOperator<UserStore>> breaker) {
        return fault(
                "users: a restart " + name,
                past -> stores ->
                        AuthStores.of(breaker.apply(past).apply(stores.users()), stores.tokens(), stores.attempts()));
    }

    private static Fault tokens(String name, Function<Past, UnaryOperator<TokenStore>> breaker) {
        return fault(
                "tokens: a restart " + name,
                past -> stores ->
                        AuthStores.of(stores.users(), breaker.apply(past).apply(stores.tokens()), stores.attempts()));
    }

    private static Fault attempts(String name, Function<Past, UnaryOperator<AttemptStore>> breaker) {
        return fault(
                "attempts: a restart " + name,
                past -> stores -> AuthStores.of(
                        stores.users(), stores.tokens(), breaker.apply(past).apply(stores.attempts())));
    }

    private static Fault fault(String name, Function<Past, UnaryOperator<AuthStores>> breaker) {
        return Fault.fixture(name, () -> new Restarting(breaker), "STO-7");
    }

    private static UnaryOperator<UserStore> untaken(Past past, InsertUserOutcome forgotten) {
        return BreakUsers.inserting((store, user) -> {
            InsertUserOutcome outcome = store.insert(user);
            return outcome == forgotten && past.isOver() ? INSERTED : outcome;
        });
    }

    /** What was before the restart, and what the restart makes of it. */
    private static final class Past {

        private final List<Consumer<AuthStores>> undone = Collections.synchronizedList(new ArrayList<>());
        private final Set<Object> known = ConcurrentHashMap.newKeySet();
        private volatile boolean over;

        boolean isOver() {
            return over;
        }

        void note(Object id) {
            if (!over) {
                known.add(id);
            }
        }

        boolean forgets(Object id) {
            return over && known.contains(id);
        }

        void undo(Consumer<AuthStores> change) {
            undone.add(change);
        }

        /** Without its slot, which may have another holder. */
        void bringBack(StoredToken token) {
            undo(stores -> stores.tokens().insert(token.toBuilder().slot(null).build()));
        }

        void end(AuthStores stores) {
            over = true;
            Collections.reverse(undone);
            undone.forEach(change -> change.accept(stores));
            undone.clear();
        }
    }

    private static final class Restarting extends ForwardingFixture {

        private final Past past = new Past();
        private final UnaryOperator<AuthStores> breaker;

        private Restarting(Function<Past, UnaryOperator<AuthStores>> breaker) {
            super(new HeapFixture(Durability.SURVIVES_RESTART));
            this.breaker = breaker.apply(past);
        }

        @Override
        public AuthStores open() {
            return breaker.apply(correct.open());
        }

        @Override
        public void restart() {
            correct.restart();
            past.end(correct.open());
        }
    }
}
