package dev.minotaur.auth.testkit;

import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Calls at random about a few things, so that they often conflict. What is random comes from the given source alone, so a
 * seed gives the same calls again.
 */
abstract class Calls {

    private final Instant start;
    private int drawn;

    Calls(Cast cast) {
        this.start = cast.start();
    }

    /** The next call of somebody who believes that this is the state. */
    abstract Operation next(SplittableRandom random, State state);

    /** Calls that store what the others begin with. */
    abstract List<Operation> first(SplittableRandom random);

    /** Calls that read what is left. */
    abstract List<Operation> last();

    /** One of a few times, the least apart. */
    final Instant time(SplittableRandom random) {
        return start.plus(Samples.TICK.multipliedBy(random.nextInt(4)));
    }

    /** A time that no other draw of this source gives, so that each record written can be told apart. */
    final Instant anotherTime() {
        return start.plus(Samples.TICK.multipliedBy(++drawn));
    }

    static boolean chance(SplittableRandom random, int percent) {
        return random.nextInt(100) < percent;
    }

    /** Some of the weights raised and some but the first taken away, so that each history is about other verbs. */
    static int[] skewed(SplittableRandom random, int... weights) {
        int[] factors = {1, 1, 4, 0};
        int[] skewed = new int[weights.length];
        for (int i = 0; i < weights.length; i++) {
            skewed[i] = weights[i] * factors[random.nextInt(i == 0 ? 3 : 4)];
        }
        return skewed;
    }

    /**
     * The weights skewed, and those of two verbs, or of one twice, raised to as much as all have together: where callers meet,
     * most histories are about what two verbs do to each other, and all pairs have their turn.
     */
    static int[] paired(SplittableRandom random, int... weights) {
        int[] paired = skewed(random, weights);
        int all = IntStream.of(paired).sum();
        for (int verb = 0; verb < 2; verb++) {
            paired[weighted(random, weights)] += all;
        }
        return paired;
    }

    /** The index of one of several weights. */
    static int weighted(SplittableRandom random, int... weights) {
        int total = 0;
        for (int weight : weights) {
            total += weight;
        }
        int at = random.nextInt(total);
        int index = 0;
        while (at >= weights[index]) {
            at -= weights[index++];
        }
        return index;
    }
}
