package dev.minotaur.auth.jdbi.mutation;

import dev.minotaur.auth.jdbi.mutation.Result.Outcome;
import java.util.List;
import java.util.StringJoiner;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The numbers of a run, as the tables of the page. */
final class Report {

    private final List<Result> results;

    Report(List<Result> results) {
        this.results = results;
    }

    /** The numbers of one database by operator. */
    String table(String database) {
        StringJoiner table = new StringJoiner("\n");
        table.add("| Change | Mutants | Not viable | Killed by the contract | Killed by own tests | Survived |");
        table.add("| --- | --- | --- | --- | --- | --- |");
        for (Mutant.Operator operator : Mutant.Operator.values()) {
            table.add(row(operator.shown(), result -> on(database, result) && result.operator() == operator));
        }
        return table.add(row("all", result -> on(database, result))).toString();
    }

    /** What survived. */
    Stream<Result> survivors() {
        return results.stream().filter(result -> result.outcome() == Outcome.SURVIVED);
    }

    private static boolean on(String database, Result result) {
        return result.database().equals(database);
    }

    private String row(String first, Predicate<Result> which) {
        StringJoiner row = new StringJoiner(" | ", "| ", " |");
        row.add(first).add(count(which));
        for (Outcome outcome :
                List.of(Outcome.NOT_VIABLE, Outcome.KILLED, Outcome.KILLED_BY_OWN_TEST, Outcome.SURVIVED)) {
            row.add(count(which.and(result -> result.outcome() == outcome)));
        }
        return row.toString();
    }

    private String count(Predicate<Result> which) {
        return Long.toString(results.stream().filter(which).count());
    }
}
