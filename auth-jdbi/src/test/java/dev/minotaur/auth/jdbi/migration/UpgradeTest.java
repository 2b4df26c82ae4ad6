package dev.minotaur.auth.jdbi.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.jdbi.SchemaSql;
import dev.minotaur.auth.jdbi.support.Backend;
import dev.minotaur.auth.jdbi.support.RowDump;
import dev.minotaur.auth.jdbi.support.SchemaDump;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables of version 1 that are in use become those of the current version, and keep their rows. */
@Tag("liquibase")
final class UpgradeTest {

    private static final String ROWS =
            """
            INSERT INTO auth.auth_users (id, version, email, email_canonical, status, stamp, created_at, updated_at)
              SELECT CAST(id AS uuid), 1, email, email, status, CAST(id AS uuid), t, t FROM (
                SELECT id, email, status, TIMESTAMP WITH TIME ZONE '2026-01-01 00:00:00.123457+00' AS t
                FROM (VALUES
                  ('00000000-0000-4000-8000-000000000001', 'a@b.example', 'ACTIVE'),
                  ('00000000-0000-4000-8000-000000000002', 'c@d.example', 'CLOSED'))
                AS given (id, email, status)) AS typed;
            INSERT INTO auth.auth_tokens (id, user_id, purpose, digest, issued_at, expires_at, last_used_at)
              SELECT id, id, 'session', CAST('01234567890123456789012345678901' AS %s), updated_at, updated_at, updated_at
              FROM auth.auth_users;
            INSERT INTO auth.auth_attempts (attempt_key, attempt_count, last_at)
              SELECT digest, 3, issued_at FROM auth.auth_tokens FETCH FIRST ROW ONLY;
            """;

    @ParameterizedTest
    @EnumSource
    void tablesMadeBySqlAreUpgradedByTheMigrator(Backend backend) {
        try (TestDatabase database = backend.empty()) {
            installVersion1(backend, database);
            expectUpgraded(backend, database, () -> migrator(database).build().migrate());
        }
    }

    @ParameterizedTest
    @EnumSource
    void tablesMadeBySqlAreUpgradedBySql(Backend backend) {
        try (TestDatabase database = backend.empty()) {
            installVersion1(backend, database);
            SchemaSql sql = backend.isPostgresql() ? SchemaSql.postgresql("auth") : SchemaSql.h2("auth");
            expectUpgraded(
                    backend, database, () -> TestDatabase.executeInTransaction(database.owner(), sql.upgradeFrom(1)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void tablesMadeByTheMigratorAreUpgradedByIt(Backend backend) {
        try (TestDatabase database = backend.empty()) {
            migrator(database).withForeignKeyToUsers().build().migrate();
            takeBackToVersion1(database);
            expectUpgraded(backend, database, () -> migrator(database).build().migrate());
            assertThat(TestDatabase.ask(database.admin(), "SELECT count(*) FROM auth.auth_changelog"))
                    .isEqualTo("3");
        }
    }

    private static void expectUpgraded(Backend backend, TestDatabase database, Runnable upgrade) {
        database.administer(ROWS.formatted(backend.isPostgresql() ? "bytea" : "varbinary(32)"));
        List<String> rows = rows(database);
        assertThat(rows).hasSize(5);
        assertThat(version(database)).isEqualTo("1");

        upgrade.run();

        assertThat(version(database)).isEqualTo("2");
        assertThat(rows(database)).isEqualTo(rows);
        List<String> upgraded = SchemaDump.of(database.admin(), "auth");
        try (TestDatabase fresh = backend.empty()) {
            SchemaMigrator.Builder migrator = migrator(fresh);
            boolean foreignKey = upgraded.stream().anyMatch(line -> line.contains("fk_auth_tokens_user"));
            (foreignKey ? migrator.withForeignKeyToUsers() : migrator).build().migrate();
            assertThat(upgraded).isEqualTo(SchemaDump.of(fresh.admin(), "auth"));
        }
    }

    private static void installVersion1(Backend backend, TestDatabase database) {
        String script = backend.isPostgresql() ? "postgresql-1.sql" : "h2-1.sql";
        String enter = backend.isPostgresql() ? "SET search_path TO auth;" : "SET SCHEMA auth;";
        try (InputStream in = SchemaSql.class.getResourceAsStream("schema/" + script)) {
            String statements = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            TestDatabase.executeInTransaction(database.owner(), enter + statements);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void takeBackToVersion1(TestDatabase database) {
        database.administer("DROP INDEX auth.ix_auth_users_closed; UPDATE auth.auth_schema_version SET version = 1;"
                + " DELETE FROM auth.auth_changelog WHERE id = '2'");
    }

    private static SchemaMigrator.Builder migrator(TestDatabase database) {
        return SchemaMigrator.builder(database.owner()).schema("auth");
    }

    private static String version(TestDatabase database) {
        return TestDatabase.ask(database.admin(), "SELECT version FROM auth.auth_schema_version");
    }

    private static List<String> rows(TestDatabase database) {
        return RowDump.of(database.admin(), "auth")
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).matches("\"auth\".\"auth_(users|tokens|attempts)\".*"))
                .sorted()
                .toList();
    }
}
