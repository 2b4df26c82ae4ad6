package org.example.store;

import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.StoreFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

// region adapter
class RocksStoresTest extends AuthStoresContract {

    @TempDir
    Path directory;

    @Override
    protected StoreFixture fixture() {
        return new StoreFixture() {
            private Database database = new Database(directory);

            @Override
            public AuthStores open() {
                return new RocksAuthStores(database);
            }

            @Override
            public void restart() {
                close();
                database = new Database(directory);
            }

            @Override
            public void close() {
                database.close();
            }
        };
    }
}
// end region
