package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.spi.InsertUserOutcome.INSERTED;
import static dev.minotaur.auth.spi.UpdateUserOutcome.NOT_FOUND;
import static dev.minotaur.auth.spi.UpdateUserOutcome.UPDATED;
import static dev.minotaur.auth.testkit.Samples.TICK;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What {@code deleteClosed} does, one caller at a time, in the years that {@link TokenPurgeRules} purges. */
abstract class UserPurgeRules extends TokenPurgeRules {

    UserPurgeRules() {}

    @Rule(
            id = "USR-47",
            promise =
                    "deleteClosed MUST delete a closed user whose last update was at closedUpTo or before, and MUST leave"
                            + " one who was updated later, by one microsecond too.",
            why = "Somebody who asks for the account back within the time that was promised finds it gone, or what was"
                    + " to be removed by then is still there.")
    @ResourceLock(PURGE)
    public final void usr47AgeIsExact() {
        Instant upTo = Samples.longAgoInMicros();
        UserRecord before = inserted(closed(upTo.minus(TICK)));
        UserRecord madeLater = inserted(
                closed(upTo).toBuilder().createdAt(upTo.plusSeconds(60)).build());
        UserRecord exactly = inserted(closed(upTo));
        UserRecord after = inserted(closed(upTo.plus(TICK)));
        UserRecord madeBefore =
                inserted(closed(upTo.plus(TICK)).toBuilder().createdAt(upTo).build());
        UserRecord movedOn = updated(inserted(closed(upTo)), UserStatus.CLOSED, upTo.plus(TICK));
        UserRecord movedBack = updated(inserted(closed(upTo.plus(TICK))), UserStatus.CLOSED, upTo);
        UserRecord closedLater = updated(inserted(old(UserStatus.ACTIVE, upTo)), UserStatus.CLOSED, upTo);
        drain(limit -> users().deleteClosed(upTo, limit).size());
        for (UserRecord old : List.of(before, madeLater, exactly, movedBack, closedLater)) {
            expect("findById of an old user", users().findById(old.id())).is(Optional.empty());
        }
        Stream.of(after, madeBefore, movedOn).forEach(this::expectStored);
    }

    @Rule(
            id = "USR-48",
            promise =
                    "deleteClosed MUST delete at most as many users as the limit says, as many as that if there are, and"
                            + " answer the id of each, once; fewer than the limit only when no such user is left.",
            why =
                    "A purge without a bound holds locks that sign-ins wait for, and whoever is left out of the answer leaves"
                            + " tokens and an application's own records behind.")
    @ResourceLock(PURGE)
    public final void usr48PurgeKeepsToItsLimit() {
        Instant upTo = Samples.longAgo();
        drain(limit -> users().deleteClosed(upTo, limit).size());
        Set<UserId> left = new HashSet<>();
        many(5, () -> inserted(closed(upTo))).forEach(user -> left.add(user.id()));
        for (int size : List.of(2, 2, 1, 0)) {
            List<UserId> deleted = users().deleteClosed(upTo, 2);
            expect("how many deleteClosed of 2 answered", deleted.size()).is(size);
            for (UserId id : deleted) {
                expect("whether the answer is of a closed user who was there", left.remove(id))
                        .is(true);
                expect("findById of a user who was answered", users().findById(id))
                        .is(Optional.empty());
            }
            for (UserId id : left) {
                expect(
                                "whether a user who was not answered is there",
                                users().findById(id).isPresent())
                        .is(true);
            }
        }
        UserRecord last = inserted(closed(upTo));
        expect("deleteClosed of as many as can be", users().deleteClosed(upTo, Integer.MAX_VALUE))
                .is(List.of(last.id()));
    }

    @Rule(
            id = "USR-49",
            promise = "deleteClosed MUST refuse a limit below 1 by IllegalArgumentException and delete nobody.",
            why = "Some backends take 0 or a negative limit for none at all.")
    @ResourceLock(PURGE)
    public final void usr49LimitIsAtLeastOne() {
        Instant upTo = Samples.longAgo();
        UserRecord user = inserted(closed(upTo.minusSeconds(1)));
        for (int limit : List.of(0, -1, Integer.MIN_VALUE)) {
            expectThrow(IllegalArgumentException.class, "deleteClosed of " + limit, () -> users().deleteClosed(
                            upTo, limit));
            expectStored(user);
        }
        var unused = users().deleteClosed(upTo, 1);
        drain(limit -> users().deleteClosed(upTo, limit).size());
    }

    @Rule(
            id = "USR-50",
            promise =
                    "deleteClosed MUST leave a user of every other status, however old, also one who was closed before.",
            why = "Whoever has changed nothing for years would lose an account that nobody closed.")
    @ResourceLock(PURGE)
    public final void usr50OnlyTheClosedGo() {
        Instant upTo = Samples.longAgo();
        List<UserRecord> others = new ArrayList<>();
        for (UserStatus status : UserStatus.values()) {
            if (status != UserStatus.CLOSED) {
                others.add(inserted(old(status, upTo.minusSeconds(3600))));
                others.add(updated(inserted(closed(upTo.minusSeconds(3600))), status, upTo.minusSeconds(3600)));
            }
        }
        drain(limit -> users().deleteClosed(upTo, limit).size());
        others.forEach(this::expectStored);
    }

    @Rule(
            id = "USR-51",
            promise =
                    "A user whom deleteClosed has deleted MUST be gone as after delete: not found and not updated, and the"
                            + " identifiers are free.",
            why = "Somebody who closed an account could never come back under the same address.")
    @ResourceLock(PURGE)
    public final void usr51PurgeFreesIdentifiers() {
        Instant upTo = Samples.longAgo();
        UserRecord user = inserted(closed(upTo.minusSeconds(1)).toBuilder()
                .username(Samples.username())
                .build());
        drain(limit -> users().deleteClosed(upTo, limit).size());
        expectGone(user);
        UserRecord reopened =
                user.toBuilder().version(2).status(UserStatus.ACTIVE).build();
        expect("the update of a deleted user", users().update(reopened, 1)).is(NOT_FOUND);
        UserRecord heir =
                user.toBuilder().id(Samples.userId()).status(UserStatus.ACTIVE).build();
        expect("the insert of another user with both", users().insert(heir)).is(INSERTED);
        expectStored(heir);
        expect("findByEmail", users().findByEmail(heir.email().canonical())).is(Optional.of(heir));
    }

    static UserRecord closed(Instant updatedAt) {
        return old(UserStatus.CLOSED, updatedAt);
    }

    private static UserRecord old(UserStatus status, Instant updatedAt) {
        return Samples.user().toBuilder()
                .status(status)
                .createdAt(updatedAt.minusSeconds(7200))
                .updatedAt(updatedAt)
                .build();
    }

    /** The user as an update has written it. */
    private UserRecord updated(UserRecord user, UserStatus status, Instant updatedAt) {
        UserRecord next =
                user.toBuilder().version(2).status(status).updatedAt(updatedAt).build();
        expect("the update", users().update(next, 1)).is(UPDATED);
        return next;
    }

    final void expectGone(UserRecord user) {
        expect("findById", users().findById(user.id())).is(Optional.empty());
        expect("findByEmail", users().findByEmail(user.email().canonical())).is(Optional.empty());
        user.username().ifPresent(name -> expect("findByUsername", users().findByUsername(name.canonical()))
                .is(Optional.empty()));
    }
}
