package dev.minotaur.auth.jdbi;

import java.util.Objects;
import java.util.regex.Pattern;

/** The form of a schema's name: one that needs no quotes and means the same with and without them on PostgreSQL. */
final class SchemaName {

    private static final Pattern FORM = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

    private SchemaName() {}

    static String require(String schema) {
        if (!FORM.matcher(Objects.requireNonNull(schema, "schema")).matches()) {
            throw new IllegalArgumentException(
                    "a schema's name is a-z or _, then a-z, 0-9 and _, at most 63 characters");
        }
        return schema;
    }
}
