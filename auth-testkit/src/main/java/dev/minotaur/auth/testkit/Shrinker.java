package dev.minotaur.auth.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes steps out of a failing script as long as what is left fails, within a bound. */
final class Shrinker {

    private static final int MOST_RUNS = 500;
    private static final Duration BOUND = Duration.ofSeconds(10);

    private final Script script;
    private final long start = System.nanoTime();
    private Script.Failure shortest;
    private int runs;

    private Shrinker(Script script, Script.Failure failure) {
        this.script = script;
        this.shortest = failure;
    }

    static Script.Failure shrunk(Script script, Script.Failure failure) {
        Shrinker shrinker = new Shrinker(script, failure);
        shrinker.shrink();
        return shrinker.shortest;
    }

    private void shrink() {
        for (int size = shortest.kept().size() / 2; size > 1; size /= 2) {
            takeOut(size);
        }
        int before;
        do {
            before = shortest.kept().size();
            takeOut(1);
        } while (shortest.kept().size() < before && isInBound());
    }

    /** Tries to do without each run of as many steps, from the end, where reads are that depend on nothing. */
    private void takeOut(int size) {
        for (int from = shortest.kept().size() - size; from > -size && isInBound(); from -= size) {
            List<Integer> kept = shortest.kept();
            int to = Math.min(kept.size(), from + size);
            int begin = Math.max(0, from);
            if (begin < to) {
                List<Integer> rest = new ArrayList<>(kept.subList(0, begin));
                rest.addAll(kept.subList(to, kept.size()));
                runs++;
                Optional<Script.Failure> failure = script.run(rest);
                failure.ifPresent(shorter -> shortest = shorter);
            }
        }
    }

    private boolean isInBound() {
        return runs < MOST_RUNS && System.nanoTime() - start < BOUND.toNanos();
    }
}
