package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.spi.InsertTokenOutcome.ALREADY_INSERTED;
import static dev.minotaur.auth.spi.InsertTokenOutcome.ID_TAKEN;
import static dev.minotaur.auth.spi.InsertTokenOutcome.INSERTED;
import static dev.minotaur.auth.testkit.Race.ROUNDS;
import static dev.minotaur.auth.testkit.Samples.T0;

import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.testkit.Race.Round;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What a store of tokens does when callers who insert, use or delete meet. */
abstract class TokenRaceRules extends UserPurgeRaceRules {

    TokenRaceRules() {}

    @Rule(
            id = "TOK-47",
            promise = "Of any number of consumes of one token at once, one MUST get the token and all others empty.",
            why = "A store that selects first and deletes then lets two requests use one link: Spring Security's was"
                    + " such a one (CVE-2026-22751).")
    public final void tok47OneOfManyConsumes() {
        List<StoredToken> stored = many(8 * ROUNDS, () -> inserted(Samples.session()));
        for (var round : race("consume one token", 16, stored, (token, thread) -> handle(thread)
                .tokens()
                .consume(token.id(), token.purpose(), token.digest()))) {
            expect("how many got the token", round.count(Optional.of(round.item())))
                    .is(1L);
            expect("how many got nothing", round.count(Optional.empty())).is(15L);
            expectGone(round.item());
        }
    }

    @Rule(
            id = "TOK-48",
            promise = "Of any number of inserts of one token at once, one MUST be answered INSERTED and all others"
                    + " ALREADY_INSERTED, into a slot too.",
            why = "A caller that repeats a call before the first has ended would be refused its own session.")
    public final void tok48RetriesAtOnceAreRecognised() {
        int threads = 8;
        List<StoredToken> sessions = many(ROUNDS, Samples::session);
        List<StoredToken> slotted = many(ROUNDS, () -> Samples.inSlot(Samples.userId(), "slot"));
        var rounds = race("insert one token", threads, sessions, (token, thread) -> handle(thread)
                .tokens()
                .insert(token));
        rounds.forEach(round -> expectOneInserted(round, ALREADY_INSERTED));
        rounds = race("insert one token into its slot", threads, slotted, (token, thread) -> handle(thread)
                .tokens()
                .insertIntoSlot(token, T0));
        rounds.forEach(round -> expectOneInserted(round, ALREADY_INSERTED));
    }

    @Rule(
            id = "TOK-49",
            promise =
                    "Of any number of inserts at once with one id and different content, one MUST be answered INSERTED"
                            + " and all others ID_TAKEN.",
            why = "A caller believes that a secret is stored which is not.")
    public final void tok49OneOfManyGetsTheId() {
        int threads = 8;
        List<List<StoredToken>> groups = many(ROUNDS, () -> {
            StoredToken token = Samples.session();
            return many(
                    threads, () -> token.toBuilder().digest(Samples.digest()).build());
        });
        for (var round : race("insert tokens with one id", threads, groups, (group, thread) -> handle(thread)
                .tokens()
                .insert(group.get(thread)))) {
            expectOneInserted(round, ID_TAKEN);
            expectStored(round.item().get(round.answers().indexOf(INSERTED)));
        }
    }

    @Rule(
            id = "TOK-50",
            promise = "Of any number of deletes of one token at once one MUST be answered true, and of any number of"
                    + " deleteByUser at once each token MUST be counted once.",
            why = "A list of ended sessions that is told to their owner would be wrong.")
    public final void tok50EachDeletionIsCountedOnce() {
        int threads = 8;
        List<StoredToken> stored = many(ROUNDS, () -> inserted(Samples.session()));
        for (var round : race("delete one token", threads, stored, (token, thread) -> handle(thread)
                .tokens()
                .delete(token.id()))) {
            expect("how many were answered true", round.count(true)).is(1L);
        }
        List<StoredToken> first = many(ROUNDS, () -> inserted(Samples.session()));
        first.forEach(token -> many(4, () -> inserted(Samples.session(token.user()))));
        for (var round : race("deleteByUser of one user", threads, first, (token, thread) -> handle(thread)
                .tokens()
                .deleteByUser(token.user(), TokenScope.everything()))) {
            int counted = round.answers().stream().mapToInt(Integer::intValue).sum();
            expect("how many were counted of 5", counted).is(5);
            expectGone(round.item());
        }
    }

