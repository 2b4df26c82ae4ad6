package dev.minotaur.auth.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minotaur.auth.jdbi.support.Backend;
import dev.minotaur.auth.jdbi.support.CountingDataSource;
import dev.minotaur.auth.jdbi.support.H2Database;
import dev.minotaur.auth.jdbi.support.PostgresDatabase;
import dev.minotaur.auth.jdbi.support.PostgresServer;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SchemaCheckTest {

    private static final String MISSING =
            "schema auth: the tables are missing; run SchemaMigrator, or the SQL that SchemaSql"
                    + " gives, as the owner of the schema";

    @ParameterizedTest
    @EnumSource
    void migratedDatabaseIsAcceptedByFewReads(Backend backend) throws SQLException {
        try (TestDatabase database = backend.migrated()) {
            CountingDataSource counting = CountingDataSource.over(database.runtime());
            require(counting.dataSource());
            assertThat(counting.statements()).hasSize(backend.isPostgresql() ? 2 : 1);
            assertThat(counting.reads()).isEqualTo(counting.statements().size());
        }
    }

    @ParameterizedTest
    @EnumSource
    void emptySchemaIsRefused(Backend backend) {
        try (TestDatabase database = backend.empty()) {
            assertThatThrownBy(() -> require(database.owner()))
                    .isInstanceOf(SchemaException.class)
                    .hasMessage(MISSING);
        }
    }

    @ParameterizedTest
    @EnumSource
    void missingSchemaIsRefused(Backend backend) {
        try (TestDatabase database = backend.empty()) {
            database.administer("DROP SCHEMA auth");
            assertThatThrownBy(() -> require(database.owner()))
                    .isInstanceOf(SchemaException.class)
                    .hasMessage(MISSING);
        }
    }

    @Test
    void tableThatWasDroppedIsMissed() {
        try (TestDatabase database = PostgresServer.newest().migrated()) {
            database.administer("DROP TABLE auth.auth_attempts");
            assertThatThrownBy(() -> require(database.runtime()))
                    .isInstanceOf(SchemaException.class)
                    .hasMessage(MISSING);
        }
    }

    @ParameterizedTest
    @EnumSource
    void olderTablesAreRefused(Backend backend) {
        try (TestDatabase database = backend.migrated()) {
            database.administer("UPDATE auth.auth_schema_version SET version = 1");
            assertThatThrownBy(() -> require(database.runtime()))
                    .isInstanceOf(SchemaException.class)
                    .hasMessage(
                            "schema auth: the tables are of version 1 and this library needs version 2; run SchemaMigrator,"
                                    + " or the SQL that SchemaSql gives, as the owner of the schema");
        }
    }

    @ParameterizedTest
    @EnumSource
    void tablesOfANewerLibraryAreRefused(Backend backend) {
        try (TestDatabase database = backend.migrated()) {
            database.administer("UPDATE auth.auth_schema_version SET version = 3");
            assertThatThrownBy(() -> require(database.runtime()))
                    .isInstanceOf(SchemaException.class)
                    .hasMessage(
                            "schema auth: the tables are of version 3, which is newer than this library: it works with"
                                    + " version 2; use a newer version of the library");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "USAGE ON SCHEMA auth",
                "SELECT ON auth.auth_schema_version",
                "SELECT ON auth.auth_users",
                "INSERT ON auth.auth_tokens",
                "UPDATE ON auth.auth_attempts",
                "DELETE ON auth.auth_users",
                "DELETE ON auth.auth_attempts"
            })
    void missingPrivilegeIsToldWithTheStatementsThatHelp(String privilege) throws SQLException {
        try (PostgresDatabase database = PostgresServer.newest().migrated()) {
            database.administer("REVOKE " + privilege + " FROM " + database.runtimeRole());
            String role = '"' + database.runtimeRole() + '"';
            String grants = "GRANT USAGE ON SCHEMA auth TO " + role
                    + ";\nGRANT SELECT, INSERT, UPDATE, DELETE ON auth.auth_users, auth.auth_tokens, auth.auth_attempts TO "
                    + role + ";\nGRANT SELECT ON auth.auth_schema_version TO " + role + ";\n";
            assertThatThrownBy(() -> require(database.runtime()))
                    .isInstanceOf(SchemaException.class)
                    .hasMessage(
                            "schema auth: the role may not use the tables; run as the owner of the schema:\n" + grants);

            TestDatabase.execute(database.owner(), grants);
            require(database.runtime());
        }
    }

    @Test
    void missingPrivilegeOnH2IsToldWithTheStatementsThatHelp() throws SQLException {
        try (H2Database database = H2Database.inMemory()) {
            database.administer("REVOKE ALL ON auth.auth_schema_version FROM APP");
            String grants =
                    """
                    GRANT SELECT, INSERT, UPDATE, DELETE ON auth.auth_users, auth.auth_tokens, auth.auth_attempts TO "APP";
                    GRANT SELECT ON auth.auth_schema_version TO "APP";
                    """;
            assertThatThrownBy(() -> require(database.runtime()))
                    .isInstanceOf(SchemaException.class)
                    .hasMessage(
                            "schema auth: the role may not use the tables; run as the owner of the schema:\n" + grants);

            database.administer(grants);
            require(database.runtime());
        }
    }

    @Test
    void anotherEncodingIsRefused() {
        try (PostgresDatabase database = PostgresServer.newest().emptyInEncoding("LATIN1")) {
            TestDatabase.executeInTransaction(
                    database.owner(), SchemaSql.postgresql("auth").install());
            assertThatThrownBy(() -> require(database.owner()))
                    .isInstanceOf(SchemaException.class)
                    .hasMessage("schema auth: the encoding of the database is LATIN1 and has to be UTF8");
        }
    }

    @ParameterizedTest
    @EnumSource
    void transactionOfTheCheckIsEnded(Backend backend) throws SQLException {
        try (TestDatabase database = backend.empty();
                Connection connection = database.owner().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            assertThatThrownBy(() -> SchemaCheck.require(connection, "auth")).isInstanceOf(SchemaException.class);
            try (ResultSet rows = statement.executeQuery("SELECT 1")) {
                assertThat(rows.next()).isTrue();
            }
            assertThat(connection.getAutoCommit()).isFalse();
        }
    }

    @Test
    void anotherDatabaseIsRefusedByName() {
        DatabaseMetaData other = proxy(DatabaseMetaData.class, "Cloudscape");
        assertThatThrownBy(() -> SchemaCheck.require(proxy(Connection.class, other), "auth"))
                .isInstanceOf(SchemaException.class)
                .hasMessage("the stores work on PostgreSQL and on H2, not on Cloudscape");
    }

    private static <T> T proxy(Class<T> type, Object answer) {
        return type.cast(Proxy.newProxyInstance(
                SchemaCheckTest.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> method.getReturnType().isInstance(answer) ? answer : true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Auth", "auth; DROP TABLE auth_users", "a.b"})
    void schemaOfAnotherFormIsRefused(String schema) throws SQLException {
        try (H2Database database = H2Database.inMemory();
                Connection connection = database.runtime().getConnection()) {
            assertThatThrownBy(() -> SchemaCheck.require(connection, schema))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    private static void require(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            SchemaCheck.require(connection, "auth");
        }
    }
}
