package dev.minotaur.auth.jdbi.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minotaur.auth.jdbi.SchemaException;
import dev.minotaur.auth.jdbi.support.Backend;
import dev.minotaur.auth.jdbi.support.H2Database;
import dev.minotaur.auth.jdbi.support.PostgresDatabase;
import dev.minotaur.auth.jdbi.support.PostgresServer;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

final class RefusedMigrationTest {

    @Test
    void missingSchemaIsToldWithTheStatementThatHelps() {
        try (PostgresDatabase database = PostgresServer.newest().empty()) {
            database.administer("DROP SCHEMA auth");
            assertThatThrownBy(() -> migrate(database.owner()))
                    .isInstanceOf(SchemaException.class)
                    .hasMessage("there is no schema auth; run as an administrator:\nCREATE SCHEMA auth AUTHORIZATION "
                            + database.ownerRole() + ";");

            runWhatHelps(database, database.owner());
            migrate(database.owner());
        }
    }

    @Test
    void missingPrivilegeToCreateIsToldWithTheStatementThatHelps() {
        try (PostgresDatabase database = PostgresServer.newest().empty()) {
            assertThatThrownBy(() -> migrate(database.runtime()))
                    .isInstanceOf(SchemaException.class)
                    .hasMessage("the role may not create in schema auth; run as the owner of the schema:\n"
                            + "GRANT USAGE, CREATE ON SCHEMA auth TO " + database.runtimeRole() + ";");

            runWhatHelps(database, database.runtime());
            migrate(database.runtime());
        }
    }

    private static void runWhatHelps(TestDatabase database, DataSource refused) {
        try {
            migrate(refused);
        } catch (SchemaException e) {
            database.administer(e.getMessage().lines().skip(1).findFirst().orElseThrow());
        }
    }

    @Test
    void missingSchemaOnH2IsToldWithTheStatementThatHelps() {
        try (H2Database database = H2Database.emptyInMemory()) {
            database.administer("DROP SCHEMA auth");
            assertThatThrownBy(() -> migrate(database.owner()))
                    .isInstanceOf(SchemaException.class)
                    .hasMessage(
                            "there is no schema auth; run as an administrator:\nCREATE SCHEMA auth AUTHORIZATION \"OWNER\";");

            runWhatHelps(database, database.owner());
            migrate(database.owner());
        }
    }

    @Test
    void h2ThatTellsNamesApartByCaseIsRefused() {
        try (H2Database database = H2Database.emptyInMemory("DATABASE_TO_UPPER=FALSE")) {
            assertThatThrownBy(() -> migrate(database.admin()))
                    .isInstanceOf(SchemaException.class)
                    .hasMessage("H2 with DATABASE_TO_UPPER=FALSE needs DATABASE_TO_LOWER=TRUE too");
        }
    }

