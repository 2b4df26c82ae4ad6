package dev.minotaur.auth.jdbi;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;

/** A database that the stores speak to, and the statements it understands. */
enum Dialect {
    POSTGRESQL(PostgresUserStatements.class, PostgresTokenStatements.class, PostgresAttemptStatements.class),
    H2(H2UserStatements.class, H2TokenStatements.class, H2AttemptStatements.class);

    private final Class<? extends UserStatements> users;
    private final Class<? extends TokenStatements> tokens;
    private final Class<? extends AttemptStatements> attempts;

    Dialect(
            Class<? extends UserStatements> users,
            Class<? extends TokenStatements> tokens,
            Class<? extends AttemptStatements> attempts) {
        this.users = users;
        this.tokens = tokens;
        this.attempts = attempts;
    }

    static Dialect of(DatabaseMetaData database) throws SQLException {
        String product = database.getDatabaseProductName();
        return switch (product) {
            case "PostgreSQL" -> POSTGRESQL;
            case "H2" -> H2;
            default ->
                throw new UnsupportedDataSourceException("the stores run on PostgreSQL and H2, not on " + product);
        };
    }

    Class<? extends UserStatements> users() {
        return users;
    }

    Class<? extends TokenStatements> tokens() {
        return tokens;
    }

    Class<? extends AttemptStatements> attempts() {
        return attempts;
    }
}
