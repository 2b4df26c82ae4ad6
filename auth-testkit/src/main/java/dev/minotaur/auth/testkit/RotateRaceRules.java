package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Race.ROUNDS;
import static dev.minotaur.auth.testkit.Samples.T0;

import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.testkit.Race.Round;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What {@code rotate} and {@code touch} do when callers meet. */
abstract class RotateRaceRules extends SlotRaceRules {

    private static final Instant LATER = T0.plusSeconds(60);

    RotateRaceRules() {}

    @Rule(
            id = "TOK-57",
            promise =
                    "Of any number of rotates at once that expect one digest, one MUST be answered true; the token is the"
                            + " winner's.",
            why =
                    "Two requests of one browser renew its session at the same moment; both would believe in their secret,"
                            + " and one would be signed out.")
    public final void tok57OneOfManyRotates() {
        int threads = 16;
        List<StoredToken> stored = sessions(ROUNDS);
        List<List<StoredToken>> groups = stored.stream()
                .map(token -> many(threads, () -> rotated(token, T0)))
                .toList();
        List<Integer> indexes = IntStream.range(0, ROUNDS).boxed().toList();
        var rounds = race("rotate one token under one digest", threads, indexes, (index, thread) -> handle(thread)
                .tokens()
                .rotate(groups.get(index).get(thread), stored.get(index).digest()));
        for (var round : rounds) {
            expect("how many were answered true", round.count(true)).is(1L);
            expectStored(groups.get(round.item()).get(round.answers().indexOf(true)));
        }
    }

    @Rule(
            id = "TOK-58",
            promise =
                    "A token that is deleted while it is rotated MUST be gone afterwards, whichever came first, whether"
                            + " by delete, by deleteByUser or by a successor in its slot.",
            why = "A session that its owner has ended lives on in the thief's browser, which was just renewing it.")
    public final void tok58DeletedTokenStaysDeleted() {
        var byDelete = race(
                "rotate a token and delete it",
                2,
                sessions(2 * ROUNDS),
                against((tokens, token) -> tokens.delete(token.id())));
        byDelete.forEach(round -> expectEnded(round, true));
        var byUser = race(
                "rotate a token and deleteByUser",
                2,
                sessions(2 * ROUNDS),
                against((tokens, token) -> tokens.deleteByUser(token.user(), TokenScope.everything())));
        byUser.forEach(round -> expectEnded(round, 1));
        List<StoredToken> slotted = many(2 * ROUNDS, () -> inSlot(Samples.inSlot(Samples.userId(), "slot")));
        var bySuccessor = race(
                "rotate a token and replace it",
                2,
                slotted,
                against((tokens, token) -> tokens.insertIntoSlot(
                        token.toBuilder().id(Samples.tokenId()).build(), T0)));
        bySuccessor.forEach(round -> expectEnded(round, InsertTokenOutcome.INSERTED));
    }

    @Rule(
            id = "TOK-59",
            promise =
                    "Of a consume and a rotate at once that both name the stored digest one MUST succeed: the token is"
                            + " used and gone, or renewed and not used.",
            why = "A secret that was replaced would have been used, or a used token would be good again.")
    public final void tok59ConsumeMeetsRotate() {
        var rounds = race(
                "rotate a token and consume it",
                2,
                sessions(2 * ROUNDS),
                against((tokens, token) -> tokens.consume(token.id(), token.purpose(), token.digest())));
        for (var round : rounds) {
            boolean renewed = round.answers().get(0).equals(true);
            expect("consume", round.answers().get(1)).is(renewed ? Optional.empty() : Optional.of(round.item()));
            expect("whether the token is left", tokens().find(round.item().id()).isPresent())
                    .is(renewed);
        }
    }

    @Rule(
            id = "TOK-60",
            promise =
                    "A token that is being rotated MUST be found and listed as one token at every moment, the old or the"
                            + " new.",
            why = "A request that arrives between two steps of a renewal would be signed out, and a session that moves"
                    + " from row to row escapes the list that ends it.")
    public final void tok60ReaderSeesOneToken() {
        List<StoredToken> stored = sessions(ROUNDS);
        var rounds = watch(
                "rotate a token and list it",
                stored,
                token -> handle(0).tokens().rotate(rotated(token, T0), token.digest()),
                (token, thread) -> thread == 1
                        ? handle(thread).tokens().find(token.id()).stream().toList()
                        : handle(thread).tokens().listByUser(token.user(), token.purpose()));
        for (var round : rounds) {
            for (List<StoredToken> seen :
                    round.answers().stream().flatMap(List::stream).toList()) {
                expect("what is seen meanwhile", seen)
                        .isTrueOf("one token, the old or the new", isOneOf(round.item(), seen));
            }
        }
    }