    @Rule(
            id = "TOK-51",
            promise = "Calls of deleteExpired at once MUST NOT fail, and each expired token MUST be counted once.",
            why = "Every node purges; nodes that break each other off, or wait for each other, purge nothing.")
    @ResourceLock(PURGE)
    public final void tok51PurgesRunSideBySide() {
        Instant now = Samples.longAgo();
        drain(limit -> tokens().deleteExpired(now, limit));
        int rows = 4 * ROUNDS;
        List<StoredToken> expired = many(rows, () -> inserted(expiring(now)));
        var rounds = race(
                "deleteExpired until nothing is left",
                4,
                List.of(now),
                (time, thread) -> purged(handle(thread).tokens(), time));
        int counted = purged(tokens(), now);
        for (int one : rounds.get(0).answers()) {
            counted += one;
        }
        expect("how many were counted of " + rows, counted).is(rows);
        expired.forEach(this::expectGone);
    }

    @Rule(
            id = "TOK-68",
            promise =
                    "A token that consume, delete and deleteByUser take at once MUST go to one of them, and the others MUST be"
                            + " told that there is none.",
            why = "A link would be used after its owner was told that all links are void.")
    public final void tok68OneTakesTheToken() {
        List<Predicate<StoredToken>> takes = List.of(
                token -> handle(0)
                        .tokens()
                        .consume(token.id(), token.purpose(), token.digest())
                        .isPresent(),
                token -> handle(1).tokens().delete(token.id()),
                token -> handle(0).tokens().deleteByUser(token.user(), TokenScope.everything()) == 1);
        List<StoredToken> stored = many(6 * ROUNDS, () -> inserted(Samples.session()));
        List<Integer> indexes = IntStream.range(0, stored.size()).boxed().toList();
        var rounds = raceApart(
                "two of consume, delete and deleteByUser of one token", 2, indexes, (index, thread) -> takes.get(
                                (index + thread) % takes.size())
                        .test(stored.get(index)));
        for (var round : rounds) {
            expect("how many took the token", round.count(true)).is(1L);
            expectGone(stored.get(round.item()));
        }
    }

    @Rule(
            id = "TOK-65",
            promise =
                    "A consume that meets the insert of its token MUST get the token, which is gone then, or get empty and"
                            + " leave it there.",
            why = "A link whose mail is faster than the answer of the insert would be used up and have opened nothing.")
    public final void tok65ConsumeMeetsInsert() {
        List<StoredToken> fresh = many(8 * ROUNDS, Samples::session);
        List<Round<StoredToken, Optional<StoredToken>>> rounds =
                race("consume a token and insert it", 2, fresh, (token, thread) -> {
                    if (thread == 0) {
                        return handle(0).tokens().consume(token.id(), token.purpose(), token.digest());
                    }
                    expect("insert", handle(1).tokens().insert(token)).is(INSERTED);
                    return Optional.empty();
                });
        for (var round : rounds) {
            Optional<StoredToken> whole = Optional.of(round.item());
            Optional<StoredToken> used = round.answers().get(0);
            expect("consume", used).is(used.isPresent() ? whole : Optional.empty());
            expect("find", tokens().find(round.item().id())).is(used.isPresent() ? Optional.empty() : whole);
        }
    }

    static int purged(TokenStore tokens, Instant now) {
        int counted = 0;
        int answer = 1;
        for (int round = 0; round < 100 * ROUNDS && answer > 0; round++) {
            answer = tokens.deleteExpired(now, 3);
            counted += answer;
        }
        return counted;
    }

    private static void expectOneInserted(Round<?, InsertTokenOutcome> round, InsertTokenOutcome others) {
        expect("how many were INSERTED", round.count(INSERTED)).is(1L);
        expect("how many were " + others, round.count(others))
                .is(round.answers().size() - 1L);
    }
}
