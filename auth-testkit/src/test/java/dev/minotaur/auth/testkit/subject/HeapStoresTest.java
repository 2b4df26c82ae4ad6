package dev.minotaur.auth.testkit.subject;

import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.Durability;
import dev.minotaur.auth.testkit.StoreFixture;

/** The kit is green on a correct store, from another package, as an author's class is. */
class HeapStoresTest extends AuthStoresContract {

    @Override
    protected StoreFixture fixture() {
        return new HeapFixture(Durability.HEAP_ONLY);
    }
}
