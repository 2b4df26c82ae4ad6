package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.jdbi.support.H2Database;
import dev.minotaur.auth.jdbi.support.PostgresServer;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import javax.sql.DataSource;

/** The databases that the stores work on. */
enum Server {
    NEWEST_POSTGRESQL,
    OLDEST_POSTGRESQL,
    H2;

    /** A fresh database with the schema in it; the caller closes it. */
    TestDatabase database() {
        return switch (this) {
            case NEWEST_POSTGRESQL -> PostgresServer.newest().migrated();
            case OLDEST_POSTGRESQL -> PostgresServer.oldest().migrated();
            case H2 -> H2Database.inMemory();
        };
    }

    /** The stores on a data source of such a database. */
    static JdbiAuthStores stores(DataSource dataSource) {
        return JdbiAuthStores.builder(dataSource).schema(TestDatabase.SCHEMA).build();
    }
}
