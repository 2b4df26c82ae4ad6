package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.spi.InsertTokenOutcome.INSERTED;
import static dev.minotaur.auth.spi.InsertTokenOutcome.SLOT_KEPT;
import static dev.minotaur.auth.testkit.Race.ROUNDS;
import static dev.minotaur.auth.testkit.Samples.T0;
import static dev.minotaur.auth.testkit.Samples.TICK;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What {@code deleteExpired} does when it meets other verbs. */
abstract class TokenPurgeRaceRules extends RotateRaceRules {

    private static final List<Take> TAKES = List.of(
            (tokens, token, next) -> tokens.rotate(next, token.digest()),
            (tokens, token, next) ->
                    tokens.consume(token.id(), token.purpose(), token.digest()).isPresent(),
            (tokens, token, next) -> tokens.delete(token.id()),
            (tokens, token, next) -> tokens.deleteByUser(token.user(), TokenScope.everything()) == 1);

    TokenPurgeRaceRules() {}

    @Rule(
            id = "TOK-66",
            promise =
                    "An expired token that another call renews, uses, deletes or replaces while deleteExpired runs MUST go"
                            + " to one of the two: it is renewed and stays, or was removed and told once; a successor has"
                            + " its slot.",
            why =
                    "Somebody is told that the session goes on, and it is gone; or a new link comes into a slot that lets in"
                            + " one more.")
    @ResourceLock(PURGE)
    public final void tok66PurgeMeetsOtherVerbs() {
        Instant first = Samples.longAgo();
        Instant last = first.plusSeconds(4L * ROUNDS);
        drain(limit -> tokens().deleteExpired(last, limit));
        List<Integer> indexes = IntStream.range(0, 2 * ROUNDS).boxed().toList();
        List<List<StoredToken>> groups = indexes.stream()
                .map(index -> many(TAKES.size(), () -> inserted(expiring(first.plusSeconds(index)))))
                .toList();
        List<List<StoredToken>> next = groups.stream()
                .map(group -> group.stream()
                        .map(token ->
                                rotated(token, T0).toBuilder().expiresAt(T0).build())
                        .toList())
                .toList();
        var rounds = raceApart(
                "deleteExpired, and rotate, consume, delete and deleteByUser of one token each",
                2,
                indexes,
                (index, thread) -> thread == 0
                        ? handle(0).tokens().deleteExpired(first.plusSeconds(index), 2 * TAKES.size())
                        : (Object) taken(handle(1).tokens(), index, groups.get(index), next.get(index)));
        for (var round : rounds) {
            List<?> taken = (List<?>) round.answers().get(1);
            long left = taken.stream().filter(answer -> answer.equals(false)).count();
            expect("deleteExpired", round.answers().get(0)).is((int) left);
            for (int place = 0; place < taken.size(); place++) {
                if (isRotated(round.item(), place) && taken.get(place).equals(true)) {
                    expectStored(next.get(round.item()).get(place));
                } else {
                    expectGone(groups.get(round.item()).get(place));
                }
            }
        }
        expectSuccessorsInSlots(first.plusSeconds(2L * ROUNDS));
        expectNoDeadlock(first);
    }

    /** Who goes by the time of issue, and who goes by that of expiry, meet in the middle. */
    private void expectNoDeadlock(Instant first) {
        int each = 5;
        List<Integer> indexes = IntStream.range(0, 2 * ROUNDS).boxed().toList();
        List<UserId> owners = many(indexes.size(), Samples::userId);
        indexes.forEach(index -> IntStream.range(0, each).forEach(place -> {
            Instant end = first.plusSeconds(index).minus(TICK.multipliedBy(place));
            inserted(expiring(end).toBuilder()
                    .user(owners.get(index))
                    .issuedAt(first.minusSeconds(7200).plus(TICK.multipliedBy(place)))
                    .build());
        }));
        var rounds = raceApart(
                "deleteExpired and deleteByUser of a user's five tokens",
                2,
                indexes,
                (index, thread) -> thread == 0
                        ? handle(0).tokens().deleteExpired(first.plusSeconds(index), 2 * each)
                        : handle(1).tokens().deleteByUser(owners.get(index), TokenScope.everything()));
        for (var round : rounds) {
            expect(
                            "how many both deleted",
                            round.answers().get(0) + round.answers().get(1))
                    .is(each);
        }
    }

    /** Each group is taken in another order. */
    private static List<Boolean> taken(TokenStore tokens, int index, List<StoredToken> group, List<StoredToken> next) {
        List<Boolean> taken = new ArrayList<>();
        for (int place = 0; place < group.size(); place++) {
            Take take = TAKES.get((index + place) % TAKES.size());
            taken.add(take.from(tokens, group.get(place), next.get(place)));
        }
        return taken;
    }

    private static boolean isRotated(int index, int place) {
        return (index + place) % TAKES.size() == 0;
    }

    private void expectSuccessorsInSlots(Instant first) {
        List<Integer> indexes = IntStream.range(0, 2 * ROUNDS).boxed().toList();
        List<StoredToken> old = indexes.stream()
                .map(index -> inSlot(expiring(first.plusSeconds(index)).toBuilder()
                        .slot("slot")
                        .build()))
                .toList();
        List<StoredToken> next =
                old.stream().map(token -> Samples.inSlot(token.user(), "slot")).toList();
        var rounds = raceApart(
                "deleteExpired and replace the holder of a slot",
                2,
                indexes,
                (index, thread) -> thread == 0
                        ? handle(0).tokens().deleteExpired(first.plusSeconds(index), 3)
                        : (Object) handle(1).tokens().insertIntoSlot(next.get(index), T0));
        for (var round : rounds) {
            StoredToken holder = next.get(round.item());
            expect("deleteExpired", round.answers().get(0)).isOneOf(0, 1);
            expect("insertIntoSlot", round.answers().get(1)).is(INSERTED);
            expectGone(old.get(round.item()));
            expectStored(holder);
            StoredToken late = Samples.inSlot(holder.user(), "slot");
            expect("insertIntoSlot that replaces nobody", tokens().insertIntoSlot(late, Instant.EPOCH))
                    .is(SLOT_KEPT);
        }
    }

    /** Takes an expired token from the purge, or is too late. */
    @FunctionalInterface
    private interface Take {
        boolean from(TokenStore tokens, StoredToken token, StoredToken next);
    }
}
