package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.AuthStores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What holds for any sequence of calls of one caller. */
abstract class HistoryRules extends ManyRaceRules {

    HistoryRules() {}

    @Rule(
            id = "HIS-1",
            promise =
                    "Any sequence of calls of one caller, whichever handle each is made on, MUST be answered as the rules"
                            + " above say, and MUST leave what they say.",
            why =
                    "A store that goes wrong after a certain sequence of calls only passes every rule about a few calls, and"
                            + " fails the user who happens to make them in that order.")
    public final void his1AnySequenceIsAnsweredRight() {
        expectAnsweredRight(3 * Race.ROUNDS, Script::new);
    }

    @Rule(
            id = "HIS-5",
            promise =
                    "Any sequence of calls of one caller with purges among them, whichever handle each is made on, MUST be"
                            + " answered as the rules above say, and MUST leave what they say.",
            why =
                    "A purge that leaves an entry of an index behind blocks a slot or a name, counts what is gone, or takes"
                            + " what is not old, long after.")
    @ResourceLock(PURGE)
    public final void his5PurgesLeaveNothingBehind() {
        expectAnsweredRight(Race.ROUNDS, Script::withPurges);
    }

    /** Makes the script of a seed on two handles. */
    @FunctionalInterface
    private interface ScriptOf {
        Script of(long seed, AuthStores first, AuthStores second);
    }

    private void expectAnsweredRight(int scripts, ScriptOf one) {
        long start = System.nanoTime();
        for (int done = 0; done < scripts || System.nanoTime() - start < Race.LEAST.toNanos(); done++) {
            long seed = run().seed().ofNextCase();
            Script script = one.of(seed, handle(0), handle(1));
            Optional<Script.Failure> failure = script.run();
            if (failure.isPresent()) {
                Script.Failure shortest = Shrinker.shrunk(script, failure.get());
                tellHistory(shortest.done(), seed);
                throw shortest.unmet();
            }
        }
    }

    /** Puts a history in the place of the trace, and how to replay it. */
    final void tellHistory(List<String> lines, long seed) {
        List<String> done = new ArrayList<>(lines);
        done.add("replay: -D" + Seed.PROPERTY + "=" + seed);
        run().tell(done);
    }
}
