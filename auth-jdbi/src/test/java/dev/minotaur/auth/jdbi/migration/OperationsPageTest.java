package dev.minotaur.auth.jdbi.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minotaur.auth.jdbi.SchemaSql;
import dev.minotaur.auth.jdbi.support.H2Database;
import dev.minotaur.auth.jdbi.support.PostgresDatabase;
import dev.minotaur.auth.jdbi.support.PostgresServer;
import dev.minotaur.auth.jdbi.support.SchemaDump;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What docs/operations.md tells to run is run here. */
final class OperationsPageTest {

    private static final Path PAGE = Path.of("..", "docs", "operations.md");
    private static final Path SOURCE =
            Path.of("src/test/java", OperationsPageTest.class.getName().replace('.', '/') + ".java");

    private final String suffix = UUID.randomUUID().toString().substring(0, 8);

    @Test
    void rolesOfThePageMigrateAndUseTheTables() throws IOException {
        List<String> sql = blocks("sql");
        try (PostgresDatabase database = PostgresServer.newest().empty()) {
            database.administer("DROP SCHEMA auth");
            database.administer(sql.get(0));
            DataSource ownersDataSource = as(database, "auth_owner_" + suffix, "change me");
            DataSource app = as(database, "auth_app_" + suffix, "change me too");

            SchemaMigrator.builder(ownersDataSource).schema("auth").build().migrate();
            assertThatThrownBy(() -> TestDatabase.execute(app, "DELETE FROM auth.auth_users"))
                    .hasMessageContaining("cannot run");

            TestDatabase.execute(ownersDataSource, sql.get(2));
            TestDatabase.execute(app, "DELETE FROM auth.auth_users");
            assertThat(sql.get(2))
                    .isEqualTo(SchemaSql.postgresql("auth")
                            .grantTo("auth_app_" + suffix)
                            .replace("\"", ""));
            assertThat(sql).hasSize(3);
            dropRoles(database);
        }
    }

    @Test
    void roleThatMayCreateInTheSchemaMigratesIt() throws IOException {
        List<String> sql = blocks("sql");
        try (PostgresDatabase database = PostgresServer.newest().empty()) {
            database.administer(sql.get(0).replace("CREATE SCHEMA", "-- "));
            database.administer(sql.get(1));
            DataSource ownersDataSource = as(database, "auth_owner_" + suffix, "change me");
            SchemaMigrator.builder(ownersDataSource).schema("auth").build().migrate();
            assertThat(SchemaDump.of(database.admin(), "auth")).isNotEmpty();
            dropRoles(database);
        }
    }

    @Test
    void javaOfThePageIsThatOfThisTest() throws IOException {
        String source = Files.readString(SOURCE);
        for (String block : blocks("java")) {
            assertThat(block.lines()).allSatisfy(line -> assertThat(source).contains(line.strip()));
        }
        try (H2Database database = H2Database.emptyInMemory()) {
            database.administer("CREATE ROLE \"auth_app\"");
            DataSource ownersDataSource = database.owner();
            SchemaMigrator.builder(ownersDataSource)
                    .schema("auth")
                    .grantTo("auth_app")
                    .build()
                    .migrate();
            SchemaSql sql = SchemaSql.postgresql("auth");
            sql.install();
            sql.grantTo("auth_app");
            sql.upgradeFrom(1);
        }
    }

    @Test
    void scriptsInTheJarRunAsTheyAreInTheSchemaThatIsSet() throws IOException {
        try (PostgresDatabase byScript = PostgresServer.newest().empty();
                PostgresDatabase byMigrator = PostgresServer.newest().migrated()) {
            for (int version = 1; version <= SchemaSql.VERSION; version++) {
                String script = "dev/minotaur/auth/jdbi/schema/postgresql-" + version + ".sql";
                assertThat(Files.readString(PAGE)).contains("SET search_path TO auth;", script);
                try (InputStream in = SchemaSql.class.getResourceAsStream("/" + script)) {
                    String statements = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    TestDatabase.executeInTransaction(byScript.owner(), "SET search_path TO auth;" + statements);
                }
            }
            assertThat(SchemaDump.of(byScript.admin(), "auth")).isEqualTo(SchemaDump.of(byMigrator.admin(), "auth"));
        }
    }

    private static DataSource as(PostgresDatabase database, String role, String password) {
        PGSimpleDataSource dataSource = database.owner();
        dataSource.setUser(role);
        dataSource.setPassword(password);
        return dataSource;
    }

    private void dropRoles(PostgresDatabase database) {
        for (String role : List.of("auth_owner_" + suffix, "auth_app_" + suffix)) {
            database.administer("DROP OWNED BY " + role + " CASCADE; DROP ROLE " + role);
        }
    }

    private List<String> blocks(String language) throws IOException {
        return Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(PAGE))
                .results()
                .map((MatchResult result) -> result.group(1))
                .map(text ->
                        language.equals("sql") ? text.replaceAll("\\b(auth_owner|auth_app)\\b", "$1_" + suffix) : text)
                .toList();
    }
}
