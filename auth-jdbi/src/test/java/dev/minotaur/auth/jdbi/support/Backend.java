package dev.minotaur.auth.jdbi.support;

/** The databases that the tests run on. */
public enum Backend {
    POSTGRESQL_NEWEST,
    POSTGRESQL_OLDEST,
    H2_MEMORY,
    H2_FILE;

    /** A database with an empty schema; the caller closes it. */
    public TestDatabase empty() {
        return switch (this) {
            case POSTGRESQL_NEWEST -> PostgresServer.newest().empty();
            case POSTGRESQL_OLDEST -> PostgresServer.oldest().empty();
            case H2_MEMORY -> H2Database.emptyInMemory();
            case H2_FILE -> H2Database.emptyInFile();
        };
    }

    /** A database with the tables; the caller closes it. */
    public TestDatabase migrated() {
        return switch (this) {
            case POSTGRESQL_NEWEST -> PostgresServer.newest().migrated();
            case POSTGRESQL_OLDEST -> PostgresServer.oldest().migrated();
            case H2_MEMORY -> H2Database.inMemory();
            case H2_FILE -> H2Database.inFile();
        };
    }

    /** Whether this is PostgreSQL. */
    public boolean isPostgresql() {
        return this == POSTGRESQL_NEWEST || this == POSTGRESQL_OLDEST;
    }
}
