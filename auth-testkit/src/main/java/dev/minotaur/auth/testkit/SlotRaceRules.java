package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.spi.InsertTokenOutcome.INSERTED;
import static dev.minotaur.auth.spi.InsertTokenOutcome.SLOT_KEPT;
import static dev.minotaur.auth.testkit.Race.ROUNDS;
import static dev.minotaur.auth.testkit.Samples.RESET;
import static dev.minotaur.auth.testkit.Samples.T0;
import static dev.minotaur.auth.testkit.Samples.TICK;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import java.util.List;
import java.util.Optional;

/** What a slot does when callers meet in it. */
abstract class SlotRaceRules extends TokenRaceRules {

    SlotRaceRules() {}

    @Rule(
            id = "TOK-52",
            promise =
                    "Of any number of insertIntoSlot at once that replace nobody, one MUST be answered INSERTED and all"
                            + " others SLOT_KEPT.",
            why = "Each click on \"send me a link\" would send a mail, and void the link of the mail before.")
    public final void tok52OneOfManyGetsTheSlot() {
        int threads = 8;
        List<List<StoredToken>> groups = many(ROUNDS, () -> group(threads));
        for (var round : race("insertIntoSlot that replaces nobody", threads, groups, (group, thread) -> handle(thread)
                .tokens()
                .insertIntoSlot(group.get(thread), T0.minus(TICK)))) {
            expect("how many were INSERTED", round.count(INSERTED)).is(1L);
            expect("how many were SLOT_KEPT", round.count(SLOT_KEPT)).is(threads - 1L);
            StoredToken winner = round.item().get(round.answers().indexOf(INSERTED));
            expect("listByUser", tokens().listByUser(winner.user(), RESET)).is(List.of(winner));
        }
    }

    @Rule(
            id = "TOK-53",
            promise =
                    "Any number of insertIntoSlot at once that replace MUST all be answered INSERTED, and one token is"
                            + " left.",
            why = "Two good links, or a request for a link that fails.")
    public final void tok53ReplacingLeavesOne() {
        int threads = 8;
        List<List<StoredToken>> groups = many(ROUNDS, () -> group(threads));
        for (var round : race("insertIntoSlot that replaces", threads, groups, (group, thread) -> handle(thread)
                .tokens()
                .insertIntoSlot(group.get(thread), T0))) {
            expect("how many were INSERTED", round.count(INSERTED)).is((long) threads);
            long left = round.item().stream()
                    .filter(token -> tokens().find(token.id()).isPresent())
                    .count();
            expect("how many tokens are left", left).is(1L);
        }
    }

    @Rule(
            id = "TOK-54",
            promise =
                    "A slot whose token is being replaced MUST hold one token at every moment: the old or the new, never"
                            + " both and never neither.",
            why =
                    "Between the two steps of a store that deletes and inserts, the link that was just used is unknown; the"
                            + " other way round, two links are good.")
    public final void tok54ReaderSeesOneHolder() {
        List<List<StoredToken>> groups = many(ROUNDS, () -> group(2));
        groups.forEach(group -> inSlot(group.get(0)));
        var rounds = watch(
                "replace the holder of a slot and list it",
                groups,
                group -> handle(0).tokens().insertIntoSlot(group.get(1), T0),
                (group, thread) ->
                        handle(thread).tokens().listByUser(group.get(0).user(), RESET));
        for (var round : rounds) {
            for (List<StoredToken> seen :
                    round.answers().stream().flatMap(List::stream).toList()) {
                expect("listByUser meanwhile", seen)
                        .isOneOf(
                                List.of(round.item().get(0)),
                                List.of(round.item().get(1)));
            }
        }
    }

    @Rule(
            id = "TOK-55",
            promise =
                    "insertIntoSlot that replaces a token which is consumed at the same time MUST be answered INSERTED,"
                            + " and the old token is gone.",
            why =
                    "A store that expects to find the holder which it has seen a moment ago fails, or frees the slot of the"
                            + " new token.")
    public final void tok55ReplacingMeetsConsume() {
        List<List<StoredToken>> groups = many(2 * ROUNDS, () -> group(2));
        groups.forEach(group -> inSlot(group.get(0)));
        var rounds = race("consume the holder of a slot and replace it", 2, groups, (group, thread) -> {
            TokenStore tokens = handle(thread).tokens();
            StoredToken old = group.get(0);
            return thread == 0
                    ? tokens.consume(old.id(), old.purpose(), old.digest())
                    : (Object) tokens.insertIntoSlot(group.get(1), T0);
        });
        for (var round : rounds) {
            StoredToken old = round.item().get(0);
            expect("consume", round.answers().get(0)).isOneOf(Optional.of(old), Optional.empty());
            expect("insertIntoSlot", round.answers().get(1)).is(INSERTED);
            expect("listByUser", tokens().listByUser(old.user(), RESET))
                    .is(List.of(round.item().get(1)));
            expectGone(old);
        }
    }

    @Rule(
            id = "TOK-56",
            promise =
                    "insertIntoSlot that replaces and deleteByUser at the same time MUST both succeed: the old token is"
                            + " gone, the new one is left or was deleted, and deleteByUser counts what it deleted.",
            why = "\"Void all links\" would fail when the owner of a stolen mailbox needs it, or would be told to have"
                    + " voided what is still good.")
    public final void tok56ReplacingMeetsDeleteByUser() {
        List<List<StoredToken>> groups = many(2 * ROUNDS, () -> group(2));
        groups.forEach(group -> inSlot(group.get(0)));
        var rounds = race("deleteByUser and replace the holder of a slot", 2, groups, (group, thread) -> {
            TokenStore tokens = handle(thread).tokens();
            return thread == 0
                    ? tokens.deleteByUser(group.get(0).user(), TokenScope.everything())
                    : (Object) tokens.insertIntoSlot(group.get(1), T0);
        });
        for (var round : rounds) {
            StoredToken next = round.item().get(1);
            int counted = (Integer) round.answers().get(0);
            expect("deleteByUser", counted).isOneOf(0, 1);
            expect("insertIntoSlot", round.answers().get(1)).is(INSERTED);
            List<StoredToken> left = tokens().listByUser(next.user(), RESET);
            expect("what is left", left).isOneOf(List.of(next), counted == 1 ? List.of() : List.of(next));
            expectGone(round.item().get(0));
        }
    }

    private static List<StoredToken> group(int size) {
        UserId user = Samples.userId();
        return many(size, () -> Samples.inSlot(user, "slot"));
    }
}
