package dev.minotaur.auth.testkit;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs one rule on one fixture, as often as it takes, and decides. */
final class RuleTrial {

    /** How often a rule that is partly luck must pass before a declared deviation is called out of date. */
    static final int RUNS = 20;

    private final Rule rule;
    private final ContractBase contract;
    private final Optional<String> deviation;
    private final Body first;
    private final Body again;

    /** The test method, the first time as JUnit calls it, then as the kit does. */
    @FunctionalInterface
    interface Body {
        void run() throws Throwable;
    }

    RuleTrial(Rule rule, ContractBase contract, Optional<String> deviation, Body first, Body again) {
        this.rule = rule;
        this.contract = contract;
        this.deviation = deviation;
        this.first = first;
        this.again = again;
    }

    Verdict run(Seed seed, Consumer<StoreFixture> noted) {
        RuleRun run;
        try {
            run = opened(seed, noted);
        } catch (IllegalStateException notOpened) {
            return Verdict.failed(notOpened);
        }
        try {
            contract.begin(run);
        } catch (IllegalStateException twoAtOnce) {
            return Verdict.failed(with(twoAtOnce, closed(run.fixture())));
        }
        Throwable thrown = outcome(run);
        Throwable closing = closed(run.fixture());
        Throwable told = told(run, thrown);
        if (closing != null) {
            told = told == null || deviates(thrown) ? with(closing, told) : with(told, closing);
        }
        boolean declared = closing == null && deviates(thrown);
        return new Verdict(
                told, declared ? deviation : Optional.empty(), run.seed().used());
    }

    /** An aborted assumption in a fixture would pass for a skipped test: a backend that is not there is a failure. */
    private RuleRun opened(Seed seed, Consumer<StoreFixture> noted) {
        StoreFixture fixture = null;
        try {
            fixture = contract.fixture();
            noted.accept(fixture);
            return new RuleRun(fixture, seed);
        } catch (Throwable thrown) {
            throw with(
                    new IllegalStateException("the fixture could not be opened: " + RuleReport.shown(thrown), thrown),
                    fixture == null ? null : closed(fixture));
        }
    }

    private @Nullable Throwable outcome(RuleRun run) {
        try {
            until(run, first);
            for (int i = 1; i < RUNS && deviation.isPresent() && isPartlyLuck(run); i++) {
                run.reseed();
                until(run, again);
            }
            return null;
        } catch (Throwable thrown) {
            return thrown;
        } finally {
            contract.end();
        }
    }

    /** Windows on the heap are nanoseconds wide: what takes no time is tried until it has taken some. */
    private void until(RuleRun run, Body body) throws Throwable {
        long start = System.nanoTime();
        body.run();
        while (run.hasRaced() && System.nanoTime() - start < Race.LEAST.toNanos()) {
            again.run();
        }
    }

    private static boolean isPartlyLuck(RuleRun run) {
        return run.hasRaced() || (run.seed().used().isPresent() && !Seed.isGiven());
    }

    private static @Nullable Throwable closed(StoreFixture fixture) {
        try {
            fixture.close();
            return null;
        } catch (RuntimeException closing) {
            return closing;
        }
    }

    private @Nullable Throwable told(RuleRun run, @Nullable Throwable thrown) {
        Class<?> testClass = contract.getClass();
        if (thrown == null && !run.hasBeenUsed()) {
            return RuleReport.notRun(rule, testClass);
        }
        if (thrown == null) {
            return deviation
                    .map(reason -> RuleReport.outOfDate(rule, testClass, reason))
                    .orElse(null);
        }
        AssertionError report = RuleReport.of(rule, testClass, run.done(), FixtureFailure.unwrapped(thrown));
        return deviates(thrown) ? RuleReport.deviating(rule, deviation.orElseThrow(), report) : report;
    }

    /** A fixture that fails and an Error of the JVM, a class that is missing for example, are nobody's deviation. */
    private boolean deviates(@Nullable Throwable thrown) {
        return deviation.isPresent()
                && (thrown instanceof AssertionError
                        || (thrown instanceof Exception && !(thrown instanceof FixtureFailure)));
    }

    private static <T extends Throwable> T with(T thrown, @Nullable Throwable suppressed) {
        if (suppressed != null) {
            thrown.addSuppressed(suppressed);
        }
        return thrown;
    }
}
