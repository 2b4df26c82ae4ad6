package dev.minotaur.auth.jdbi.support;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** A database of its own for one test class; a test that starts from nothing asks for an empty one. */
public interface TestDatabase extends AutoCloseable {

    /** The schema that holds the tables. */
    String SCHEMA = "auth";

    /** Unpooled connections of the role that owns the schema and may not create anything outside it. */
    DataSource owner();

    /** Unpooled connections of the role that may select, insert, update and delete rows, and nothing else. */
    DataSource runtime();

    /** Unpooled connections of an administrator. */
    DataSource admin();

    /** The name of the role behind {@link #runtime}. */
    String runtimeRole();

    /** A pool of the runtime role's connections; the caller closes it. */
    default HikariDataSource runtimePool(int size, boolean autoCommit) {
        return pool(runtime(), size, autoCommit);
    }

    /** A pool over any data source; the caller closes it. */
    static HikariDataSource pool(DataSource over, int size, boolean autoCommit) {
        HikariConfig config = new HikariConfig();
        config.setDataSource(over);
        config.setMaximumPoolSize(size);
        config.setMinimumIdle(0);
        config.setAutoCommit(autoCommit);
        config.setConnectionTimeout(TimeUnit.SECONDS.toMillis(10));
        return new HikariDataSource(config);
    }

    /** Runs statements as the administrator. */
    default void administer(String sql) {
        execute(admin(), sql);
    }

    /** Runs statements, with autocommit, on a connection of its own. */
    static void execute(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot run: " + sql, e);
        }
    }

    /** Runs statements as one transaction, on a connection of its own. */
    static void executeInTransaction(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(sql);
            connection.commit();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot run: " + sql, e);
        }
    }

    /** Gives the first column of the first row of a query, as text. */
    static String ask(DataSource dataSource, String query) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot run: " + query, e);
        }
    }

    /** Drops the database. */
    @Override
    void close();
}
