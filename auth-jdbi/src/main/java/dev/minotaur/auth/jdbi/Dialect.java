package dev.minotaur.auth.jdbi;

import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Stream;

/** A database that the stores speak to, and the statements that are its own. */
enum Dialect {
    POSTGRESQL(PostgresUserStatements.class, PostgresTokenStatements.class, PostgresAttemptStatements.class),
    H2(H2UserStatements.class, H2TokenStatements.class, H2AttemptStatements.class);

    private final Class<?> users;
    private final Class<?> tokens;
    private final Class<?> attempts;

    Dialect(Class<?> users, Class<?> tokens, Class<?> attempts) {
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

    /** {@return how this database does what each database does in a way of its own} */
    <S> Class<? extends S> of(Class<S> statement) {
        return Stream.of(users, tokens, attempts)
                .flatMap(own -> Arrays.stream(own.getDeclaredClasses()))
                .filter(statement::isAssignableFrom)
                .findFirst()
                .orElseThrow()
                .asSubclass(statement);
    }
}
