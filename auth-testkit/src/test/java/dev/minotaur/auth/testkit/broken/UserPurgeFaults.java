package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.BreakUsers.purging;
import static dev.minotaur.auth.testkit.broken.Fault.pause;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Stores of users that are broken in {@code deleteClosed}. */
final class UserPurgeFaults {

    private UserPurgeFaults() {}

    static List<Fault> all() {
        return Fault.list(
                users(
                        "a user closed at that time is not old",
                        purging((store, upTo, limit) -> store.deleteClosed(upTo.minusNanos(1000), limit)),
                        "USR-47",
                        "USR-48"),
                users(
                        "a user closed within that millisecond is old",
                        purging((store, upTo, limit) -> store.deleteClosed(upTo.plusNanos(999_000), limit)),
                        "USR-47"),
                users(
                        "a closed user is as old as the account",
                        choosing((user, upTo) -> user.status() == UserStatus.CLOSED
                                && !user.createdAt().isAfter(upTo)),
                        "USR-47",
                        "STO-12"),
                users("a purge leaves the status out", choosing(UserPurgeFaults::isOld), "USR-50"),
                users(
                        "a purge takes the disabled too",
                        choosing((user, upTo) -> user.status() != UserStatus.ACTIVE && isOld(user, upTo)),
                        "USR-50"),
                users(
                        "the limit of a purge is ignored",
                        purging((store, upTo, limit) ->
                                store.deleteClosed(upTo, limit < 1 ? limit : Integer.MAX_VALUE)),
                        "USR-48"),
                users(
                        "the limit of a purge is one too low",
                        purging((store, upTo, limit) ->
                                limit == 1 ? List.of() : store.deleteClosed(upTo, limit < 1 ? limit : limit - 1)),
                        "USR-48"),
                users(
                        "each purged user is answered twice",
                        answering(ids ->
                                ids.stream().flatMap(id -> Stream.of(id, id)).toList()),
                        "USR-48"),
                users(
                        "one purged user is answered in place of all",
                        answering(ids -> ids.stream().map(id -> ids.get(0)).toList()),
                        "USR-48"),
                users(
                        "one purged user is not answered",
                        answering(ids -> ids.stream().skip(1).toList()),
                        "USR-48"),
                users(
                        "nobody is answered in place of the purged",
                        answering(ids -> ids.stream()
                                .map(id -> new UserId(UUID.randomUUID()))
                                .toList()),
                        "USR-48"),
                users(
                        "a purge of nobody is allowed",
                        purging((store, upTo, limit) -> limit < 1 ? List.of() : store.deleteClosed(upTo, limit)),
                        "USR-49"),
                users(
                        "a purge of one is refused",
                        purging((store, upTo, limit) -> store.deleteClosed(upTo, limit == 1 ? 0 : limit)),
                        "USR-49"),
                users(
                        "a purge without a limit is allowed",
                        purging((store, upTo, limit) ->
                                store.deleteClosed(upTo, limit < 1 ? Integer.MAX_VALUE : limit)),
                        "USR-49"),
                users(
                        "a purged user keeps the address",
                        leaving((store, user) -> BreakUsers.reserve(store, user.email(), null)),
                        "USR-51"),
                users(
                        "a purged user keeps the username",
                        leaving((store, user) ->
                                user.username().ifPresent(name -> BreakUsers.reserve(store, null, name))),
                        "USR-51"),
                users("a purged user comes back by an update", comingBack(), "USR-51"),
                users("two purges of users at once are a failure", oneAtATime(), "USR-52")
                        .whenCallersMeet(),
                users(
                                "a purge answers whom it has seen",
                                lookingFirst((store, id) -> Fault.yes(store.delete(id))),
                                "USR-52",
                                "USR-53")
                        .whenCallersMeet(),
                users("a purge deletes whom it has seen", lookingFirst(UserStore::delete), "USR-53")
                        .whenCallersMeet());
    }

