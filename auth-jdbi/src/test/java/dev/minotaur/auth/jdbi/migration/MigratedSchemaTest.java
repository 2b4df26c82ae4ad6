package dev.minotaur.auth.jdbi.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.jdbi.SchemaSql;
import dev.minotaur.auth.jdbi.support.Backend;
import dev.minotaur.auth.jdbi.support.SchemaDump;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import liquibase.util.LiquibaseUtil;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("liquibase")
final class MigratedSchemaTest {

    @Test
    void theseTestsRunOnTheVersionOfLiquibaseThatTheBuildNames() {
        assertThat(LiquibaseUtil.getBuildVersion()).isEqualTo(System.getProperty("auth.test.liquibase"));
    }

    @ParameterizedTest
    @EnumSource
    void migratorMakesTheSchemaOfTheSnapshot(Backend backend) {
        try (TestDatabase database = backend.empty()) {
            SchemaMigrator.builder(database.owner()).schema("auth").build().migrate();
            assertThat(SchemaDump.of(database.admin(), "auth")).isEqualTo(snapshot(backend, ""));

            SchemaMigrator.builder(database.owner())
                    .schema("auth")
                    .withForeignKeyToUsers()
                    .build()
                    .migrate();
            assertThat(SchemaDump.of(database.admin(), "auth")).isEqualTo(snapshot(backend, "-foreign-key"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void sqlForAnAdministratorMakesTheSameSchema(Backend backend) {
        try (TestDatabase database = backend.empty()) {
            SchemaSql sql = backend.isPostgresql() ? SchemaSql.postgresql("auth") : SchemaSql.h2("auth");
            TestDatabase.executeInTransaction(database.owner(), sql.install());
            assertThat(SchemaDump.of(database.admin(), "auth")).isEqualTo(snapshot(backend, ""));

            TestDatabase.executeInTransaction(database.owner(), sql.foreignKeyToUsers());
            assertThat(SchemaDump.of(database.admin(), "auth")).isEqualTo(snapshot(backend, "-foreign-key"));
        }
    }

    private static List<String> snapshot(Backend backend, String variant) {
        String name = "schema-" + (backend.isPostgresql() ? "postgresql" : "h2") + variant + ".txt";
        try (InputStream in = MigratedSchemaTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