    @Rule(
            id = "TOK-61",
            promise =
                    "After any number of touches at once the time of last use MUST be the latest of them, and the latest"
                            + " be answered true.",
            why = "Requests of one session overlap: the slowest must not turn its last use back.")
    public final void tok61LatestTouchStays() {
        int threads = 8;
        List<StoredToken> stored = sessions(ROUNDS);
        for (var round : race("touch one token at different times", threads, stored, (token, thread) -> handle(thread)
                .tokens()
                .touch(token.id(), T0.plusSeconds(1 + thread)))) {
            expect("the latest touch", round.answers().get(threads - 1)).is(true);
            expectStored(
                    round.item().toBuilder().lastUsedAt(T0.plusSeconds(threads)).build());
        }
    }

    @Rule(
            id = "TOK-62",
            promise =
                    "A touch and a rotate at once MUST both be kept: the token has the new secret and the later use. However"
                            + " many touches go on, a rotate or a consume under the stored digest MUST succeed.",
            why =
                    "A touch that writes the token it has read puts the old secret back; a link that a busy page cannot use"
                            + " is lost.")
    public final void tok62TouchMeetsRotate() {
        var rounds = race(
                "rotate a token and touch it",
                2,
                sessions(2 * ROUNDS),
                against((tokens, token) -> tokens.touch(token.id(), LATER)));
        for (var round : rounds) {
            expect("the two answers", round.answers()).is(List.of(true, true));
            StoredToken left = tokens().find(round.item().id()).orElse(round.item());
            expect("previousDigest", left.previousDigest())
                    .is(Optional.of(round.item().digest()));
            expect("lastUsedAt", left.lastUsedAt()).is(LATER);
        }
        expectDoneAmongTouches("rotate", (tokens, token) -> tokens.rotate(rotated(token, T0), token.digest()));
        expectDoneAmongTouches("consume", (tokens, token) -> tokens.consume(token.id(), token.purpose(), token.digest())
                .isPresent());
    }

    /** Three threads touch the token for as long as the first is about it. */
    private void expectDoneAmongTouches(String verb, Opponent opponent) {
        AtomicLong ticks = new AtomicLong();
        Map<TokenId, Object> answers = new ConcurrentHashMap<>();
        var rounds = watch(
                verb + " a token that others touch",
                sessions(Math.max(2, ROUNDS / 3)),
                token -> answers.put(token.id(), opponent.act(handle(0).tokens(), token)),
                (token, thread) -> handle(thread)
                        .tokens()
                        .touch(token.id(), T0.plus(Samples.TICK.multipliedBy(ticks.incrementAndGet()))));
        for (var round : rounds) {
            Optional<StoredToken> left = tokens().find(round.item().id());
            expect(verb + " under the stored digest", answers.get(round.item().id()))
                    .is(true);
            expect("find under the old digest", left.filter(token -> token.digest()
                            .equals(round.item().digest())))
                    .is(Optional.empty());
        }
    }

    @Rule(
            id = "TOK-63",
            promise =
                    "A token that is deleted, consumed or replaced while it is touched MUST be gone afterwards, whichever came"
                            + " first; one that deleteExpired deletes meanwhile MUST be counted once.",
            why = "A request that was under way would bring an ended session back.")
    @ResourceLock(PURGE)
    public final void tok63TouchMeetsTheEnd() {
        expectGoneThoughTouched("delete", (tokens, token) -> tokens.delete(token.id()));
        expectGoneThoughTouched(
                "consume", (tokens, token) -> tokens.consume(token.id(), token.purpose(), token.digest())
                        .isPresent());
        expectGoneThoughTouched(
                "deleteByUser", (tokens, token) -> tokens.deleteByUser(token.user(), TokenScope.everything()) == 1);
        expectGoneThoughTouched(
                "insertIntoSlot",
                (tokens, token) ->
                        tokens.insertIntoSlot(Samples.inSlot(token.user(), "slot"), T0) == InsertTokenOutcome.INSERTED);
        expectPurgedOnceThoughTouched();
    }

