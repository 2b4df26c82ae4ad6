package dev.minotaur.auth.jdbi.migration;

import dev.minotaur.auth.jdbi.SchemaException;
import dev.minotaur.auth.jdbi.SchemaSql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The database that is migrated, on one connection. Its statements commit on their own; the state that the connection came
 * with is put back by {@link #close}, and a connection for which that fails is not fit to be used again.
 */
abstract class Target implements AutoCloseable {

    /** A part of the work. */
    interface Step {
        void run() throws SQLException;
    }

    private interface Closing extends AutoCloseable {
        @Override
        void close() throws SQLException;
    }

    private final Connection connection;
    private final String schema;
    private final boolean autoCommit;

    Target(Connection connection, String schema) throws SQLException {
        this.connection = connection;
        this.schema = schema;
        this.autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(true);
    }

    static Target on(Connection connection, DataSource owner, MigrationSettings settings) throws SQLException {
        String product = connection.getMetaData().getDatabaseProductName();
        return switch (product) {
            case "PostgreSQL" -> new PostgresqlTarget(connection, settings);
            case "H2" -> new H2Target(connection, owner, settings);
            default -> throw new SchemaException("the schema is for PostgreSQL and for H2, not for " + product, null);
        };
    }

    /** Gives the start of the names of the scripts. */
    abstract String product();

    /** Gives the statements for this database. */
    abstract SchemaSql sql();

    /** Refuses a database without the schema, or one that cannot hold the text. */
    abstract void requireSchema() throws SQLException;

    /** Refuses a role that cannot create in the schema. */
    abstract void requireCreate() throws SQLException;

    /** Runs a step while no other process runs one for the same schema. */
    abstract void underLock(Step step) throws SQLException;

    /** Makes the schema the one that unqualified names are in, until {@link #restore}. */
    abstract void enterSchema() throws SQLException;

    /** Puts back what the connection came with, other than autocommit. */
    abstract void restore() throws SQLException;

    abstract boolean hasTable(String table) throws SQLException;

    final Connection connection() {
        return connection;
    }

    final int version() throws SQLException {
        String query = "SELECT max(version) FROM " + schema + ".auth_schema_version";
        String version = hasTable("auth_schema_version") ? ask(query) : null;
        return version == null ? 0 : Integer.parseInt(version);
    }

    final boolean hasForeignKey() throws SQLException {
        String query = "SELECT 1 FROM information_schema.table_constraints"
                + " WHERE lower(table_schema) = ? AND lower(constraint_name) = 'fk_auth_tokens_user'";
        return ask(query, schema) != null;
    }

    /** Runs a step that may leave a transaction open, and commits none of what it left. */
    final void inSchema(Step step) throws SQLException {
        enterSchema();
        runAndThen(step, () -> {
            if (!connection.getAutoCommit()) {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        });
    }

    final void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Gives the first column of the first row. */
    final @Nullable String ask(String query, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    static void runAndThen(Step step, Step always) throws SQLException {
        Closing closing = always::run;
        try (closing) {
            step.run();
        }
    }

    /** Runs a step without which nobody may use a connection again. */
    static void orAbort(Connection connection, Step step) throws SQLException {
        try {
            step.run();
        } catch (SQLException e) {
            connection.abort(Runnable::run);
            throw e;
        }
    }

    @Override
    public final void close() throws SQLException {
        orAbort(connection, () -> {
            restore();
            connection.setAutoCommit(autoCommit);
        });
    }
}
