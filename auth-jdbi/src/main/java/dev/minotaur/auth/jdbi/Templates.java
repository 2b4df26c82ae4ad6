package dev.minotaur.auth.jdbi;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.TemplateEngine;

/**
 * Puts the schema and the lists of columns into statements. As these never change, each statement is rendered once, and no
 * name in one depends on what the connection has for a search path.
 */
final class Templates implements TemplateEngine.Parsing {

    private final Map<String, String> names;

    Templates(String schema) {
        this.names = Map.of(
                "<schema>", schema,
                "<user_columns>", UserRow.COLUMNS,
                "<user_values>", UserRow.VALUES,
                "<token_columns>", TokenRow.COLUMNS,
                "<token_values>", TokenRow.VALUES,
                "<token_excluded>", Columns.of("EXCLUDED", TokenRow.COLUMNS));
    }

    @Override
    public Optional<Function<StatementContext, String>> parse(String template, ConfigRegistry config) {
        String rendered = template;
        for (Map.Entry<String, String> name : names.entrySet()) {
            rendered = rendered.replace(name.getKey(), name.getValue());
        }
        String sql = rendered;
        return Optional.of(context -> sql);
    }
}
