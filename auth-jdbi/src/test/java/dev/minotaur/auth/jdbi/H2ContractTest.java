package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.jdbi.support.H2Database;
import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.StoreFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on H2 in memory, which lives as long as this program. */
final class H2ContractTest extends AuthStoresContract {

    private static Pools pools;

    @BeforeAll
    static void start() {
        pools = Pools.on(H2Database.inMemory());
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
