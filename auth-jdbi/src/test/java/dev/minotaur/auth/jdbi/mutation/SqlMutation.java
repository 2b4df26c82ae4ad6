package dev.minotaur.auth.jdbi.mutation;

import dev.minotaur.auth.jdbi.support.H2Database;
import dev.minotaur.auth.jdbi.support.PostgresServer;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Changes each statement of the stores in each way there is, one at a time, and looks whether the contract objects. Without
 * an argument all mutants run. With the argument {@code survivors} those run again that survived the last time, and on what
 * survives again the module's own tests; then each survivor has to be on the page, with a reason.
 */
public final class SqlMutation {

    private static final Path FILE = Path.of("target", "sql-mutation.csv");
    private static final Path PAGE = Path.of("..", "docs", "mutation.md");

    private static final String STATEMENTS = System.getProperty("mutation.statements", "");

    private SqlMutation() {}

    /**
     * Runs the mutants on the databases that the property mutation.databases names, of all statements or of those that the
     * property mutation.statements names.
     */
    public static void main(String[] args) throws IOException, SQLException {
        boolean again = List.of(args).contains("survivors");
        List<Result> before = again ? read() : List.of();
        List<Result> results = new ArrayList<>();
        String[] databases =
                System.getProperty("mutation.databases", "PostgreSQL,H2").split(",", -1);
        for (String database : databases) {
            results.addAll(
                    on(database, again ? (run, mutant) -> again(run, mutant, before, database) : MutationRun::run));
        }
        Files.write(
                FILE,
                Stream.concat(Stream.of(Result.HEADER), results.stream().map(Result::toLine))
                        .toList());
        Report report = new Report(results);
        Stream.of(databases).forEach(database -> System.out.println(database + "\n\n" + report.table(database) + "\n"));
        System.exit(again && !areListed(report) ? 1 : 0);
    }

    private interface Step {
        Result of(MutationRun run, Mutant mutant) throws SQLException;
    }

    private static List<Result> on(String database, Step step) throws SQLException {
        List<Result> results = new ArrayList<>();
        try (MutationRun run = new MutationRun(database, database(database))) {
            for (Mutant mutant : run.mutants()) {
                if (STATEMENTS.isEmpty() || List.of(STATEMENTS.split(",", -1)).contains(mutant.statement())) {
                    results.add(step.of(run, mutant));
                }
            }
        }
        return results;
    }

    private static Result again(MutationRun run, Mutant mutant, List<Result> before, String database)
            throws SQLException {
        Result known = before.stream()
                .filter(result -> result.isOf(database, mutant))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("did not run before: " + mutant));
        return known.outcome() == Result.Outcome.SURVIVED ? run.again(mutant) : known;
    }

    private static boolean areListed(Report report) throws IOException {
        List<String> page = Files.readAllLines(PAGE);
        List<Result> unlisted = report.survivors()
                .filter(result -> page.stream().noneMatch(line -> line.startsWith(result.toRow())))
                .toList();
        unlisted.forEach(result -> System.out.println("survived, and the page does not say why: " + result.toRow()));
        return unlisted.isEmpty();
    }

    private static TestDatabase database(String name) {
        return switch (name) {
            case "PostgreSQL" -> PostgresServer.newest().migrated();
            case "H2" -> H2Database.inMemory();
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static List<Result> read() throws IOException {
        return Files.readAllLines(FILE).stream().skip(1).map(Result::ofLine).toList();
    }
}
