package dev.minotaur.auth.jdbi.migration;

import dev.minotaur.auth.jdbi.SchemaException;
import dev.minotaur.auth.jdbi.SchemaSql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * H2, which has no lock that outlives a transaction and commits with each change of the schema: a row that is inserted on a
 * second connection and never committed keeps others out.
 */
final class H2Target extends Target {

    private static final String LOCK_TIMEOUT = "HYT00";

    private final DataSource owner;
    private final MigrationSettings settings;
    private final String schema;
    private final String cameWith;

    H2Target(Connection connection, DataSource owner, MigrationSettings settings) throws SQLException {
        super(connection, settings.schema());
        this.owner = owner;
        this.settings = settings;
        this.schema = settings.schema();
        this.cameWith = Objects.requireNonNull(connection.getSchema());
    }

    @Override
    String product() {
        return "h2";
    }

    @Override
    SchemaSql sql() {
        return SchemaSql.h2(schema);
    }

    @Override
    void requireSchema() throws SQLException {
        if (connection().getMetaData().supportsMixedCaseIdentifiers()) {
            throw new SchemaException("H2 with DATABASE_TO_UPPER=FALSE needs DATABASE_TO_LOWER=TRUE too", null);
        }
        if (ask("SELECT 1 FROM information_schema.schemata WHERE lower(schema_name) = ?", schema) == null) {
            String user = connection().getMetaData().getUserName();
            throw new SchemaException(
                    "there is no schema " + schema + "; run as an administrator:\nCREATE SCHEMA " + schema
                            + " AUTHORIZATION \"" + user + "\";",
                    null);
        }
    }

    @Override
    void requireCreate() {}

    @Override
    void underLock(Step step) throws SQLException {
        try (Connection second = owner.getConnection();
                Statement statement = second.createStatement()) {
            boolean autoCommit = second.getAutoCommit();
            int timeout = lockTimeout(statement);
            runAndThen(
                    () -> {
                        acquire(second, statement);
                        step.run();
                    },
                    () -> orAbort(second, () -> {
                        second.rollback();
                        statement.execute("SET LOCK_TIMEOUT " + timeout);
                        second.setAutoCommit(autoCommit);
                    }));
        }
    }

    private void acquire(Connection second, Statement statement) throws SQLException {
        String lock = schema + "." + settings.changelogLockTable() + "_guard";
        statement.execute("SET LOCK_TIMEOUT " + settings.lockTimeout().toMillis());
        statement.execute("CREATE TABLE IF NOT EXISTS " + lock + " (id int PRIMARY KEY)");
        second.setAutoCommit(false);
        try {
            statement.execute("INSERT INTO " + lock + " VALUES (1)");
        } catch (SQLException e) {
            if (LOCK_TIMEOUT.equals(e.getSQLState())) {
                throw Failure.locked(settings);
            }
            throw e;
        }
    }

    private static int lockTimeout(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("CALL LOCK_TIMEOUT()")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    @Override
    void enterSchema() throws SQLException {
        execute("SET SCHEMA " + schema);
    }

    @Override
    void restore() throws SQLException {
        connection().setSchema(cameWith);
    }

    @Override
    boolean hasTable(String table) throws SQLException {
        String query =
                "SELECT 1 FROM information_schema.tables WHERE lower(table_schema) = ? AND lower(table_name) = ?";
        return ask(query, schema, table) != null;
    }
}
