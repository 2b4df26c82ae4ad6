package dev.minotaur.auth.jdbi.migration;

import dev.minotaur.auth.jdbi.SchemaException;
import dev.minotaur.auth.jdbi.SchemaSql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;

/** PostgreSQL: a session lock on the connection that does the work, so that the two cannot part. */
final class PostgresqlTarget extends Target {

    /** The first half of the lock's key; the second one is the schema's. */
    static final int LOCK_CLASS = 0x61757468;

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private final MigrationSettings settings;
    private final String schema;
    private final String searchPath;

    PostgresqlTarget(Connection connection, MigrationSettings settings) throws SQLException {
        super(connection, settings.schema());
        this.settings = settings;
        this.schema = settings.schema();
        this.searchPath = Objects.requireNonNull(ask("SELECT current_setting('search_path')"));
    }

    @Override
    String product() {
        return "postgresql";
    }

    @Override
    SchemaSql sql() {
        return SchemaSql.postgresql(schema);
    }

    @Override
    void requireSchema() throws SQLException {
        String encoding = ask("SELECT current_setting('server_encoding')");
        if (!"UTF8".equals(encoding)) {
            throw new SchemaException("the encoding of the database is " + encoding + " and has to be UTF8", null);
        }
        if (ask("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?", schema) == null) {
            throw new SchemaException(
                    "there is no schema " + schema + "; run as an administrator:\nCREATE SCHEMA " + schema
                            + " AUTHORIZATION " + role() + ";",
                    null);
        }
    }

    @Override
    void requireCreate() throws SQLException {
        String query = "SELECT has_schema_privilege(?, 'CREATE') AND has_schema_privilege(?, 'USAGE')";
        if (!"t".equals(ask(query, schema, schema))) {
            throw new SchemaException(
                    "the role may not create in schema " + schema + "; run as the owner of the schema:\n"
                            + "GRANT USAGE, CREATE ON SCHEMA " + schema + " TO " + role() + ";",
                    null);
        }
    }

    private String role() throws SQLException {
        return Objects.requireNonNull(ask("SELECT quote_ident(current_user)"));
    }

    @Override
    void underLock(Step step) throws SQLException {
        acquire();
        runAndThen(step, () -> orAbort(connection(), this::release));
    }

    private void acquire() throws SQLException {
        connection().setAutoCommit(false);
        try {
            execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = "
                    + settings.lockTimeout().toMillis());
            ask("SELECT pg_advisory_lock(?, ?)", LOCK_CLASS, schema.hashCode());
            connection().commit();
        } catch (SQLException e) {
            connection().rollback();
            if (LOCK_NOT_AVAILABLE.equals(e.getSQLState())) {
                throw Failure.locked(settings);
            }
            throw e;
        }
        connection().setAutoCommit(true);
    }

    private void release() throws SQLException {
        ask("SELECT pg_advisory_unlock(?, ?)", LOCK_CLASS, schema.hashCode());
    }

    @Override
    void enterSchema() throws SQLException {
        ask("SELECT set_config('search_path', ?, false)", schema);
    }

    @Override
    void restore() throws SQLException {
        ask("SELECT set_config('search_path', ?, false)", searchPath);
    }

    @Override
    boolean hasTable(String table) throws SQLException {
        String query =
                "SELECT 1 FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = ? AND c.relname = ?";
        return ask(query, schema, table) != null;
    }
}
