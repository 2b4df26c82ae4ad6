package dev.minotaur.auth.jdbi.mutation;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** The types of the columns, as the database tells them; a name has one type in all tables. */
final class ColumnTypes {

    private record Type(String name, int code) {}

    private final Map<String, Type> types = new HashMap<>();

    private ColumnTypes() {}

    static ColumnTypes of(DataSource database, String schema) throws SQLException {
        ColumnTypes read = new ColumnTypes();
        try (Connection connection = database.getConnection();
                ResultSet columns = connection.getMetaData().getColumns(null, null, null, null)) {
            while (columns.next()) {
                if (columns.getString("TABLE_SCHEM").equalsIgnoreCase(schema)) {
                    read.types.put(
                            columns.getString("COLUMN_NAME").toLowerCase(Locale.ROOT),
                            new Type(columns.getString("TYPE_NAME"), columns.getInt("DATA_TYPE")));
                }
            }
        }
        return read;
    }

    boolean isColumn(String name) {
        return types.containsKey(plain(name));
    }

    boolean isSameType(String one, String other) {
        return isColumn(one) && types.get(plain(one)).equals(types.get(plain(other)));
    }

    String nothing(String column) {
        return "CAST(NULL AS " + types.get(plain(column)).name() + ")";
    }

    /** Another value than this one of a column, where one can be computed. */
    Optional<String> other(String column, String value) {
        Type type = types.get(plain(column));
        return switch (type.code()) {
            case Types.INTEGER, Types.BIGINT -> Optional.of("CAST(" + value + " AS " + type.name() + ") + 1");
            case Types.TIMESTAMP, Types.TIMESTAMP_WITH_TIMEZONE ->
                Optional.of("CAST(" + value + " AS " + type.name() + ") + INTERVAL '1' SECOND");
            default -> Optional.empty();
        };
    }

    static String plain(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
