package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.jdbi.support.H2Database;
import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.StoreFixture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract on H2 in a file, which is closed for a restart. */
final class H2FileContractTest extends AuthStoresContract {

    private static H2Database database;
    private static Pools pools;

    @BeforeAll
    static void start() {
        database = H2Database.inFile();
        pools = Pools.on(database);
    }

    @AfterAll
    static void stop() {
        pools.close();
    }

    @Override
    protected StoreFixture fixture() {
        return JdbiFixture.on(pools).restartedBy(database::shutDown);
    }
}
