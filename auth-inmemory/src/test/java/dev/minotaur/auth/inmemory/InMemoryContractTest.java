package dev.minotaur.auth.inmemory;

import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.Durability;
import dev.minotaur.auth.testkit.StoreFixture;

/** The contract on the heap: two handles are the same stores, and a restart forgets them. */
final class InMemoryContractTest extends AuthStoresContract {

    @Override
    protected StoreFixture fixture() {
        return new StoreFixture() {
            private AuthStores stores = InMemoryAuthStores.create();

            @Override
            public AuthStores open() {
                return stores;
            }

            @Override
            public void restart() {
                stores = InMemoryAuthStores.create();
            }

            @Override
            public Durability durability() {
                return Durability.HEAP_ONLY;
            }

            @Override
            public void close() {}
        };
    }
}
