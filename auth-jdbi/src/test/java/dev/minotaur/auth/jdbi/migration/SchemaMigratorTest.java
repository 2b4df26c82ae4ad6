package dev.minotaur.auth.jdbi.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.jdbi.SchemaSql;
import dev.minotaur.auth.jdbi.support.Backend;
import dev.minotaur.auth.jdbi.support.CountingDataSource;
import dev.minotaur.auth.jdbi.support.H2Database;
import dev.minotaur.auth.jdbi.support.SchemaDump;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("liquibase")
final class SchemaMigratorTest {

    private static final String CHANGELOG_TABLES =
            "SELECT count(*) FROM information_schema.tables WHERE lower(table_name) = 'auth_changelog'";

    private static final String ONE_USER_AND_THREE_TOKENS =
            """
            INSERT INTO auth.auth_users (id, version, email, email_canonical, status, stamp, created_at, updated_at)
              VALUES ('00000000-0000-4000-8000-000000000001', 1, 'a@b.example', 'a@b.example', 'active',
                '00000000-0000-4000-8000-00000000000a', TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00+00',
                TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00+00');
            INSERT INTO auth.auth_tokens (id, user_id, purpose, digest, issued_at, expires_at, last_used_at)
              SELECT id, user_id, purpose, digest, t, t, t FROM (
                SELECT CAST(id AS uuid) AS id, CAST(user_id AS uuid) AS user_id, purpose,
                  CAST('01234567890123456789012345678901' AS %s) AS digest,
                  TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00+00' AS t
                FROM (VALUES
                  ('00000000-0000-7000-8000-000000000001', '00000000-0000-4000-8000-000000000001', 'session'),
                  ('00000000-0000-7000-8000-000000000002', '00000000-0000-4000-8000-000000000002', 'session'),
                  ('00000000-0000-7000-8000-000000000003', '00000000-0000-4000-8000-000000000003', 'sign-up'))
                AS given (id, user_id, purpose)) AS typed;
            """;

