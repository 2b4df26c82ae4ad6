package dev.minotaur.auth.jdbi;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Asks a database something behind the back of the stores. */
final class Ask {

    private Ask() {}

    static int number(DataSource dataSource, String query) {
        try (Connection connection = dataSource.getConnection()) {
            return number(connection, query);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    static int number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getInt(1);
        }
    }
}
