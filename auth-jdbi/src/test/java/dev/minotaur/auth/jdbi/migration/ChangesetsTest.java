package dev.minotaur.auth.jdbi.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.jdbi.support.Backend;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A changeset that has been released never changes: a line may be added to these lists, and none changed or removed. */
@Tag("liquibase")
final class ChangesetsTest {

    private static final List<String> POSTGRESQL = List.of(
            "dev/minotaur/auth/jdbi/schema minotaur-auth 1 EXECUTED 9:84e65a2624c7c206fc92fc2f80c242bf",
            "dev/minotaur/auth/jdbi/schema minotaur-auth 2 EXECUTED 9:a38cc4f37800520b66d7cdde9b3699a7",
            "dev/minotaur/auth/jdbi/schema minotaur-auth foreign-key EXECUTED 9:abda163aa6a1cafc72f4f218400a72ff");

    private static final List<String> H2 = List.of(
            "dev/minotaur/auth/jdbi/schema minotaur-auth 1 EXECUTED 9:2c01b96f63eada1d78bafe38df7bca75",
            "dev/minotaur/auth/jdbi/schema minotaur-auth 2 EXECUTED 9:9e8008e14972eb9db4c4efbe06f9f880",
            "dev/minotaur/auth/jdbi/schema minotaur-auth foreign-key EXECUTED 9:47d942b1b72b693d7fb17a3d374653d6");

    @ParameterizedTest
    @EnumSource
    void releasedChangesetsStayAsTheyAre(Backend backend) throws SQLException {
        try (TestDatabase database = backend.empty()) {
            SchemaMigrator.builder(database.owner())
                    .schema("auth")
                    .withForeignKeyToUsers()
                    .build()
                    .migrate();
            assertThat(run(database)).isEqualTo(backend.isPostgresql() ? POSTGRESQL : H2);
        }
    }

    private static List<String> run(TestDatabase database) throws SQLException {
        String query = "SELECT filename || ' ' || author || ' ' || id || ' ' || exectype || ' ' || md5sum"
                + " FROM auth.auth_changelog ORDER BY orderexecuted";
        List<String> run = new ArrayList<>();
        try (Connection connection = database.admin().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                run.add(rows.getString(1));
            }
        }
        return run;
    }
}
