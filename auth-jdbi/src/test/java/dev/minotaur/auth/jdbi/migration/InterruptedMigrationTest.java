package dev.minotaur.auth.jdbi.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.jdbi.support.H2Database;
import dev.minotaur.auth.jdbi.support.PostgresDatabase;
import dev.minotaur.auth.jdbi.support.PostgresServer;
import dev.minotaur.auth.jdbi.support.SchemaDump;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.PGConnection;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class InterruptedMigrationTest {

    private static final String BLOCKED = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND wait_event_type = 'Lock' AND query LIKE '%s%%'";

    @Test
    void processKilledWithinAChangesetLeavesNothingThatTheNextOneWouldNotFinish() throws Exception {
        try (PostgresDatabase database = PostgresServer.newest().empty();
                Connection blocker = database.owner().getConnection();
                Statement statement = blocker.createStatement()) {
            blocker.setAutoCommit(false);
            statement.execute("CREATE TABLE auth.auth_attempts (id int)");
            killWhenBlocked(database, "CREATE TABLE auth_attempts");
            blocker.rollback();

            assertThat(TestDatabase.ask(database.admin(), "SELECT locked FROM auth.auth_changelog_lock"))
                    .isEqualTo("t");
            migrate(database.owner(), "auth");

            assertThat(TestDatabase.ask(database.admin(), "SELECT version FROM auth.auth_schema_version"))
                    .isEqualTo("2");
            assertThat(TestDatabase.ask(database.admin(), "SELECT locked FROM auth.auth_changelog_lock"))
                    .isEqualTo("f");
        }
    }

    @Test
    void processKilledWithinAnUpgradeLeavesTheTablesAsTheyWere() throws Exception {
        try (PostgresDatabase database = PostgresServer.newest().empty();
                Connection blocker = database.owner().getConnection();
                Statement statement = blocker.createStatement()) {
            migrate(database.owner(), "auth");
            List<String> expected = SchemaDump.of(database.admin(), "auth");
            database.administer("DROP INDEX auth.ix_auth_users_closed; UPDATE auth.auth_schema_version SET version = 1;"
                    + " DELETE FROM auth.auth_changelog WHERE id = '2'");
            List<String> before = SchemaDump.of(database.admin(), "auth");
            blocker.setAutoCommit(false);
            statement.execute("LOCK TABLE auth.auth_users IN ROW EXCLUSIVE MODE");
            killWhenBlocked(database, "CREATE INDEX ix_auth_users_closed");
            blocker.rollback();

            assertThat(TestDatabase.ask(database.admin(), "SELECT version FROM auth.auth_schema_version"))
                    .isEqualTo("1");
            assertThat(SchemaDump.of(database.admin(), "auth")).isEqualTo(before);
            migrate(database.owner(), "auth");

            assertThat(TestDatabase.ask(database.admin(), "SELECT version FROM auth.auth_schema_version"))
                    .isEqualTo("2");
            assertThat(SchemaDump.of(database.admin(), "auth")).isEqualTo(expected);
        }
    }

    private static void killWhenBlocked(PostgresDatabase database, String statement) throws Exception {
        MigratingProcess process = MigratingProcess.start(database.owner());
        process.awaitReady();
        process.go();
        while (TestDatabase.ask(database.admin(), BLOCKED.formatted(statement)).equals("0")) {
            TestDatabase.ask(database.admin(), "SELECT pg_sleep(0.02)");
        }
        process.kill();
    }

    @Test
    @Tag("liquibase")
    void deathBeforeAnyCommitOnPostgresqlIsMadeGoodByTheNextRun() {
        try (PostgresDatabase database = PostgresServer.newest().empty()) {
            migrate(database.owner(), "auth");
            List<String> expected = SchemaDump.of(database.admin(), "auth");
            boolean died = true;
            int points = 0;
            while (died) {
                points++;
                String schema = "s" + points;
                database.administer("CREATE SCHEMA " + schema + " AUTHORIZATION " + database.ownerRole());
                died = dies(
                        new DyingConnections(database.owner(), points, connection -> {
                            int backend = connection.unwrap(PGConnection.class).getBackendPID();
                            TestDatabase.ask(database.admin(), "SELECT pg_terminate_backend(" + backend + ", 10000)");
                        }),
                        schema);
                migrate(database.owner(), schema);
                assertThat(SchemaDump.of(database.admin(), schema).stream()
                                .map(line -> line.replace(schema + ".", "auth.")))
                        .as("after a death before step %d", points)
                        .containsExactlyElementsOf(expected);
            }
            assertThat(points).isGreaterThan(10);
        }
    }

    @Test
    @Tag("liquibase")
    void deathBeforeAnyStepOnH2IsMadeGoodByTheNextRun() {
        List<String> expected;
        try (H2Database database = H2Database.emptyInFile()) {
            migrate(database.owner(), "auth");
            expected = SchemaDump.of(database.admin(), "auth");
        }
        boolean died = true;
        int points = 0;
        while (died) {
            points++;
            try (H2Database database = H2Database.emptyInFile()) {
                died = dies(
                        new DyingConnections(
                                database.owner(),
                                points,
                                connection -> database.administer("CHECKPOINT SYNC; SHUTDOWN IMMEDIATELY")),
                        "auth");
                migrate(database.owner(), "auth");
                assertThat(SchemaDump.of(database.admin(), "auth"))
                        .as("after a death before step %d", points)
                        .isEqualTo(expected);
            }
        }
        assertThat(points).isGreaterThan(10);
    }

    private static boolean dies(DyingConnections connections, String schema) {
        try {
            migrate(connections.dataSource(), schema);
            return false;
        } catch (DyingConnections.Died e) {
            return true;
        }
    }

    private static void migrate(DataSource dataSource, String schema) {
        SchemaMigrator.builder(dataSource)
                .schema(schema)
                .withForeignKeyToUsers()
                .build()
                .migrate();
    }
}
