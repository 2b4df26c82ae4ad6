package dev.minotaur.auth.testkit.subject;

import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.Durability;
import dev.minotaur.auth.testkit.StoreFixture;

/** The kit is green on a correct store whose data survives, and which all rules share. */
class DurableStoresTest extends AuthStoresContract {

    private static final StoreFixture SHARED = new HeapFixture(Durability.SURVIVES_RESTART);

    @Override
    protected StoreFixture fixture() {
        return SHARED;
    }
}
