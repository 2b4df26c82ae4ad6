package dev.minotaur.auth.testkit;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What a run of a class says about one rule.
 *
 * @param id the number of the rule
 * @param outcome how it ended, as JUnit sees it
 * @param took how long it took
 * @param seed the seed, if anything was random
 * @param text what to read about it; empty if it passed
 */
record RuleResult(String id, Outcome outcome, Duration took, OptionalLong seed, String text) {

    /** How a rule ended. */
    enum Outcome {
        PASSED("passed"),
        FAILED("failed"),
        DEVIATING("deviating"),
        NOT_RUN("notRun");

        private final String key;

        Outcome(String key) {
            this.key = key;
        }

        /** Its name on the console. */
        String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }

        /** Its name in the report file. */
        String key() {
            return key;
        }
    }

    static RuleResult notRun(String id, String reason) {
        return new RuleResult(id, Outcome.NOT_RUN, Duration.ZERO, OptionalLong.empty(), reason);
    }

    String firstLine() {
        return text.lines().findFirst().orElse("");
    }
}