    private void expectGoneThoughTouched(String verb, Opponent end) {
        List<StoredToken> stored = many(2 * ROUNDS, () -> inSlot(Samples.inSlot(Samples.userId(), "slot")));
        var rounds = raceApart(
                "end a token by " + verb + ", and touch it",
                2,
                stored,
                (token, thread) -> thread == 0
                        ? end.act(handle(0).tokens(), token)
                        : handle(1).tokens().touch(token.id(), LATER));
        for (var round : rounds) {
            expect("whether " + verb + " ended the token", round.answers().get(0))
                    .is(true);
            expectGone(round.item());
        }
    }

    /** A purge may leave a token that is being touched to the next purge. */
    private void expectPurgedOnceThoughTouched() {
        Instant first = Samples.longAgo();
        int rows = 2 * ROUNDS;
        drain(limit -> tokens().deleteExpired(first.plusSeconds(rows), limit));
        List<StoredToken> stored = IntStream.range(0, rows)
                .mapToObj(index -> inserted(expiring(first.plusSeconds(index))))
                .toList();
        var rounds = raceApart(
                "deleteExpired, and touch an expired token",
                2,
                stored,
                (token, thread) -> thread == 0
                        ? handle(0).tokens().deleteExpired(token.expiresAt(), rows)
                        : (Object) handle(1).tokens().touch(token.id(), LATER));
        int counted = purged(tokens(), first.plusSeconds(rows));
        for (var round : rounds) {
            counted += (int) round.answers().get(0);
        }
        expect("how many deleteExpired counted of " + rows, counted).is(rows);
        stored.forEach(this::expectGone);
    }

    @Rule(
            id = "TOK-67",
            promise =
                    "A token that is rotated to the live stamp while deleteByUser ends those of other stamps MUST be renewed"
                            + " and stay, or be deleted and counted, and not there to rotate.",
            why =
                    "Whoever changes a password keeps the session it was changed in; it would be ended after its renewal was"
                            + " reported.")
    public final void tok67RotateMeetsTheEndOfOtherStamps() {
        SecurityStamp live = Samples.stamp();
        List<StoredToken> stored = many(
                4 * ROUNDS,
                () -> inserted(
                        Samples.session().toBuilder().stamp(Samples.stamp()).build()));
        List<StoredToken> next = stored.stream()
                .map(token -> rotated(token, T0).toBuilder().stamp(live).build())
                .toList();
        List<Integer> indexes = IntStream.range(0, stored.size()).boxed().toList();
        var rounds = race(
                "rotate a token to the live stamp and deleteByUser of other stamps",
                2,
                indexes,
                (index, thread) -> thread == 0
                        ? handle(0)
                                .tokens()
                                .deleteByUser(
                                        stored.get(index).user(),
                                        TokenScope.everything().endedBy(live))
                        : (Object) handle(1)
                                .tokens()
                                .rotate(next.get(index), stored.get(index).digest()));
        for (var round : rounds) {
            boolean stays = round.answers().get(1).equals(true);
            expect("deleteByUser", round.answers().get(0)).is(stays ? 0 : 1);
            if (stays) {
                expectStored(next.get(round.item()));
            } else {
                expectGone(stored.get(round.item()));
            }
        }
    }

    private List<StoredToken> sessions(int count) {
        return many(count, () -> inserted(Samples.session()));
    }

    /** Thread 0 rotates, thread 1 does something else to the same token. */
    private Race.Step<StoredToken, Object> against(Opponent opponent) {
        return (token, thread) -> thread == 0
                ? handle(0).tokens().rotate(rotated(token, T0), token.digest())
                : opponent.act(handle(1).tokens(), token);
    }

    private void expectEnded(Round<StoredToken, Object> round, Object answer) {
        expect("what ended the token", round.answers().get(1)).is(answer);
        expectGone(round.item());
    }

    private static boolean isOneOf(StoredToken token, List<StoredToken> seen) {
        return seen.size() == 1
                && (seen.get(0).equals(token) || seen.get(0).previousDigest().equals(Optional.of(token.digest())));
    }

    /** What the other thread does. */
    @FunctionalInterface
    private interface Opponent {
        Object act(TokenStore tokens, StoredToken token);
    }
}
