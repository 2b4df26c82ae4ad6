package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.jdbi.support.PostgresServer;
import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.StoreFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on the newest PostgreSQL, as a role that may read and write rows and nothing else. */
final class PostgresContractTest extends AuthStoresContract {

    private static Pools pools;

    @BeforeAll
    static void start() {
        pools = Pools.on(PostgresServer.newest().migrated());
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
