package consumer;

import dev.minotaur.auth.inmemory.InMemoryAuthStores;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.Durability;
import dev.minotaur.auth.testkit.StoreFixture;

/** The kit over the published stores on the heap. */
final class InMemoryStoresTest extends AuthStoresContract {

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
