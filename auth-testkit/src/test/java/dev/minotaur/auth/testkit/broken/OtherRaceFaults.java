package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.attempts;
import static dev.minotaur.auth.testkit.broken.Fault.pause;
import static dev.minotaur.auth.testkit.broken.Fault.stores;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Stores of attempts, and stores as a whole, that are right for one caller at a time only. */
final class OtherRaceFaults {

    private OtherRaceFaults() {}

    static List<Fault> all() {
        return Fault.list(
                attempts("a lock is kept after a refusal", OtherRaceFaults::keepingTheLock, "STO-24")
                        .whenCallersMeet(),
                attempts("each refusal costs a connection of ten", OtherRaceFaults::keepingConnections, "STO-24")
                        .whenCallersMeet(),
                attempts(
                                "record looks at the count first",
                                AttemptFaults.recording((store, key, expected, next) -> {
                                    int before =
                                            store.find(key).map(Attempts::count).orElse(0);
                                    if (before != expected) {
                                        return store.record(key, expected, next);
                                    }
                                    pause();
                                    return store.record(
                                            key,
                                            store.find(key).map(Attempts::count).orElse(0),
                                            next);
                                }),
                                "ATT-12",
                                "ATT-13")
                        .whenCallersMeet(),
                attempts(
                                "record brings a cleared key back",
                                AttemptFaults.recording((store, key, expected, next) -> {
                                    boolean known = expected > 0
                                            && store.find(key)
                                                    .filter(old -> old.count() == expected)
                                                    .isPresent();
                                    pause();
                                    return store.record(key, expected, next) || (known && store.record(key, 0, next));
                                }),
                                "ATT-14")
                        .whenCallersMeet(),
                attempts(
                                "clear looks for the key first",
                                AttemptFaults.clearing((store, key) -> {
                                    boolean known = store.find(key).isPresent();
                                    pause();
                                    store.clear(key);
                                    return known;
                                }),
                                "ATT-14")
                        .whenCallersMeet(),
                attempts(
                                "record compares the whole record with what it has read",
                                AttemptFaults.recording((store, key, expected, next) -> {
                                    Optional<Attempts> before = store.find(key);
                                    pause();
                                    return before.equals(store.find(key)) && store.record(key, expected, next);
                                }),
                                "ATT-16")
                        .whenCallersMeet(),
                attempts("two purges at once are a failure", exclusivePurge(), "ATT-15")
                        .whenCallersMeet(),
                users("two inserts at once are a failure", exclusiveInsert(), "STO-15")
                        .whenCallersMeet(),
                stores("the users are read before the token", usersFirst(), "STO-16")
                        .whenCallersMeet());
    }

    /** The thread that has it may go on, and nobody else. */
    private static AttemptStore keepingTheLock(AttemptStore store) {
        ReentrantLock lock = new ReentrantLock();
        return taking(store, lock::tryLock, lock::unlock);
    }

    private static AttemptStore keepingConnections(AttemptStore store) {
        Semaphore free = new Semaphore(10);
        return taking(store, free::tryAcquire, free::release);
    }

    private static AttemptStore taking(AttemptStore store, Taking taking, Runnable giveBack) {
        return new ForwardingAttemptStore(store) {
            @Override
            public boolean record(AttemptKey key, int expectedCount, Attempts next) {
                inTime(taking);
                boolean recorded = correct.record(key, expectedCount, next);
                giveBack.run();
                return recorded;
            }
        };
    }

    private static void inTime(Taking taking) {
        try {
            if (!taking.isTaken(1, TimeUnit.SECONDS)) {
                throw StoreException.nothingHappened("nothing is free", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StoreException.nothingHappened("interrupted", null);
        }
    }

    /** Takes a lock or a connection. */
    @FunctionalInterface
    private interface Taking {
        boolean isTaken(long time, TimeUnit unit) throws InterruptedException;
    }

    private static UnaryOperator<AttemptStore> exclusivePurge() {
        AtomicInteger running = new AtomicInteger();
        return AttemptFaults.purging((store, upTo, limit) -> alone(running, () -> store.deleteOlder(upTo, limit)));
    }

    private static UnaryOperator<UserStore> exclusiveInsert() {
        AtomicInteger running = new AtomicInteger();
        return BreakUsers.inserting((store, user) -> alone(running, () -> store.insert(user)));
    }

    private static <T> T alone(AtomicInteger running, java.util.function.Supplier<T> call) {
        try {
            if (running.incrementAndGet() > 1) {
                throw StoreException.nothingHappened("the table is locked", null);
            }
            pause();
            return call.get();
        } finally {
            running.decrementAndGet();
        }
    }

    private static UnaryOperator<AuthStores> usersFirst() {
        Set<UserId> known = ConcurrentHashMap.newKeySet();
        return stores -> new StoresFaults.Grouped(stores) {
            private final UserStore users = new ForwardingUserStore(stores.users()) {
                @Override
                public InsertUserOutcome insert(UserRecord user) {
                    known.add(user.id());
                    return correct.insert(user);
                }
            };

            @Override
            public UserStore users() {
                return users;
            }

            @Override
            public Optional<TokenWithUser> findTokenWithUser(TokenId id) {
                Map<UserId, UserRecord> before = known.stream()
                        .flatMap(user -> correct.users().findById(user).stream())
                        .collect(Collectors.toMap(UserRecord::id, Function.identity()));
                pause();
                return correct.tokens().find(id).flatMap(token -> Optional.ofNullable(before.get(token.user()))
                        .map(user -> new TokenWithUser(token, user)));
            }
        };
    }
}
