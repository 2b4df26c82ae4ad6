package dev.minotaur.auth.jdbi.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

final class TestServersTest {

    @Test
    void newestAndOldestServerAreThoseOfThePom() {
        try (PostgresDatabase newest = PostgresServer.newest().empty();
                PostgresDatabase oldest = PostgresServer.oldest().empty()) {
            assertThat(TestDatabase.ask(newest.admin(), "SHOW server_version")).startsWith("18.");
            assertThat(TestDatabase.ask(oldest.admin(), "SHOW server_version")).startsWith("15.");
            for (DataSource server : new DataSource[] {newest.admin(), oldest.admin()}) {
                assertThat(TestDatabase.ask(server, "SHOW server_encoding")).isEqualTo("UTF8");
                assertThat(TestDatabase.ask(
                                server, "SELECT datcollate FROM pg_database WHERE datname = current_database()"))
                        .isEqualTo("C");
            }
        }
    }

    @Test
    void runtimeRoleMayReadAndWriteRowsAndNothingElse() {
        for (TestDatabase database :
                new TestDatabase[] {PostgresServer.newest().migrated(), H2Database.inMemory(), H2Database.inFile()}) {
            try (database) {
                DataSource runtime = database.runtime();
                assertThat(TestDatabase.ask(runtime, "SELECT version FROM auth.auth_schema_version"))
                        .isEqualTo("2");
                assertThat(TestDatabase.ask(runtime, "SELECT count(*) FROM auth.auth_users"))
                        .isEqualTo("0");
                TestDatabase.execute(runtime, "DELETE FROM auth.auth_tokens");
                assertThatThrownBy(() -> TestDatabase.execute(runtime, "DELETE FROM auth.auth_schema_version"))
                        .isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() -> TestDatabase.execute(runtime, "CREATE TABLE auth.mine (id int)"))
                        .isInstanceOf(IllegalStateException.class);
            }
        }
    }
}
