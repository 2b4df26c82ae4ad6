package dev.minotaur.auth.testkit.subject;

import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.Durability;
import dev.minotaur.auth.testkit.StoreFixture;

/** The kit is green on a correct store whose data survives, and which many rules share. */
class DurableStoresTest extends AuthStoresContract {

    private static final int SHARED_BY = 40;

    private static StoreFixture shared = new HeapFixture(Durability.SURVIVES_RESTART);
    private static int rules;

    /** Not one for all: these stores look at each row that there is. */
    @Override
    protected StoreFixture fixture() {
        if (++rules % SHARED_BY == 0) {
            shared = new HeapFixture(Durability.SURVIVES_RESTART);
        }
        return shared;
    }
}
