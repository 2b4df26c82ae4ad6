package dev.minotaur.auth.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
        long start = System.nanoTime();
        for (int done = 0; done < 3 * Race.ROUNDS || System.nanoTime() - start < Race.LEAST.toNanos(); done++) {
            long seed = run().seed().ofNextCase();
            Script script = new Script(seed, handle(0), handle(1));
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
