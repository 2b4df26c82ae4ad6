package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Race.ROUNDS;
import static dev.minotaur.auth.testkit.Samples.T0;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What a store of attempts does when callers meet. */
abstract class AttemptRaceRules extends AttemptRules {

    AttemptRaceRules() {}

    @Rule(
            id = "ATT-12",
            promise =
                    "Of any number of records at once that expect one count, 0 too, and write another, one MUST be answered"
                            + " true.",
            why = "Guesses made in parallel would be counted as one: a limit of five lets through as many as fit into a"
                    + " moment.")
    public final void att12OneOfManyRecords() {
        int threads = 16;
        List<AttemptKey> keys = many(ROUNDS, Samples::key);
        for (int expected : List.of(0, 1)) {
            var rounds = race("record that expects " + expected, threads, keys, (key, thread) -> handle(thread)
                    .attempts()
                    .record(key, expected, new Attempts(expected + 1, T0)));
            for (var round : rounds) {
                expect("how many were answered true", round.count(true)).is(1L);
                expect("find", attempts().find(round.item())).is(Optional.of(new Attempts(expected + 1, T0)));
            }
        }
    }

    @Rule(
            id = "ATT-13",
            promise = "Callers that each read the count, record one more, and read again where they were answered false"
                    + " MUST together count exactly.",
            why = "An attempt that is lost is a guess that is free; one that is counted twice locks the owner out.")
    public final void att13EveryAttemptIsCounted() {
        int threads = 8;
        List<AttemptKey> keys = many(Math.max(2, ROUNDS / 5), Samples::key);
        var rounds = race("count one more attempt, ten times each", threads, keys, (key, thread) -> {
            for (int i = 0; i < 10; i++) {
                countOneMore(handle(thread).attempts(), key);
            }
            return true;
        });
        for (var round : rounds) {
            expect("find", attempts().find(round.item())).is(Optional.of(new Attempts(10 * threads, T0)));
        }
    }

    @Rule(
            id = "ATT-14",
            promise = "Of any number of clears at once one MUST be answered true, and a key that is cleared while it is"
                    + " recorded under its old count MUST be clear afterwards.",
            why = "A count that outlives the reset of a password locks out the owner who has just reset it.")
    public final void att14ClearMeetsRecord() {
        List<AttemptKey> keys = many(2 * ROUNDS, () -> recordedAt(T0));
        for (var round : race("clear one key", 4, keys, (key, thread) -> handle(thread)
                .attempts()
                .clear(key))) {
            expect("how many were answered true", round.count(true)).is(1L);
        }
        List<AttemptKey> again = many(2 * ROUNDS, () -> recordedAt(T0));
        var rounds = race(
                "clear a key and record that expects 1",
                2,
                again,
                (key, thread) -> thread == 0
                        ? handle(0).attempts().clear(key)
                        : handle(1).attempts().record(key, 1, new Attempts(2, T0)));
        for (var round : rounds) {
            expect("clear", round.answers().get(0)).is(true);
            expect("find", attempts().find(round.item())).is(Optional.empty());
        }
    }

    @Rule(
            id = "ATT-15",
            promise = "Calls of deleteOlder at once MUST NOT fail, and each old record MUST be counted once.",
            why = "Every node purges; nodes that break each other off, or wait for each other, purge nothing.")
    @ResourceLock(PURGE)
    public final void att15PurgesRunSideBySide() {
        Instant upTo = Samples.longAgo();
        drain(limit -> attempts().deleteOlder(upTo, limit));
        int rows = 4 * ROUNDS;
        List<AttemptKey> old = many(rows, () -> recordedAt(upTo));
        var rounds = race(
                "deleteOlder until nothing is left",
                4,
                List.of(upTo),
                (time, thread) -> purged(handle(thread).attempts(), time));
        int counted = purged(attempts(), upTo);
        for (int one : rounds.get(0).answers()) {
            counted += one;
        }
        expect("how many were counted of " + rows, counted).is(rows);
        old.forEach(key -> expect("find", attempts().find(key)).is(Optional.empty()));
    }

    @Rule(
            id = "ATT-16",
            promise =
                    "A record that expects the stored count MUST be answered true, also where another one that leaves the"
                            + " count as it is meets it.",
            why =
                    "The caller is told that the count is another one, reads that it is not, and counts the attempt late or"
                            + " gives up.")
    public final void att16EqualCountsMeet() {
        int threads = 4;
        Instant last = T0.plusSeconds(threads);
        List<AttemptKey> keys = many(2 * ROUNDS, () -> recordedAt(T0));
        var rounds = race("record that expects 1 and leaves it", threads, keys, (key, thread) -> handle(thread)
                .attempts()
                .record(key, 1, new Attempts(1, last.minusSeconds(thread))));
        for (var round : rounds) {
            expect("how many were answered true", round.count(true)).is((long) threads);
        }
    }

    @Rule(
            id = "ATT-17",
            promise =
                    "An old key that is recorded under its count, or cleared, while deleteOlder runs MUST be deleted and"
                            + " counted, and not there to the other call, or be recorded and stay, or cleared, and not be"
                            + " counted.",
            why = "An attempt that was just counted would be forgotten: a guesser has it for free.")
    @ResourceLock(PURGE)
    public final void att17PurgeMeetsRecordAndClear() {
        Instant first = Samples.longAgo();
        List<Integer> indexes = IntStream.range(0, 4 * ROUNDS).boxed().toList();
        Instant last = first.plusSeconds(indexes.size());
        drain(limit -> attempts().deleteOlder(last, limit));
        List<AttemptKey> keys = indexes.stream()
                .map(index -> recordedAt(first.plusSeconds(index)))
                .toList();
        Attempts next = new Attempts(2, T0);
        var rounds = race("deleteOlder and record or clear a key", 2, indexes, (index, thread) -> {
            AttemptStore attempts = handle(thread).attempts();
            AttemptKey key = keys.get(index);
            if (thread == 0) {
                return (Object) attempts.deleteOlder(first.plusSeconds(index), 3);
            }
            return index % 2 == 0 ? attempts.record(key, 1, next) : attempts.clear(key);
        });
        for (var round : rounds) {
            boolean taken = round.answers().get(1).equals(true);
            expect("deleteOlder", round.answers().get(0)).is(taken ? 0 : 1);
            boolean recorded = taken && round.item() % 2 == 0;
            expect("find", attempts().find(keys.get(round.item()))).is(recorded ? Optional.of(next) : Optional.empty());
        }
    }

    private static void countOneMore(AttemptStore attempts, AttemptKey key) {
        boolean counted = false;
        for (int attempt = 0; attempt < 100_000 && !counted; attempt++) {
            int count = attempts.find(key).map(Attempts::count).orElse(0);
            counted = attempts.record(key, count, new Attempts(count + 1, T0));
        }
    }

    private static int purged(AttemptStore attempts, Instant upTo) {
        int counted = 0;
        int answer = 1;
        for (int round = 0; round < 100 * ROUNDS && answer > 0; round++) {
            answer = attempts.deleteOlder(upTo, 3);
            counted += answer;
        }
        return counted;
    }
}
