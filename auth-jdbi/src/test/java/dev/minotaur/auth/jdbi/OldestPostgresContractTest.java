package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.jdbi.support.PostgresServer;
import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.StoreFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on the oldest PostgreSQL, with pools of one connection that have autocommit off. */
final class OldestPostgresContractTest extends AuthStoresContract {

    private static Pools pools;

    @BeforeAll
    static void start() {
        pools = Pools.ofOne(PostgresServer.oldest().migrated());
    }

    @AfterAll
    static void stop() {
        pools.close();
    }

    @Override
    protected StoreFixture fixture() {
        return JdbiFixture.on(pools);
    }
}
