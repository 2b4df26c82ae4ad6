package dev.minotaur.auth.testkit;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How the run of a rule ended.
 *
 * @param thrown what JUnit is to see; null if the rule is kept
 * @param reason the declared reason, if the rule deviates by declaration
 * @param seed the seed, if anything was random
 * @param took how long it took
 */
record Verdict(@Nullable Throwable thrown, Optional<String> reason, OptionalLong seed, Duration took) {

    static final Verdict NONE = new Verdict(null, Optional.empty(), OptionalLong.empty());

    Verdict(@Nullable Throwable thrown, Optional<String> reason, OptionalLong seed) {
        this(thrown, reason, seed, Duration.ZERO);
    }

    static Verdict failed(Throwable thrown) {
        return new Verdict(thrown, Optional.empty(), OptionalLong.empty());
    }

    Verdict after(Duration time) {
        return new Verdict(thrown, reason, seed, time);
    }

    void tell() throws Exception {
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof Exception exception) {
            throw exception;
        }
    }

    @SuppressWarnings("ReferenceEquality") // the question is whether it is the same object
    boolean hasThrown(@Nullable Throwable seen) {
        return seen == thrown;
    }

    /** Tells it again if somebody has caught it in between, or has put something else in its place. */
    void insist(@Nullable Throwable seen) throws Exception {
        if (!hasThrown(seen)) {
            tell();
        }
    }
}
