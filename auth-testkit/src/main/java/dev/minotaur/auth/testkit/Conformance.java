package dev.minotaur.auth.testkit;

import dev.minotaur.auth.testkit.RuleResult.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What a run of the rules on one store has shown so far; threads may add to it. */
final class Conformance {

    private final Class<?> testClass;
    private final String store;
    private final Deviations deviations;
    private final long seed = Seed.chosen();
    private final long start = System.nanoTime();
    private final AtomicReference<@Nullable Backing> backing = new AtomicReference<>();
    private final Map<String, Verdict> verdicts = new ConcurrentHashMap<>();
    private final Map<String, RuleResult> results = new ConcurrentHashMap<>();

    Conformance(Class<?> testClass, String store) {
        this.testClass = testClass;
        this.store = store;
        this.deviations = new Deviations(testClass);
    }

    /** Runs a rule and keeps the verdict. */
    Verdict decide(Rule rule, ContractBase contract, RuleTrial.Body first, RuleTrial.Body again) {
        long begun = System.nanoTime();
        Verdict verdict;
        try {
            Optional<String> reason = deviations.reason(rule);
            verdict = new RuleTrial(rule, contract, reason, first, again).run(new Seed(seed), this::opened);
        } catch (IllegalStateException wrongDeclaration) {
            verdict = Verdict.failed(wrongDeclaration);
        }
        verdict = verdict.after(since(begun));
        verdicts.put(rule.id(), verdict);
        return verdict;
    }

    /** Takes notice of the first fixture that was opened: each is like it. */
    private void opened(StoreFixture fixture) {
        if (backing.get() == null) {
            backing.compareAndSet(null, Backing.of(fixture));
        }
    }

    /** The verdict on a rule; empty if it did not get as far. */
    Optional<Verdict> verdict(Rule rule) {
        return Optional.ofNullable(verdicts.get(rule.id()));
    }

    /** Notes how JUnit says that the test of a rule has ended: an author's own code around it has a say in that. */
    void passed(Rule rule) {
        add(rule, Outcome.PASSED, "");
    }

    void failed(Rule rule, Throwable thrown) {
        add(rule, Outcome.FAILED, text(rule, thrown));
    }

    void aborted(Rule rule, Throwable thrown) {
        boolean declared = verdict(rule).flatMap(Verdict::reason).isPresent();
        add(rule, declared ? Outcome.DEVIATING : Outcome.NOT_RUN, text(rule, thrown));
    }

    void disabled(Rule rule, Optional<String> reason) {
        add(rule, Outcome.NOT_RUN, reason.orElse("disabled"));
    }

    private String text(Rule rule, Throwable thrown) {
        boolean ours =
                verdict(rule).filter(verdict -> verdict.hasThrown(thrown)).isPresent();
        return ours ? String.valueOf(thrown.getMessage()) : RuleReport.shown(thrown);
    }

    private void add(Rule rule, Outcome outcome, String text) {
        Verdict verdict = verdict(rule).orElse(Verdict.NONE);
        results.put(rule.id(), new RuleResult(rule.id(), outcome, verdict.took(), verdict.seed(), text));
    }

    /**
     * What the run has shown.
     *
     * @param thrown what ended the class, if something did
     */
    ConformanceReport report(@Nullable Throwable thrown) {
        String notRun = thrown == null ? "not selected" : RuleReport.shown(thrown);
        List<RuleResult> all = Rules.of(testClass).stream()
                .map(Rule::id)
                .map(id -> results.getOrDefault(id, RuleResult.notRun(id, notRun)))
                .toList();
        boolean random = all.stream().anyMatch(result -> result.seed().isPresent());
        return new ConformanceReport(
                store,
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                since(start),
                random ? OptionalLong.of(seed) : OptionalLong.empty(),
                Optional.ofNullable(backing.get()),
                all);
    }

    private static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }
}
