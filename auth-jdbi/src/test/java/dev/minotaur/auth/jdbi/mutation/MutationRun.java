package dev.minotaur.auth.jdbi.mutation;

import com.zaxxer.hikari.HikariDataSource;
import dev.minotaur.auth.jdbi.JdbiAuthStores;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.testkit.StoreFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** The mutants of the statements on one database, each against the rules that send the statement. */
final class MutationRun implements AutoCloseable {

    private static final List<String> TABLES = List.of("auth_users", "auth_tokens", "auth_attempts");

    private final String name;
    private final TestDatabase database;
    private final HikariDataSource pool;
    private final Connection owner;
    private final RewritingDataSource statements;
    private final Contract contract;
    private final Map<String, List<Contract.Rule>> rulesBySql = new HashMap<>();
    private final Set<NamedStatement> soundForOwnTests = new HashSet<>();
    private List<NamedStatement> named = List.of();

    MutationRun(String name, TestDatabase database) throws SQLException {
        this.name = name;
        this.database = database;
        this.pool = database.runtimePool(16, true);
        this.owner = database.owner().getConnection();
        this.statements = new RewritingDataSource(pool);
        this.contract = new Contract(Stores::new);
    }

    /** Runs all rules on the statements as they are, the fastest first afterwards, and makes the mutants. */
    List<Mutant> mutants() throws SQLException {
        Map<Contract.Rule, Set<String>> sent = new HashMap<>();
        Map<Contract.Rule, Long> nanos = new HashMap<>();
        for (Contract.Rule rule : contract.rules()) {
            statements.takeSeen();
            long start = System.nanoTime();
            contract.objection(rule).ifPresent(objection -> {
                throw new IllegalStateException("fails without a change: " + rule.id(), objection);
            });
            nanos.put(rule, System.nanoTime() - start);
            sent.put(rule, statements.takeSeen());
        }
        nanos.keySet().stream().sorted(Comparator.comparing(nanos::get)).forEach(rule -> sent.get(rule)
                .forEach(sql -> rulesBySql
                        .computeIfAbsent(sql, key -> new ArrayList<>())
                        .add(rule)));
        ColumnTypes types = ColumnTypes.of(database.owner(), TestDatabase.SCHEMA);
        named = StatementNames.of(rulesBySql.keySet(), name.equals("H2") ? "H2" : "Postgres");
        return named.stream()
                .flatMap(statement -> Mutations.of(statement.name(), statement.sql(), types).stream())
                .toList();
    }

    /**
     * Asks one rule after the other until one objects. A rule that has objected to a mutant of the statement comes first. What
     * looks at the schema runs before each rule, so a few rules are asked for all.
     */
    Result run(Mutant mutant) throws SQLException {
        List<Contract.Rule> rules = rulesBySql.get(mutant.original());
        return run(mutant, mutant.statement().startsWith("schema.") ? rules.subList(0, 5) : rules);
    }

    /** Asks the rules again that may find what they have not found before, and then the module's own tests. */
    Result again(Mutant mutant) throws SQLException {
        Result result = run(
                mutant,
                rulesBySql.get(mutant.original()).stream()
                        .filter(Contract.Rule::byChance)
                        .filter(rule -> !mutant.statement().startsWith("schema."))
                        .toList());
        return result.outcome() == Result.Outcome.SURVIVED ? runOwnTests(mutant, result) : result;
    }

    private Result run(Mutant mutant, List<Contract.Rule> rules) throws SQLException {
        long start = System.nanoTime();
        TABLES.forEach(
                table -> TestDatabase.execute(database.owner(), "TRUNCATE TABLE " + TestDatabase.SCHEMA + "." + table));
        statements.send(mutant);
        int asked = 0;
        Contract.Rule killer = null;
        for (Contract.Rule rule : List.copyOf(rules)) {
            asked++;
            empty();
            if (contract.objection(rule).isPresent()) {
                killer = rule;
                break;
            }
        }
        Optional<SQLException> refusal = statements.refusal();
        statements.send(null);
        if (killer != null) {
            rulesBySql.get(mutant.original()).remove(killer);
            rulesBySql.get(mutant.original()).add(0, killer);
        }
        Result.Outcome outcome = refusal.isPresent()
                ? Result.Outcome.NOT_VIABLE
                : killer == null ? Result.Outcome.SURVIVED : Result.Outcome.KILLED;
        String by = refusal.map(SQLException::getMessage).orElse(killer == null ? "" : killer.id());
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        return new Result(name, mutant.statement(), mutant.operator(), mutant.change(), outcome, by, asked, millis);
    }

    /** What another rule left could answer for a row that the mutant does not see. */
    private void empty() throws SQLException {
        try (Statement statement = owner.createStatement()) {
            for (String table : TABLES) {
                statement.execute("TRUNCATE TABLE " + TestDatabase.SCHEMA + "." + table);
            }
        }
    }

    private Result runOwnTests(Mutant mutant, Result survived) {
        long start = System.nanoTime();
        NamedStatement statement = named.stream()
                .filter(one -> one.name().equals(mutant.statement()))
                .findFirst()
                .orElseThrow();
        if (soundForOwnTests.add(statement)) {
            OwnTests.requireNone(name, statement);
        }
        Optional<String> objection = OwnTests.objection(name, statement, mutant);
        return new Result(
                name,
                mutant.statement(),
                mutant.operator(),
                mutant.change(),
                objection.isPresent() ? Result.Outcome.KILLED_BY_OWN_TEST : Result.Outcome.SURVIVED,
                objection.orElse(""),
                survived.rules(),
                survived.millis() + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start));
    }

    @Override
    public void close() throws SQLException {
        contract.close();
        owner.close();
        pool.close();
        database.close();
    }

    /** All fixtures share one pool: with one of their own each, the pools would take longer than the rules. */
    private final class Stores implements StoreFixture {

        @Override
        public AuthStores open() {
            return JdbiAuthStores.builder(statements.dataSource())
                    .schema(TestDatabase.SCHEMA)
                    .build();
        }

        @Override
        public void restart() {
            pool.getHikariPoolMXBean().softEvictConnections();
        }

        @Override
        public void close() {}
    }
}
