package dev.minotaur.auth.testkit;

import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/** Where the randomness of a rule comes from that looks at many cases: printed with a failure, and given again to replay it. */
final class Seed {

    static final String PROPERTY = "dev.minotaur.auth.testkit.seed";

    private final long value;
    private boolean used;
    private long cases;

    Seed(long value) {
        this.value = value;
    }

    /** A seed for all rules of a class: the given one, or a new one. */
    static long chosen() {
        Long given = Long.getLong(PROPERTY);
        return given == null ? ThreadLocalRandom.current().nextLong() : given;
    }

    static boolean isGiven() {
        return Long.getLong(PROPERTY) != null;
    }

    /** The seed of this run. */
    long value() {
        used = true;
        return value;
    }

    /** A seed for each of many cases, so that one can be replayed without those before it. A given seed is that of each case. */
    long ofNextCase() {
        return isGiven() ? value() : value() + cases++;
    }

    SplittableRandom random() {
        return new SplittableRandom(value());
    }

    /** The seed, if anything was random. */
    OptionalLong used() {
        return used ? OptionalLong.of(value) : OptionalLong.empty();
    }

    /** The seed of a further run, which is not near this one. */
    Seed next() {
        return new Seed(new SplittableRandom(value).nextLong());
    }
}
