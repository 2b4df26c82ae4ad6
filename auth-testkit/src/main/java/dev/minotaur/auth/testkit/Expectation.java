package dev.minotaur.auth.testkit;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says about one observation.
 *
 * @param subject what was observed, in words
 * @param observed the observation; null if a store answered null
 */
record Expectation<T extends @Nullable Object>(String subject, T observed) {

    void is(T expected) {
        if (!Objects.equals(observed, expected)) {
            Difference difference = Difference.between(expected, observed);
            throw new Unmet(subject, difference.expected(), difference.observed());
        }
    }

    @SafeVarargs
    @SuppressWarnings("varargs") // the array is only read
    final void isOneOf(T... allowed) {
        if (!Arrays.asList(allowed).contains(observed)) {
            String list = Arrays.stream(allowed).map(Shown::of).collect(Collectors.joining(" or "));
            throw new Unmet(subject, list, Shown.of(observed));
        }
    }

    void isTrueOf(String condition, boolean met) {
        if (!met) {
            throw new Unmet(subject, condition, Shown.of(observed));
        }
    }
}
