package dev.minotaur.auth.benchmarks;

import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs all benchmarks and ends with their ratios to the floor. */
public final class Benchmarks {

    private Benchmarks() {}

    /**
     * Runs them.
     *
     * @param arguments none
     * @throws RunnerException if JMH cannot run
     */
    public static void main(String[] arguments) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(SessionCheckBenchmark.class.getSimpleName())
                        .build())
                .run();
        double floor = results.stream()
                .filter(result -> result.getPrimaryResult().getLabel().equals("plainJdbc"))
                .mapToDouble(result -> result.getPrimaryResult().getScore())
                .findFirst()
                .orElseThrow();
        for (RunResult result : results) {
            double score = result.getPrimaryResult().getScore();
            System.out.printf(
                    Locale.ROOT,
                    "%-10s %7.1f us  %.2f of plain JDBC%n",
                    result.getPrimaryResult().getLabel(),
                    score,
                    score / floor);
        }
    }
}
