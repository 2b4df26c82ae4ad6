package dev.minotaur.auth.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minotaur.auth.jdbi.support.PostgresDatabase;
import dev.minotaur.auth.jdbi.support.PostgresServer;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import java.io.File;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SchemaSqlTest {

    @Test
    void everyTableIsNamedWithItsSchema() {
        for (SchemaSql sql : List.of(SchemaSql.postgresql("my_schema"), SchemaSql.h2("my_schema"))) {
            for (String text :
                    List.of(sql.install(), sql.foreignKeyToUsers(), sql.grantTo("app"), sql.upgradeFrom(1))) {
                assertThat(text)
                        .containsPattern("my_schema\\.auth_(tokens|users)\\b")
                        .doesNotContainPattern("(?<!my_schema\\.)\\bauth_(users|tokens|attempts|schema_version)\\b")
                        .doesNotContain("--")
                        .endsWith(";\n");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, SchemaSql.VERSION, SchemaSql.VERSION + 1})
    void onlyAnEarlierVersionIsUpgraded(int found) {
        SchemaSql sql = SchemaSql.postgresql("auth");
        assertThatThrownBy(() -> sql.upgradeFrom(found)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nameOfARoleIsQuoted() {
        assertThat(SchemaSql.postgresql("auth").grantTo("my \"auth_users\""))
                .contains("GRANT USAGE ON SCHEMA auth TO \"my \"\"auth_users\"\"\";\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Auth", "a-b", "1a", "a;b", "a b", "a.b", "\"a\""})
    void schemaOfAnotherFormIsRefused(String schema) {
        assertThatThrownBy(() -> SchemaSql.postgresql(schema)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SchemaSql.h2(schema)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void grantsGiveTheRightsOfTheStoresAndNothingElse() {
        try (PostgresDatabase database = PostgresServer.newest().migrated()) {
            String privileges = String.format(
                    """
                    SELECT string_agg(c.relname || ' ' || a.privilege_type, ', ' ORDER BY c.relname, a.privilege_type)
                    FROM pg_class c, aclexplode(c.relacl) a
                    WHERE c.relnamespace = 'auth'::regnamespace AND a.grantee = '%s'::regrole
                    """,
                    database.runtimeRole());
            assertThat(TestDatabase.ask(database.admin(), privileges))
                    .isEqualTo("auth_attempts DELETE, auth_attempts INSERT, auth_attempts SELECT, auth_attempts UPDATE,"
                            + " auth_schema_version SELECT,"
                            + " auth_tokens DELETE, auth_tokens INSERT, auth_tokens SELECT, auth_tokens UPDATE,"
                            + " auth_users DELETE, auth_users INSERT, auth_users SELECT, auth_users UPDATE");
        }
    }

    @Test
    void sqlAndCheckNeedNoLiquibase() throws Exception {
        ClassLoader platform = ClassLoader.getPlatformClassLoader();
        try (PostgresDatabase database = PostgresServer.newest().empty();
                Connection connection = database.owner().getConnection();
                URLClassLoader without = new URLClassLoader(classPathWithoutLiquibase(), platform)) {
            assertThatThrownBy(() -> without.loadClass("liquibase.Scope")).isInstanceOf(ClassNotFoundException.class);
            Class<?> type = without.loadClass(SchemaSql.class.getName());
            Object sql = type.getMethod("postgresql", String.class).invoke(null, "auth");
            TestDatabase.executeInTransaction(
                    database.owner(), (String) type.getMethod("install").invoke(sql));

            Method check = without.loadClass(SchemaCheck.class.getName())
                    .getDeclaredMethod("require", Connection.class, String.class);
            check.setAccessible(true);
            check.invoke(null, connection, "auth");
        }
    }

    private static URL[] classPathWithoutLiquibase() throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        for (String entry : List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))) {
            if (!Path.of(entry).getFileName().toString().startsWith("liquibase")) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }
}
