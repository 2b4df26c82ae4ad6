package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.spi.InsertUserOutcome.EMAIL_TAKEN;
import static dev.minotaur.auth.spi.InsertUserOutcome.INSERTED;
import static dev.minotaur.auth.spi.UpdateUserOutcome.NOT_FOUND;
import static dev.minotaur.auth.spi.UpdateUserOutcome.UPDATED;
import static dev.minotaur.auth.testkit.Race.ROUNDS;
import static dev.minotaur.auth.testkit.Samples.T0;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What {@code deleteClosed} does when callers meet. */
abstract class UserPurgeRaceRules extends UserRaceRules {

    UserPurgeRaceRules() {}

    @Rule(
            id = "USR-52",
            promise =
                    "Calls of deleteClosed at once MUST NOT fail, and each closed user MUST be answered by one of them,"
                            + " once.",
            why =
                    "Every node purges; nodes that break each other off purge nothing, and what an application does once for"
                            + " a user who is gone, it would do twice or not at all.")
    @ResourceLock(PURGE)
    public final void usr52PurgesRunSideBySide() {
        Instant upTo = Samples.longAgo();
        drain(limit -> users().deleteClosed(upTo, limit).size());
        List<UserRecord> closed = many(4 * ROUNDS, () -> inserted(closed(upTo)));
        var rounds = race(
                "deleteClosed until nobody is left",
                4,
                List.of(upTo),
                (time, thread) -> purged(handle(thread).users(), time));
        List<UserId> answered = new ArrayList<>(purged(users(), upTo));
        rounds.get(0).answers().forEach(answered::addAll);
        expect("how many ids were answered", answered.size()).is(closed.size());
        for (UserRecord user : closed) {
            expect("whether a user was answered", answered.contains(user.id())).is(true);
            expectGone(user);
        }
    }

    @Rule(
            id = "USR-53",
            promise =
                    "A closed user whom an update opens again, or dates later, while deleteClosed runs MUST be deleted and"
                            + " answered, and not there to update, or be updated and stay, with both identifiers, and not"
                            + " be answered.",
            why =
                    "Somebody is told that the account is open again, and it is gone, or somebody else registers its address.")
    @ResourceLock(PURGE)
    public final void usr53ReopenedUserStaysOrIsGone() {
        Instant first = Samples.longAgo();
        List<Integer> indexes = IntStream.range(0, 4 * ROUNDS).boxed().toList();
        Instant last = first.plusSeconds(indexes.size());
        drain(limit -> users().deleteClosed(last, limit).size());
        List<UserRecord> before = indexes.stream()
                .map(index -> inserted(closed(first.plusSeconds(index)).toBuilder()
                        .username(Samples.username())
                        .build()))
                .toList();
        List<UserRecord> after = indexes.stream()
                .map(index -> index % 2 == 0 ? reopened(before.get(index)) : datedLater(before.get(index)))
                .toList();
        var rounds = race(
                "deleteClosed and update a closed user",
                2,
                indexes,
                (index, thread) -> thread == 0
                        ? (Object) handle(0).users().deleteClosed(first.plusSeconds(index), 3)
                        : handle(1).users().update(after.get(index), 1));
        for (var round : rounds) {
            UserRecord user = before.get(round.item());
            Object outcome = round.answers().get(1);
            expect("the update", outcome).isOneOf(UPDATED, NOT_FOUND);
            boolean stays = outcome == UPDATED;
            expect("deleteClosed", round.answers().get(0)).is(stays ? List.of() : List.of(user.id()));
            UserRecord heir = Samples.user(user.email());
            if (stays) {
                expectStored(after.get(round.item()));
                expectFound(after.get(round.item()));
                expect("the insert of another user with the address", users().insert(heir))
                        .is(EMAIL_TAKEN);
            } else {
                expectGone(user);
                UserRecord heirToBoth =
                        heir.toBuilder().username(user.username().orElseThrow()).build();
                expect("the insert of another user with both identifiers", users().insert(heirToBoth))
                        .is(INSERTED);
            }
        }
    }

    @Rule(
            id = "USR-54",
            promise =
                    "A closed user who is deleted while deleteClosed runs MUST be told of once: delete answers true, or"
                            + " deleteClosed answers the user.",
            why = "What an application does once for a user who is gone, it would do twice or not at all.")
    @ResourceLock(PURGE)
    public final void usr54PurgeMeetsDelete() {
        Instant first = Samples.longAgo();
        List<Integer> indexes = IntStream.range(0, 4 * ROUNDS).boxed().toList();
        Instant last = first.plusSeconds(indexes.size());
        drain(limit -> users().deleteClosed(last, limit).size());
        List<UserRecord> closed = indexes.stream()
                .map(index -> inserted(closed(first.plusSeconds(index))))
                .toList();
        var rounds = race(
                "deleteClosed and delete a closed user",
                2,
                indexes,
                (index, thread) -> thread == 0
                        ? (Object) handle(0).users().deleteClosed(first.plusSeconds(index), 3)
                        : handle(1).users().delete(closed.get(index).id()));
        for (var round : rounds) {
            UserRecord user = closed.get(round.item());
            boolean deleted = round.answers().get(1).equals(true);
            expect("deleteClosed", round.answers().get(0)).is(deleted ? List.of() : List.of(user.id()));
            expectGone(user);
        }
    }

    private static UserRecord reopened(UserRecord user) {
        return user.toBuilder().version(2).status(UserStatus.ACTIVE).build();
    }

    private static UserRecord datedLater(UserRecord user) {
        return user.toBuilder().version(2).updatedAt(T0).build();
    }

    private static List<UserId> purged(UserStore users, Instant upTo) {
        List<UserId> answered = new ArrayList<>();
        List<UserId> answer = users.deleteClosed(upTo, 3);
        for (int round = 0; round < 100 * ROUNDS && !answer.isEmpty(); round++) {
            answered.addAll(answer);
            answer = users.deleteClosed(upTo, 3);
        }
        return answered;
    }
}
