package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.jdbi.support.PostgresDatabase;
import dev.minotaur.auth.jdbi.support.PostgresServer;
import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.StoreFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on the oldest PostgreSQL, with pools of one connection that have autocommit off. */
final class OldestPostgresContractTest extends AuthStoresContract {

    private static PostgresDatabase database;

    @BeforeAll
    static void start() {
        database = PostgresServer.oldest().migrated();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Override
    protected StoreFixture fixture() {
        return JdbiFixture.onPoolsOfOne(database);
    }
}
