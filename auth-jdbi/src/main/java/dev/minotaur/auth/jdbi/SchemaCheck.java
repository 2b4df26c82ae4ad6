package dev.minotaur.auth.jdbi;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;

/**
 * Tells at start-up, before the first request, that the tables are of this library's version and that the role may use
 * them. Reads only; on PostgreSQL two statements, on H2 one.
 */
final class SchemaCheck {

    private static final Set<String> ABSENT = Set.of("42P01", "3F000", "42S02", "42S03", "42S04", "90079");
    private static final Set<String> DENIED = Set.of("42501", "90096");

    private static final String ENCODING_AND_PRIVILEGES =
            """
            SELECT current_setting('server_encoding'),
                   count(*) FILTER (WHERE allowed IS NULL),
                   count(*) FILTER (WHERE NOT allowed)
            FROM (
              SELECT has_table_privilege(to_regclass(? || '.' || name)::oid, privilege) AS allowed
              FROM (VALUES ('auth_users'), ('auth_tokens'), ('auth_attempts')) AS tables (name),
                   (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE')) AS privileges (privilege)
            ) AS checked
            """;

    private final Connection connection;
    private final String schema;
    private final boolean postgresql;

    private SchemaCheck(Connection connection, String schema) throws SQLException {
        this.connection = connection;
        this.schema = SchemaName.require(schema);
        String product = connection.getMetaData().getDatabaseProductName();
        this.postgresql = product.equals("PostgreSQL");
        if (!postgresql && !product.equals("H2")) {
            throw new SchemaException("the stores work on PostgreSQL and on H2, not on " + product, null);
        }
    }

    /**
     * Refuses a database that the stores cannot work on. Ends the transaction it reads in, if autocommit is off.
     *
     * @param connection a connection of the role that the stores use
     * @param schema the schema the tables are in
     * @throws SchemaException if the tables are missing, of another version, or not the role's to use
     * @throws IllegalArgumentException if the schema's name has another form
     */
    static void require(Connection connection, String schema) {
        try {
            try {
                new SchemaCheck(connection, schema).require();
            } finally {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                }
            }
        } catch (SQLException e) {
            throw new SchemaException("the schema could not be checked (SQLSTATE " + e.getSQLState() + ")", null);
        }
    }

    private void require() throws SQLException {
        int found = version();
        if (found < SchemaSql.VERSION) {
            throw refusal("the tables are of version " + found + " and this library needs version " + SchemaSql.VERSION
                    + "; run SchemaMigrator, or the SQL that SchemaSql gives, as the owner of the schema");
        }
        if (found > SchemaSql.VERSION) {
            throw refusal(
                    "the tables are of version " + found + ", which is newer than this library: it works with version "
                            + SchemaSql.VERSION + "; use a newer version of the library");
        }
        if (postgresql) {
            requireEncodingAndPrivileges();
        }
    }

    private int version() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT version FROM " + schema + ".auth_schema_version")) {
            return rows.next() ? rows.getInt(1) : 0;
        } catch (SQLException e) {
            if (ABSENT.contains(e.getSQLState())) {
                throw absent();
            }
            if (DENIED.contains(e.getSQLState())) {
                throw denied();
            }
            throw e;
        }
    }

    private void requireEncodingAndPrivileges() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ENCODING_AND_PRIVILEGES)) {
            statement.setString(1, schema);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                String encoding = rows.getString(1);
                if (!"UTF8".equals(encoding)) {
                    throw refusal("the encoding of the database is " + encoding + " and has to be UTF8");
                }
                if (rows.getInt(2) > 0) {
                    throw absent();
                }
                if (rows.getInt(3) > 0) {
                    throw denied();
                }
            }
        }
    }

    private SchemaException absent() {
        return refusal(
                "the tables are missing; run SchemaMigrator, or the SQL that SchemaSql gives, as the owner of the schema");
    }

    private SchemaException denied() throws SQLException {
        String role = connection.getMetaData().getUserName();
        SchemaSql sql = postgresql ? SchemaSql.postgresql(schema) : SchemaSql.h2(schema);
        return refusal("the role may not use the tables; run as the owner of the schema:\n" + sql.grantTo(role));
    }

    private SchemaException refusal(String why) {
        return new SchemaException("schema " + schema + ": " + why, null);
    }
}