    @Test
    void roleThatMayNotCreateInTheDatabaseMayMigrateItsSchema() {
        try (PostgresDatabase database = PostgresServer.newest().empty()) {
            assertThatThrownBy(() -> TestDatabase.execute(database.owner(), "CREATE EXTENSION citext"))
                    .rootCause()
                    .hasMessageContaining("permission denied to create extension");
            assertThatThrownBy(() -> TestDatabase.execute(database.owner(), "CREATE SCHEMA another"))
                    .rootCause()
                    .hasMessageContaining("permission denied for database");

            migrate(database.owner());

            database.administer("CREATE EXTENSION citext");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SQL_ASCII", "LATIN1"})
    void databaseInAnotherEncodingIsRefused(String encoding) {
        try (PostgresDatabase database = PostgresServer.newest().emptyInEncoding(encoding)) {
            assertThatThrownBy(() -> migrate(database.owner()))
                    .isInstanceOf(SchemaException.class)
                    .hasMessage("the encoding of the database is " + encoding + " and has to be UTF8");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tableOfSomebodyElseIsNotTakenForOurs(Backend backend) {
        try (TestDatabase database = backend.empty()) {
            database.administer("CREATE TABLE auth.auth_tokens (whatever int)");
            assertThatThrownBy(() -> migrate(database.owner()))
                    .isInstanceOf(SchemaException.class)
                    .hasMessage(
                            "schema auth: there is a table auth_tokens that this library has not made; use another schema");
            assertThat(TestDatabase.ask(database.admin(), "SELECT count(*) FROM auth.auth_tokens"))
                    .isEqualTo("0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void lostVersionRowIsToldAndNotGuessed(Backend backend) {
        try (TestDatabase database = backend.empty()) {
            migrate(database.owner());
            database.administer("DELETE FROM auth.auth_schema_version");
            assertThatThrownBy(() -> migrate(database.owner()))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("says that all has run, and auth_schema_version says version 0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitingForAnotherProcessEndsInTime(Backend backend) throws SQLException {
        try (TestDatabase database = backend.empty();
                Connection other = database.owner().getConnection();
                Statement statement = other.createStatement()) {
            if (!backend.isPostgresql()) {
                statement.execute("CREATE TABLE auth.auth_changelog_lock_guard (id int PRIMARY KEY)");
            }
            other.setAutoCommit(false);
            statement.execute(
                    backend.isPostgresql()
                            ? "SELECT pg_advisory_xact_lock(" + PostgresqlTarget.LOCK_CLASS + ", " + "auth".hashCode()
                                    + ")"
                            : "INSERT INTO auth.auth_changelog_lock_guard VALUES (1)");
            SchemaMigrator migrator = SchemaMigrator.builder(database.owner())
                    .schema("auth")
                    .lockTimeout(Duration.ofMillis(50))
                    .build();
            assertThatThrownBy(migrator::migrate)
                    .isInstanceOf(SchemaException.class)
                    .hasMessage("another process has been migrating schema auth for longer than PT0.05S");
            other.rollback();
            migrator.migrate();
        }
    }

    @Test
    void failureNamesTheReasonAndNoConnection() {
        try (PostgresDatabase database = PostgresServer.newest().empty()) {
            SchemaMigrator migrator = SchemaMigrator.builder(database.owner())
                    .schema("auth")
                    .grantTo("no\"body")
                    .build();
            assertThatThrownBy(migrator::migrate)
                    .isInstanceOf(SchemaException.class)
                    .hasMessage(
                            "the schema could not be migrated (SQLSTATE 42704): ERROR: role \"no\"body\" does not exist");

            PGSimpleDataSource wrong = database.owner();
            wrong.setUser("somebody-secret");
            wrong.setPassword("password-secret");
            wrong.setDatabaseName("database-secret");
            assertThatThrownBy(() -> migrate(wrong))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageMatching(
                            "the schema could not be migrated \\(SQLSTATE (28|3D)...\\): no connection to the database")
                    .hasStackTraceContaining("org.postgresql")
                    .satisfies(e -> assertThat(stackTrace(e)).doesNotContain("secret"));
        }
    }

    private static String stackTrace(Throwable e) {
        java.io.StringWriter text = new java.io.StringWriter();
        e.printStackTrace(new java.io.PrintWriter(text));
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Auth", "a-b", "1a", "a;b", "a b", "ä", "a.b", "\"a\""})
    void namesOfAnotherFormAreRefused(String name) {
        try (H2Database database = H2Database.emptyInMemory()) {
            SchemaMigrator.Builder builder = SchemaMigrator.builder(database.owner());
            for (Runnable call : List.<Runnable>of(
                    () -> builder.schema(name),
                    () -> builder.changelogTables(name, "lock"),
                    () -> builder.changelogTables("log", name))) {
                assertThatThrownBy(call::run).isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    private static void migrate(DataSource dataSource) {
        SchemaMigrator.builder(dataSource).schema("auth").build().migrate();
    }
}
