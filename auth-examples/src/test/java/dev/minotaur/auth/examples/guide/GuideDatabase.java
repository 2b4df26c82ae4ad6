package dev.minotaur.auth.examples.guide;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** A database in memory with the two schemas of the guide, an owner and a runtime role. */
final class GuideDatabase implements AutoCloseable {

    static final String RUNTIME_ROLE = "APP";

    final String url = "jdbc:h2:mem:" + UUID.randomUUID();

    GuideDatabase() throws SQLException {
        execute("SET DB_CLOSE_DELAY -1; CREATE SCHEMA auth; CREATE SCHEMA app; CREATE USER " + RUNTIME_ROLE
                + " PASSWORD 'secret'");
    }

    DataSource owner() {
        JdbcDataSource owner = new JdbcDataSource();
        owner.setURL(url);
        owner.setUser("SA");
        return owner;
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = owner().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** H2 does not show that a session waits for an index: one that works is taken for one that waits. */
    boolean isAtWorkForAnother() throws SQLException {
        try (Connection connection = owner().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1 FROM information_schema.sessions"
                        + " WHERE session_state = 'RUNNING' AND session_id <> session_id()")) {
            return rows.next();
        }
    }

    @Override
    public void close() throws SQLException {
        execute("SHUTDOWN");
    }
}
