package dev.minotaur.auth.testkit;

import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/** Where the randomness of a rule comes from that looks at many cases: printed with a failure, and given again to replay it. */
final class Seed {

    static final String PROPERTY = "dev.minotaur.auth.testkit.seed";

    private OptionalLong used = OptionalLong.empty();
    private long cases;

    /** The seed of this run: the given one, or a new one. */
    long value() {
        if (used.isEmpty()) {
            Long given = Long.getLong(PROPERTY);
            used = OptionalLong.of(given == null ? ThreadLocalRandom.current().nextLong() : given);
        }
        return used.getAsLong();
    }

    /** A seed for each of many cases, so that one can be replayed without those before it. A given seed is that of each case. */
    long ofNextCase() {
        return Long.getLong(PROPERTY) == null ? value() + cases++ : value();
    }

    SplittableRandom random() {
        return new SplittableRandom(value());
    }

    /** The seed, if anything was random. */
    OptionalLong used() {
        return used;
    }
}