    private static boolean isOld(UserRecord user, Instant upTo) {
        return !user.updatedAt().isAfter(upTo);
    }

    private static boolean isDue(UserRecord user, Instant upTo) {
        return user.status() == UserStatus.CLOSED && isOld(user, upTo);
    }

    private static UnaryOperator<UserStore> answering(UnaryOperator<List<UserId>> change) {
        return purging((store, upTo, limit) -> change.apply(store.deleteClosed(upTo, limit)));
    }

    /** Deletes others than the correct one. */
    private static UnaryOperator<UserStore> choosing(BiPredicate<UserRecord, Instant> isDue) {
        return knowing((known, store, upTo, limit) -> known.stream()
                .flatMap(id -> store.findById(id).stream())
                .filter(user -> isDue.test(user, upTo))
                .map(UserRecord::id)
                .limit(limit)
                .filter(store::delete)
                .toList());
    }

    /** Deletes by id whom it has seen before, which should be one step. */
    private static UnaryOperator<UserStore> lookingFirst(BiPredicate<UserStore, UserId> delete) {
        return knowing((known, store, upTo, limit) -> {
            List<UserId> seen = known.stream()
                    .flatMap(id -> store.findById(id).stream())
                    .filter(user -> isDue(user, upTo))
                    .map(UserRecord::id)
                    .limit(limit)
                    .toList();
            pause();
            return seen.stream().filter(id -> delete.test(store, id)).toList();
        });
    }

    /** Does something with each user who is purged. */
    private static UnaryOperator<UserStore> leaving(BiConsumer<UserStore, UserRecord> leave) {
        return knowing((known, store, upTo, limit) -> {
            List<UserRecord> before =
                    known.stream().flatMap(id -> store.findById(id).stream()).toList();
            List<UserId> deleted = store.deleteClosed(upTo, limit);
            before.stream().filter(user -> deleted.contains(user.id())).forEach(user -> leave.accept(store, user));
            return deleted;
        });
    }

    private static UnaryOperator<UserStore> comingBack() {
        Set<UserId> purged = ConcurrentHashMap.newKeySet();
        return store -> new ForwardingUserStore(store) {
            @Override
            public List<UserId> deleteClosed(Instant closedUpTo, int limit) {
                List<UserId> deleted = correct.deleteClosed(closedUpTo, limit);
                purged.addAll(deleted);
                return deleted;
            }

            @Override
            public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
                boolean back =
                        purged.remove(replacement.id()) && correct.insert(replacement) == InsertUserOutcome.INSERTED;
                return back ? UpdateUserOutcome.UPDATED : correct.update(replacement, expectedVersion);
            }
        };
    }

    private static UnaryOperator<UserStore> oneAtATime() {
        AtomicInteger running = new AtomicInteger();
        return purging((store, upTo, limit) -> {
            try {
                if (running.incrementAndGet() > 1) {
                    throw StoreException.nothingHappened("a deadlock was broken off", null);
                }
                pause();
                return store.deleteClosed(upTo, limit);
            } finally {
                running.decrementAndGet();
            }
        });
    }

    /** A store that knows the ids of all users it was given; it refuses what the correct one refuses. */
    private static UnaryOperator<UserStore> knowing(Purge purge) {
        Set<UserId> known = ConcurrentHashMap.newKeySet();
        return store -> new ForwardingUserStore(store) {
            @Override
            public InsertUserOutcome insert(UserRecord user) {
                known.add(user.id());
                return correct.insert(user);
            }

            @Override
            public List<UserId> deleteClosed(Instant closedUpTo, int limit) {
                return limit < 1
                        ? correct.deleteClosed(closedUpTo, limit)
                        : purge.of(known, correct, closedUpTo, limit);
            }
        };
    }

    /** In place of {@code deleteClosed}, by who knows all users. */
    @FunctionalInterface
    private interface Purge {
        List<UserId> of(Set<UserId> known, UserStore correct, Instant upTo, int limit);
    }
}
