package org.example.store;

import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.BackendFaults;
import dev.minotaur.auth.testkit.StoreFixture;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

// region adapter
class RocksStoresTest extends AuthStoresContract {

    private static final Failures FAILURES = new Failures();

    @TempDir
    private static Path directory;

    private static Database database;

    @BeforeAll
    static void openDatabase() {
        database = FAILURES.open(directory);
    }

    @AfterAll
    static void closeDatabase() {
        database.close();
    }

    @Override
    protected StoreFixture fixture() {
        return new StoreFixture() {
            @Override
            public AuthStores open() {
                return new RocksAuthStores(database);
            }

            @Override
            public void restart() {
                closeDatabase();
                openDatabase();
            }

            @Override
            public Optional<BackendFaults> faults() {
                return Optional.of(FAILURES);
            }

            @Override
            public Optional<String> dump() {
                return Optional.of(everything());
            }

            @Override
            public void close() {}
        };
    }
    // end region

    /** Each key and each value, as text and as hexadecimal digits. */
    private static String everything() {
        return database.read("dump", step -> {
            StringBuilder dump = new StringBuilder();
            byte[] all = {};
            for (byte[] key : step.keys(all, all, Integer.MAX_VALUE)) {
                line(dump, key);
                line(dump, step.get(key).orElseThrow());
            }
            return dump.toString();
        });
    }

    private static void line(StringBuilder dump, byte[] bytes) {
        dump.append(new String(bytes, StandardCharsets.UTF_8)).append('\n');
        dump.append(HexFormat.of().formatHex(bytes)).append('\n');
    }
}