    @ParameterizedTest
    @EnumSource
    void secondRunFindsNothingToDo(Backend backend) {
        try (TestDatabase database = backend.empty()) {
            migrator(database).withForeignKeyToUsers().build().migrate();
            List<String> before = SchemaDump.of(database.admin(), "auth");
            CountingDataSource counting = CountingDataSource.over(database.owner());

            SchemaMigrator.builder(counting.dataSource())
                    .schema("auth")
                    .withForeignKeyToUsers()
                    .build()
                    .migrate();

            assertThat(counting.statements()).hasSizeLessThan(12).noneMatch(sql -> sql.contains("auth_changelog "));
            assertThat(SchemaDump.of(database.admin(), "auth")).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void foreignKeyIsAddedToTablesInUse(Backend backend) {
        try (TestDatabase database = backend.empty()) {
            migrator(database).grantTo(database.runtimeRole()).build().migrate();
            String type = backend.isPostgresql() ? "bytea" : "varbinary(32)";
            database.administer(ONE_USER_AND_THREE_TOKENS.formatted(type));

            migrator(database).withForeignKeyToUsers().build().migrate();

            assertThat(tokens(database)).isEqualTo("1 3");
            TestDatabase.execute(database.runtime(), "DELETE FROM auth.auth_users");
            assertThat(tokens(database)).isEqualTo("3");

            migrator(database).build().migrate();
            assertThat(SchemaDump.of(database.admin(), "auth")).anyMatch(line -> line.contains("fk_auth_tokens_user"));
        }
    }

    private static String tokens(TestDatabase database) {
        String ids = "listagg(right(CAST(id AS varchar), 1), ' ') WITHIN GROUP (ORDER BY id)";
        String postgresql = "string_agg(right(CAST(id AS varchar), 1), ' ' ORDER BY id)";
        boolean h2 = database instanceof H2Database;
        return TestDatabase.ask(database.admin(), "SELECT " + (h2 ? ids : postgresql) + " FROM auth.auth_tokens");
    }

    @ParameterizedTest
    @EnumSource
    void connectionsComeBackAsTheyWere(Backend backend) throws SQLException {
        try (TestDatabase database = backend.empty()) {
            database.administer("CREATE SCHEMA elsewhere");
            List<String> prepare = backend.isPostgresql()
                    ? List.of("SET search_path TO elsewhere, \"$user\"", "SET lock_timeout = 4711")
                    : List.of("SET SCHEMA elsewhere", "SET LOCK_TIMEOUT 4711");
            List<String> questions = backend.isPostgresql()
                    ? List.of("SHOW search_path", "SHOW lock_timeout", "SHOW statement_timeout")
                    : List.of("CALL CURRENT_SCHEMA", "CALL LOCK_TIMEOUT()");
            try (HeldConnections held = new HeldConnections(database.owner(), connection -> {
                for (String sql : prepare) {
                    execute(connection, sql);
                }
                connection.setAutoCommit(false);
            })) {
                List<String> expected;
                try (Connection untouched = database.owner().getConnection()) {
                    for (String sql : prepare) {
                        execute(untouched, sql);
                    }
                    expected = answers(untouched, questions);
                }
                SchemaMigrator.builder(held.dataSource())
                        .schema("auth")
                        .withForeignKeyToUsers()
                        .grantTo(database.runtimeRole())
                        .build()
                        .migrate();

                assertThat(held.handedOut()).hasSize(backend.isPostgresql() ? 1 : 2);
                for (Connection connection : held.handedOut()) {
                    assertThat(connection.getAutoCommit()).isFalse();
                    assertThat(answers(connection, questions)).isEqualTo(expected);
                }
                if (backend.isPostgresql()) {
                    String locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'";
                    assertThat(TestDatabase.ask(database.admin(), locks)).isEqualTo("0");
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void namesOfTheChangelogTablesAreTheCallersToChoose(Backend backend) {
        try (TestDatabase database = backend.empty()) {
            migrator(database)
                    .changelogTables("my_log", "my_lock")
                    .withForeignKeyToUsers()
                    .build()
                    .migrate();

            assertThat(TestDatabase.ask(database.admin(), "SELECT count(*) FROM auth.my_log"))
                    .isEqualTo("3");
            assertThat(SchemaDump.of(database.admin(), "auth")).noneMatch(line -> line.contains("changelog"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoSchemasOfADatabaseAreMigratedEachForItself(Backend backend) {
        try (TestDatabase database = backend.empty()) {
            database.administer("CREATE SCHEMA other");
            migrator(database).build().migrate();
            SchemaMigrator.builder(database.admin()).schema("other").build().migrate();

            List<String> second = SchemaDump.of(database.admin(), "other").stream()
                    .map(line -> line.replace("other.", "auth."))
                    .toList();
            assertThat(second).isEqualTo(SchemaDump.of(database.admin(), "auth"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void newerDatabaseIsLeftAsItIs(Backend backend) {
        try (TestDatabase database = backend.empty()) {
            migrator(database).build().migrate();
            database.administer("UPDATE auth.auth_schema_version SET version = 999");
            List<String> before = SchemaDump.of(database.admin(), "auth");

            migrator(database).withForeignKeyToUsers().build().migrate();

            assertThat(SchemaDump.of(database.admin(), "auth")).isEqualTo(before);
            assertThat(TestDatabase.ask(database.admin(), "SELECT version FROM auth.auth_schema_version"))
                    .isEqualTo("999");
        }
    }

    @ParameterizedTest
    @EnumSource
    void databaseMadeBySqlIsTakenAsItIs(Backend backend) {
        try (TestDatabase database = backend.empty()) {
            SchemaSql sql = backend.isPostgresql() ? SchemaSql.postgresql("auth") : SchemaSql.h2("auth");
            TestDatabase.executeInTransaction(database.owner(), sql.install());
            migrator(database).grantTo(database.runtimeRole()).build().migrate();
            assertThat(TestDatabase.ask(database.admin(), CHANGELOG_TABLES)).isEqualTo("0");
            TestDatabase.execute(database.runtime(), "DELETE FROM auth.auth_users");

            migrator(database).withForeignKeyToUsers().build().migrate();
            assertThat(SchemaDump.of(database.admin(), "auth")).anyMatch(line -> line.contains("fk_auth_tokens_user"));
            assertThat(TestDatabase.ask(database.admin(), CHANGELOG_TABLES)).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"MODE=PostgreSQL", "MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE"})
    void modeAndLowerCaseNamesOfH2DoNotMatter(String settings) {
        try (H2Database database = H2Database.emptyInMemory(settings)) {
            for (int run = 0; run < 2; run++) {
                SchemaMigrator.builder(database.admin())
                        .schema("auth")
                        .withForeignKeyToUsers()
                        .grantTo(database.runtimeRole())
                        .build()
                        .migrate();
            }
            assertThat(SchemaDump.of(database.admin(), "auth")).anyMatch(line -> line.contains("fk_auth_tokens_user"));
        }
    }

    @Test
    void threadKeepsItsClassLoader() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        thread.setContextClassLoader(platform);
        try (H2Database database = H2Database.emptyInMemory()) {
            migrator(database).build().migrate();
            assertThat(thread.getContextClassLoader()).isSameAs(platform);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static SchemaMigrator.Builder migrator(TestDatabase database) {
        return SchemaMigrator.builder(database.owner()).schema("auth");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> answers(Connection connection, List<String> questions) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            List<String> answers = new ArrayList<>();
            for (String question : questions) {
                try (ResultSet rows = statement.executeQuery(question)) {
                    rows.next();
                    answers.add(rows.getString(1));
                }
            }
            return answers;
        }
    }
}
