package dev.minotaur.auth.jdbi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The schema as plain SQL, for whoever runs it by other means than {@code SchemaMigrator}: by hand, or with another tool for
 * migrations. It is the SQL that {@code SchemaMigrator} runs, with each table's name qualified by the schema's, so that the
 * two make the same tables; needs no Liquibase.
 *
 * <p>Run {@link #install} as one transaction, as a role that may create in the schema; the schema itself is to exist. A
 * database made so needs no {@code SchemaMigrator}, which leaves it as it is.
 */
public final class SchemaSql {

    /** The version of the schema that this library works with. */
    public static final int VERSION = 2;

    private static final Pattern TABLE = Pattern.compile("\\bauth_(users|tokens|attempts|schema_version)\\b");

    private final String product;
    private final String schema;

    private SchemaSql(String product, String schema) {
        this.product = product;
        this.schema = SchemaName.require(schema);
    }

    /**
     * Gives the SQL for PostgreSQL.
     *
     * @param schema the schema the tables are in: a-z and _, then a-z, 0-9 and _, at most 63 characters, and no SQL keyword
     * @return the SQL
     * @throws IllegalArgumentException if the name has another form
     */
    public static SchemaSql postgresql(String schema) {
        return new SchemaSql("postgresql", schema);
    }

    /**
     * Gives the SQL for H2.
     *
     * @param schema the schema the tables are in: a-z and _, then a-z, 0-9 and _, at most 63 characters, and no SQL keyword
     * @return the SQL
     * @throws IllegalArgumentException if the name has another form
     */
    public static SchemaSql h2(String schema) {
        return new SchemaSql("h2", schema);
    }

    /**
     * Gives what creates the tables of the current version in a schema that has none.
     *
     * @return statements, each ended by a semicolon
     */
    public String install() {
        return scriptsFrom(1);
    }

    /**
     * Gives what brings the tables of an earlier version to the current one; their rows stay. Run it as {@link #install}, as
     * the owner of the tables.
     *
     * @param found the version of the tables, which {@code auth_schema_version} tells: from 1 to one before {@link #VERSION}
     * @return statements, each ended by a semicolon
     * @throws IllegalArgumentException if there is no such earlier version
     */
    public String upgradeFrom(int found) {
        if (found == VERSION) {
            throw new IllegalArgumentException("version " + found + " is the current one: there is nothing to upgrade");
        }
        if (found < 1 || found > VERSION) {
            throw new IllegalArgumentException("there are no tables of version " + found + " to upgrade");
        }
        return scriptsFrom(found + 1);
    }

    private String scriptsFrom(int first) {
        return IntStream.rangeClosed(first, VERSION)
                .mapToObj(version -> read(product + "-" + version + ".sql"))
                .collect(Collectors.joining("\n"));
    }

    /**
     * Gives what adds the foreign key from the tokens to the users, which deletes a user's tokens with the user. It first
     * deletes the tokens whose user is absent.
     *
     * @return statements, each ended by a semicolon
     */
    public String foreignKeyToUsers() {
        return read(product + "-foreign-key.sql");
    }

    /**
     * Gives what lets a role use the tables as the stores do: read and write rows, and nothing else.
     *
     * @param role the role's name as the database keeps it
     * @return statements, each ended by a semicolon
     */
    public String grantTo(String role) {
        String quoted = '"' + Objects.requireNonNull(role, "role").replace("\"", "\"\"") + '"';
        String usage = product.equals("postgresql") ? "GRANT USAGE ON SCHEMA " + schema + " TO " + quoted + ";\n" : "";
        String tables = Stream.of("auth_users", "auth_tokens", "auth_attempts")
                .map(table -> schema + "." + table)
                .collect(Collectors.joining(", "));
        return usage + "GRANT SELECT, INSERT, UPDATE, DELETE ON " + tables + " TO " + quoted + ";\nGRANT SELECT ON "
                + schema + ".auth_schema_version TO " + quoted + ";\n";
    }

    private String read(String name) {
        try (InputStream in = SchemaSql.class.getResourceAsStream("schema/" + name)) {
            String text = new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
            String statements = text.lines()
                    .filter(line -> !line.startsWith("--"))
                    .collect(Collectors.joining("\n"))
                    .strip();
            return TABLE.matcher(statements).replaceAll(schema + ".$0") + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
