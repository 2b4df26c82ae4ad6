package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.UserRecord;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.SqlParser;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** Sets Jdbi up for the stores: their rows, their parameters, and no value in a message. */
final class Jdbis {

    /** One for all stores: it remembers what it has parsed, and the statements are the same in each. */
    private static final SqlParser PARSER = new ColonPrefixSqlParser();

    private Jdbis() {}

    static Jdbi over(DataSource dataSource, String schema) {
        Jdbi jdbi = Jdbi.create(dataSource);
        jdbi.installPlugin(new SqlObjectPlugin());
        jdbi.registerRowMapper(UserId.class, (row, context) -> new UserId(Columns.uuid(row, 1)));
        jdbi.registerRowMapper(UserRecord.class, (row, context) -> UserRow.read(row, 0));
        jdbi.registerRowMapper(StoredToken.class, (row, context) -> TokenRow.read(row, 0));
        jdbi.registerRowMapper(Attempts.class, (row, context) -> new Attempts(row.getInt(1), Columns.time(row, 2)));
        jdbi.getConfig(SqlStatements.class).setTemplateEngine(new Templates(schema));
        jdbi.getConfig(SqlStatements.class).setSqlParser(PARSER);
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(exception -> "");
        return jdbi;
    }
}
