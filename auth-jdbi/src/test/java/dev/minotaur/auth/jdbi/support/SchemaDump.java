package dev.minotaur.auth.jdbi.support;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;

/** What a schema holds, told by the database's own catalogue, one line for each column, constraint, index and option. */
public final class SchemaDump {

    private static final String POSTGRESQL =
            """
            SELECT 'column ' || c.relname || '.' || a.attname || ' ' || a.attnum || ' '
                || format_type(a.atttypid, a.atttypmod) || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
                || coalesce(' collate ' || l.collname, '') || coalesce(' ' || pg_get_expr(d.adbin, d.adrelid), '')
              FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND c.relkind = 'r'
              LEFT JOIN pg_collation l ON l.oid = a.attcollation LEFT JOIN pg_attrdef d
                ON d.adrelid = c.oid AND d.adnum = a.attnum
              WHERE c.relnamespace = '%1$s'::regnamespace AND c.relname NOT LIKE '%%changelog%%'
            UNION ALL SELECT 'constraint ' || c.relname || ' ' || k.conname || ' ' || pg_get_constraintdef(k.oid)
              FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
              WHERE k.connamespace = '%1$s'::regnamespace AND k.contype <> 'n' AND c.relname NOT LIKE '%%changelog%%'
            UNION ALL SELECT 'index ' || indexdef FROM pg_indexes
              WHERE schemaname = '%1$s' AND tablename NOT LIKE '%%changelog%%'
            UNION ALL SELECT 'options ' || relname || ' ' || array_to_string(reloptions, ' ') FROM pg_class
              WHERE relnamespace = '%1$s'::regnamespace AND reloptions IS NOT NULL
            UNION ALL SELECT 'sequence ' || sequencename FROM pg_sequences WHERE schemaname = '%1$s'
            """;

    private static final String H2 =
            """
            SELECT 'column ' || table_name || '.' || column_name || ' ' || ordinal_position || ' ' || data_type || ' '
                || coalesce(character_maximum_length, datetime_precision, 0)
                || CASE is_nullable WHEN 'NO' THEN ' not null' ELSE '' END || coalesce(' ' || generation_expression, '')
                || coalesce(' default ' || column_default, '')
              FROM information_schema.columns
              WHERE lower(table_schema) = '%1$s' AND lower(table_name) NOT LIKE '%%changelog%%'
            UNION ALL SELECT 'constraint ' || t.table_name || ' ' || t.constraint_name || ' ' || t.constraint_type
                || coalesce(' ' || c.check_clause, '') || coalesce(' on delete ' || r.delete_rule, '')
                || coalesce(' (' || (SELECT listagg(k.column_name, ', ') WITHIN GROUP (ORDER BY k.ordinal_position)
                     FROM information_schema.key_column_usage k WHERE k.constraint_schema = t.constraint_schema
                     AND k.constraint_name = t.constraint_name) || ')', '')
              FROM information_schema.table_constraints t
              LEFT JOIN information_schema.check_constraints c
                ON c.constraint_schema = t.constraint_schema AND c.constraint_name = t.constraint_name
              LEFT JOIN information_schema.referential_constraints r
                ON r.constraint_schema = t.constraint_schema AND r.constraint_name = t.constraint_name
              WHERE lower(t.table_schema) = '%1$s' AND lower(t.table_name) NOT LIKE '%%changelog%%'
            UNION ALL SELECT 'index ' || i.table_name || ' ' || CASE WHEN i.index_name LIKE '%%\\_INDEX\\__' THEN 'of '
                || left(i.index_name, length(i.index_name) - 2) ELSE i.index_name END || ' ' || i.index_type_name || ' ('
                || (SELECT listagg(c.column_name, ', ') WITHIN GROUP (ORDER BY c.ordinal_position)
                     FROM information_schema.index_columns c WHERE c.index_schema = i.index_schema
                     AND c.index_name = i.index_name) || ')'
              FROM information_schema.indexes i
              WHERE lower(i.table_schema) = '%1$s' AND lower(i.table_name) NOT LIKE '%%changelog%%'
            UNION ALL SELECT 'sequence ' || sequence_name FROM information_schema.sequences
              WHERE lower(sequence_schema) = '%1$s'
            """;

    private SchemaDump() {}

    /** Reads a schema, without the tables that only migrations use. */
    public static List<String> of(DataSource dataSource, String schema) {
        List<String> lines = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            boolean h2 = connection.getMetaData().getDatabaseProductName().equals("H2");
            try (ResultSet rows = statement.executeQuery((h2 ? H2 : POSTGRESQL).formatted(schema))) {
                while (rows.next()) {
                    lines.add(rows.getString(1)
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("\\s+", " ")
                            .replaceAll("primary_key_\\w+", "of"));
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        lines.sort(null);
        return lines;
    }
}
