package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.spi.InsertUserOutcome.INSERTED;
import static dev.minotaur.auth.spi.UpdateUserOutcome.UPDATED;
import static dev.minotaur.auth.testkit.Race.ROUNDS;
import static dev.minotaur.auth.testkit.Samples.T0;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.UserRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What all stores together do when callers meet. */
abstract class StoresRaceRules extends RestartRules {

    private static final List<Object> LIFE = List.of(
            INSERTED,
            InsertTokenOutcome.INSERTED,
            InsertTokenOutcome.INSERTED,
            true,
            true,
            UPDATED,
            true,
            true,
            true,
            true,
            true);

    StoresRaceRules() {}

    @Rule(
            id = "STO-15",
            promise = "Calls at once about different users, tokens and keys MUST be answered as if each were alone.",
            why = "A store that fails because somebody else is busy fails most when most people sign in.")
    public final void sto15StrangersDoNotDisturbEachOther() {
        List<Integer> rounds = IntStream.range(0, ROUNDS).boxed().toList();
        var all = race("live the life of a user of one's own", 8, rounds, (round, thread) -> life(handle(thread)));
        for (var round : all) {
            for (List<Object> life : round.answers()) {
                expect("the answers of one life", life).is(LIFE);
            }
        }
    }

    @Rule(
            id = "STO-16",
            promise = "findTokenWithUser MUST NOT pair a token with its user as it was before the token was there.",
            why = "A sign-in that overlaps a password change stores a token with the old stamp; read with the user of"
                    + " before, it would be good.")
    public final void sto16TokenIsReadBeforeItsUser() {
        List<UserRecord> before = many(2 * ROUNDS, () -> {
            UserRecord user = Samples.user();
            expect("the insert of the user", users().insert(user)).is(INSERTED);
            return user;
        });
        List<StoredToken> late = before.stream()
                .map(user -> Samples.session(user.id()).toBuilder()
                        .stamp(user.stamp())
                        .build())
                .toList();
        List<Integer> indexes = IntStream.range(0, before.size()).boxed().toList();
        var rounds = watch(
                "change a user, insert a token, and findTokenWithUser",
                indexes,
                index -> {
                    UserRecord changed = before.get(index).toBuilder()
                            .version(2)
                            .stamp(Samples.stamp())
                            .build();
                    handle(0).users().update(changed, 1);
                    handle(0).tokens().insert(late.get(index));
                },
                (index, thread) ->
                        handle(thread).findTokenWithUser(late.get(index).id()));
        for (var round : rounds) {
            for (var seen : round.answers().stream().flatMap(List::stream).toList()) {
                expect("the version of the user who is read with the token", seen.map(pair -> pair.user()
                                .version()))
                        .isOneOf(Optional.empty(), Optional.of(2L));
            }
        }
    }

    @Rule(
            id = "STO-24",
            promise =
                    "A call that is refused for its arguments MUST leave nothing behind that others wait for: after thirty"
                            + " of each kind every call of other callers is answered as before.",
            why = "A lock or a connection that each refusal keeps is gone for good, and with the last of them everybody"
                    + " is locked out.")
    @ResourceLock(PURGE)
    public final void sto24RefusalsLeaveNothingBehind() {
        StoredToken inSlot = Samples.inSlot(Samples.userId(), "slot");
        StoredToken without = Samples.session();
        for (int i = 0; i < 30; i++) {
            expectRefused("insert of a token with a slot", () -> tokens().insert(inSlot));
            expectRefused("insertIntoSlot of a token without a slot", () -> tokens().insertIntoSlot(without, T0));
            expectRefused("deleteExpired of 0", () -> tokens().deleteExpired(Samples.longAgo(), 0));
            expectRefused("deleteClosed of 0", () -> users().deleteClosed(Samples.longAgo(), 0));
            expectRefused("deleteOlder of 0", () -> attempts().deleteOlder(Samples.longAgo(), 0));
            expectRefused("record that expects -1", () -> attempts().record(Samples.key(), -1, new Attempts(1, T0)));
        }
        var afterwards = race("live a life of one's own after the refusals", 2, List.of(0), (round, thread) -> {
            List<Object> life = life(handle(0));
            life.add(handle(0).tokens().deleteExpired(Samples.longAgo(), 1) <= 1);
            life.add(handle(0).users().deleteClosed(Samples.longAgo(), 1).size() <= 1);
            life.add(handle(0).attempts().deleteOlder(Samples.longAgo(), 1) <= 1);
            return life;
        });
        List<Object> right = new ArrayList<>(LIFE);
        right.addAll(List.of(true, true, true));
        for (List<Object> life : afterwards.get(0).answers()) {
            expect("the answers of one life", life).is(right);
        }
    }

    private static void expectRefused(String call, Runnable refused) {
        expectThrow(IllegalArgumentException.class, call, refused);
    }

    private static List<Object> life(AuthStores stores) {
        UserRecord user = Samples.fullUser();
        StoredToken session = Samples.session(user.id());
        StoredToken link = Samples.inSlot(user.id(), "slot");
        AttemptKey key = Samples.key();
        List<Object> answers = new ArrayList<>();
        answers.add(stores.users().insert(user));
        answers.add(stores.tokens().insert(session));
        answers.add(stores.tokens().insertIntoSlot(link, T0));
        answers.add(stores.attempts().record(key, 0, new Attempts(1, T0)));
        answers.add(stores.tokens().touch(session.id(), T0.plusSeconds(1)));
        answers.add(stores.users()
                .update(Samples.fullUser().toBuilder().id(user.id()).build(), user.version()));
        answers.add(stores.tokens()
                .rotate(session.toBuilder().digest(Samples.digest()).build(), session.digest()));
        answers.add(stores.tokens()
                .consume(link.id(), link.purpose(), link.digest())
                .isPresent());
        answers.add(stores.attempts().clear(key));
        answers.add(stores.tokens().delete(session.id()));
        answers.add(stores.users().delete(user.id()));
        return answers;
    }
}
