package dev.minotaur.auth.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs all benchmarks, or the classes that are named, and ends each with its ratios to the floor. */
public final class Benchmarks {

    private static final Map<String, String> FLOORS = Map.of(
            SessionCheckBenchmark.class.getSimpleName(),
            "plainJdbc",
            PasswordCheckBenchmark.class.getSimpleName(),
            "hashSet",
            HostileHashBenchmark.class.getSimpleName(),
            "unknownAccount");

    private Benchmarks() {}

    /**
     * Runs them.
     *
     * @param arguments the simple names of the classes to run; none for all
     * @throws RunnerException if JMH cannot run
     */
    public static void main(String[] arguments) throws RunnerException {
        Collection<String> names =
                arguments.length == 0 ? FLOORS.keySet().stream().sorted().toList() : List.of(arguments);
        for (String name : names) {
            run(name, FLOORS.get(name));
        }
    }

    private static void run(String name, String floor) throws RunnerException {
        Collection<RunResult> results =
                new Runner(new OptionsBuilder().include(name).build()).run();
        double lowest = results.stream()
                .filter(result -> result.getPrimaryResult().getLabel().equals(floor))
                .mapToDouble(result -> result.getPrimaryResult().getScore())
                .findFirst()
                .orElseThrow();
        for (RunResult result : results) {
            double score = result.getPrimaryResult().getScore();
            System.out.printf(
                    Locale.ROOT,
                    "%-14s %10.3f us  %.3g of %s%n",
                    result.getPrimaryResult().getLabel(),
                    score,
                    score / lowest,
                    floor);
        }
    }
}
