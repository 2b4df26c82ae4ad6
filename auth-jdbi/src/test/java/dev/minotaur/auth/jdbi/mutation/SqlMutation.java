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

/**
 * Changes each statement of the stores in each way there is, one at a time, and looks whether the contract objects. Without
 * an argument all mutants run; with the argument {@code survivors} those that survived the last time, for a longer look.
 */
public final class SqlMutation {

    private static final Path FILE = Path.of("target", "sql-mutation.tsv");

    private SqlMutation() {}

    /** Runs the mutants on PostgreSQL and on H2. */
    public static void main(String[] args) throws IOException, SQLException {
        List<Result> before = args.length > 0 && args[0].equals("survivors") ? read() : List.of();
        List<Result> results = new ArrayList<>();
        for (String name :
                System.getProperty("mutation.databases", "PostgreSQL,H2").split(",", -1)) {
            results.addAll(on(name, before));
        }
        List<String> lines = new ArrayList<>();
        lines.add(Result.HEADER);
        results.forEach(result -> lines.add(result.toLine()));
        Files.write(FILE, lines);
        System.exit(0);
    }

    private static List<Result> on(String name, List<Result> before) throws SQLException {
        List<Result> results = new ArrayList<>();
        try (MutationRun run = new MutationRun(name, database(name))) {
            List<Mutant> mutants = run.mutants();
            System.out.println(name + ": " + mutants.size() + " mutants");
            for (Mutant mutant : mutants) {
                Result known = before.stream()
                        .filter(result -> result.isOf(name, mutant))
                        .filter(result -> result.outcome() != Result.Outcome.SURVIVED)
                        .findFirst()
                        .orElse(null);
                Result result = known == null ? run.run(mutant) : known;
                results.add(result);
                if (known == null && (result.outcome() != Result.Outcome.KILLED || !before.isEmpty())) {
                    System.out.println(result.toLine());
                }
            }
        }
        return results;
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
