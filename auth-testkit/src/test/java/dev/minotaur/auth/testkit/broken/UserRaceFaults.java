package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.BreakUsers.deleting;
import static dev.minotaur.auth.testkit.broken.BreakUsers.inserting;
import static dev.minotaur.auth.testkit.broken.BreakUsers.updating;
import static dev.minotaur.auth.testkit.broken.Fault.pause;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/** Stores of users that are right for one caller at a time, and do in two steps what should be one. */
final class UserRaceFaults {

    private UserRaceFaults() {}

    static List<Fault> all() {
        return Fault.list(
                users(
                                "insert looks for the address first",
                                checkThenInsert(Ambiguous.Of.EMAIL, BreakUsers::emailIsAnothers),
                                "USR-36")
                        .whenCallersMeet(),
                users(
                                "insert looks for the username first",
                                checkThenInsert(Ambiguous.Of.USERNAME, BreakUsers::usernameIsAnothers),
                                "USR-37")
                        .whenCallersMeet(),
                users(
                                "insert looks for the id first",
                                inserting((store, user) -> {
                                    boolean known = store.findById(user.id()).isPresent();
                                    pause();
                                    InsertUserOutcome outcome = store.insert(user);
                                    if (!known && outcome == InsertUserOutcome.ALREADY_INSERTED) {
                                        throw StoreException.nothingHappened("the primary key is violated", null);
                                    }
                                    return outcome;
                                }),
                                "USR-38")
                        .whenCallersMeet(),
                users(
                                "a retry at once is a taken address",
                                inserting((store, user) -> {
                                    boolean known = store.findById(user.id()).isPresent();
                                    pause();
                                    InsertUserOutcome outcome = store.insert(user);
                                    return !known && outcome == InsertUserOutcome.ALREADY_INSERTED
                                            ? InsertUserOutcome.EMAIL_TAKEN
                                            : outcome;
                                }),
                                "USR-38")
                        .whenCallersMeet(),
                users("update looks at the version first", checkThenUpdate(), "USR-39")
                        .whenCallersMeet(),
                users(
                                "delete looks for the user first",
                                deleting((store, id) -> {
                                    boolean known = store.findById(id).isPresent();
                                    pause();
                                    store.delete(id);
                                    return known;
                                }),
                                "USR-40")
                        .whenCallersMeet(),
                users(
                                "updates to each other's address are a deadlock",
                                deadlocking((store, next) ->
                                        store.findByEmail(next.email().canonical())),
                                "USR-41")
                        .whenCallersMeet(),
                users(
                                "updates to each other's username are a deadlock",
                                deadlocking((store, next) ->
                                        next.username().flatMap(name -> store.findByUsername(name.canonical()))),
                                "USR-41")
                        .whenCallersMeet(),
                users(
                                "delete frees the username it has read",
                                deleting((store, id) -> {
                                    Optional<Username> read = store.findById(id).flatMap(UserRecord::username);
                                    pause();
                                    Optional<Username> now = store.findById(id).flatMap(UserRecord::username);
                                    boolean deleted = store.delete(id);
                                    now.filter(name -> deleted && !read.equals(now))
                                            .ifPresent(name -> BreakUsers.reserve(store, null, name));
                                    return deleted;
                                }),
                                "USR-42")
                        .whenCallersMeet(),
                users(
                                "update brings a deleted user back",
                                updating((store, next, version) -> {
                                    boolean current = store.findById(next.id())
                                            .filter(old -> old.version() == version)
                                            .isPresent();
                                    pause();
                                    UpdateUserOutcome outcome = store.update(next, version);
                                    if (current && outcome == UpdateUserOutcome.NOT_FOUND) {
                                        store.insert(next);
                                        return UpdateUserOutcome.UPDATED;
                                    }
                                    return outcome;
                                }),
                                "USR-42")
                        .whenCallersMeet(),
                users("update deletes and inserts", updating(UserRaceFaults::deleteAndInsert), "USR-43")
                        .whenCallersMeet(),
                users(
                                "insert writes the password hash later",
                                inserting((store, user) -> {
                                    InsertUserOutcome outcome = store.insert(user);
                                    if (outcome == InsertUserOutcome.INSERTED) {
                                        store.update(
                                                user.toBuilder()
                                                        .passwordHash(null)
                                                        .build(),
                                                user.version());
                                        pause();
                                        store.update(user, user.version());
                                    }
                                    return outcome;
                                }),
                                "USR-43")
                        .whenCallersMeet(),
                users(
                                "delete deletes identifiers first",
                                deleting((store, id) -> {
                                    store.findById(id)
                                            .ifPresent(user -> store.update(
                                                    user.toBuilder()
                                                            .username(null)
                                                            .build(),
                                                    user.version()));
                                    pause();
                                    return store.delete(id);
                                }),
                                "USR-43")
                        .whenCallersMeet(),
                users(
                                "a holder that is gone is a failure",
                                inserting((store, user) -> {
                                    InsertUserOutcome outcome = store.insert(user);
                                    if (outcome == InsertUserOutcome.EMAIL_TAKEN) {
                                        pause();
                                        if (store.findByEmail(user.email().canonical())
                                                .isEmpty()) {
                                            throw StoreException.nothingHappened("a constraint is violated", null);
                                        }
                                    }
                                    return outcome;
                                }),
                                "USR-44")
                        .whenCallersMeet());
    }

    static UnaryOperator<UserStore> checkThenInsert(Ambiguous.Of of, BiPredicate<UserStore, UserRecord> taken) {
        return store -> new ForwardingUserStore(new Ambiguous(store, of, true, false)) {
            @Override
            public InsertUserOutcome insert(UserRecord user) {
                if (store.findById(user.id()).isPresent() || taken.test(store, user)) {
                    return store.insert(user);
                }
                pause();
                return correct.insert(user);
            }
        };
    }

    static UnaryOperator<UserStore> checkThenUpdate() {
        return updating((store, next, version) -> {
            boolean current = store.findById(next.id())
                    .filter(old -> old.version() == version)
                    .isPresent();
            pause();
            long stored = store.findById(next.id()).map(UserRecord::version).orElse(version);
            return store.update(next, current ? stored : version);
        });
    }

    private static UnaryOperator<UserStore> deadlocking(
            BiFunction<UserStore, UserRecord, Optional<UserRecord>> holderOfNext) {
        Set<UserId> inFlight = ConcurrentHashMap.newKeySet();
        return updating((store, next, version) -> {
            inFlight.add(next.id());
            try {
                pause();
                boolean crossed = holderOfNext
                        .apply(store, next)
                        .filter(holder -> !holder.id().equals(next.id()) && inFlight.contains(holder.id()))
                        .isPresent();
                if (crossed) {
                    throw StoreException.nothingHappened("a deadlock was broken off", null);
                }
                return store.update(next, version);
            } finally {
                inFlight.remove(next.id());
            }
        });
    }

    private static UpdateUserOutcome deleteAndInsert(UserStore store, UserRecord next, long version) {
        boolean current = store.findById(next.id())
                .filter(old -> old.version() == version)
                .isPresent();
        if (!current || BreakUsers.emailIsAnothers(store, next) || BreakUsers.usernameIsAnothers(store, next)) {
            return store.update(next, version);
        }
        store.delete(next.id());
        pause();
        store.insert(next);
        return UpdateUserOutcome.UPDATED;
    }
}
