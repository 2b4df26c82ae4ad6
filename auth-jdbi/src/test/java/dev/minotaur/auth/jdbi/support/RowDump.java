package dev.minotaur.auth.jdbi.support;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import javax.sql.DataSource;

/** All rows of all tables of a schema as text, one a line; bytes in hex. */
public final class RowDump {

    private RowDump() {}

    /** Reads the rows, as a thief of the database would. */
    public static String of(DataSource dataSource, String schema) {
        StringBuilder dump = new StringBuilder();
        try (Connection connection = dataSource.getConnection()) {
            for (String table : tables(connection, schema)) {
                add(dump, connection, table);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return dump.toString();
    }

    private static List<String> tables(Connection connection, String schema) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet found = connection.getMetaData().getTables(null, null, null, null)) {
            while (found.next()) {
                if (schema.equalsIgnoreCase(found.getString("TABLE_SCHEM"))
                        && found.getString("TABLE_TYPE").endsWith("TABLE")) {
                    tables.add('"' + found.getString("TABLE_SCHEM") + "\".\"" + found.getString("TABLE_NAME") + '"');
                }
            }
        }
        return tables;
    }

    private static void add(StringBuilder dump, Connection connection, String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT * FROM " + table)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
                dump.append(table);
                for (int column = 1; column <= columns; column++) {
                    Object value = rows.getObject(column);
                    dump.append(' ')
                            .append(
                                    value instanceof byte[] bytes
                                            ? HexFormat.of().formatHex(bytes)
                                            : value);
                }
                dump.append('\n');
            }
        }
    }
}
