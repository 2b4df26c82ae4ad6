package dev.minotaur.auth.jdbi.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

final class CountingDataSourceTest {

    @Test
    void readsWritesAndTransactionsAreCountedEachForItself() throws SQLException {
        try (H2Database database = H2Database.inMemory()) {
            CountingDataSource counting = CountingDataSource.over(database.runtime());
            try (Connection connection = counting.dataSource().getConnection()) {
                connection.setAutoCommit(false);
                try (PreparedStatement read =
                        connection.prepareStatement("SELECT id FROM auth.auth_users FOR UPDATE")) {
                    read.executeQuery().close();
                    read.executeQuery().close();
                }
                try (Statement write = connection.createStatement()) {
                    write.executeUpdate("UPDATE auth.auth_users SET version = 2");
                    write.executeQuery("SELECT id FROM OLD TABLE (DELETE FROM auth.auth_tokens)")
                            .close();
                    assertThatThrownBy(() -> write.execute("DELETE FROM auth.nowhere"))
                            .isInstanceOf(SQLException.class);
                }
                connection.commit();
                connection.rollback();
            }
            assertThat(counting.connections()).isEqualTo(1);
            assertThat(counting.statements()).hasSize(5);
            assertThat(counting.reads()).isEqualTo(2);
            assertThat(counting.writes()).isEqualTo(3);
            assertThat(counting.commits()).isEqualTo(1);
            assertThat(counting.rollbacks()).isEqualTo(1);
            counting.reset();
            assertThat(counting.statements()).isEmpty();
            assertThat(counting.connections()).isZero();
        }
    }
}
