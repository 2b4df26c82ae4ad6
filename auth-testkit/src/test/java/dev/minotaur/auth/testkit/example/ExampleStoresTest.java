package dev.minotaur.auth.testkit.example;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.BackendFaults;
import dev.minotaur.auth.testkit.StoreFixture;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.BeforeAll;

/** The stores of the page for store authors keep the contract. */
// region adapter
class ExampleStoresTest extends AuthStoresContract {

    private static final String URL = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    private static final ConcurrentMap<AttemptKey, Attempts> ATTEMPTS = new ConcurrentHashMap<>();

    @BeforeAll
    static void createTables() throws SQLException, IOException {
        try (Connection connection = DriverManager.getConnection(URL);
                Statement statement = connection.createStatement();
                InputStream tables = ExampleStoresTest.class.getResourceAsStream("/example/tables.sql")) {
            statement.execute(new String(tables.readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    @Override
    protected StoreFixture fixture() {
        return new StoreFixture() {
            private final List<JdbcConnectionPool> pools = new ArrayList<>();
            private final FailingConnections faults = new FailingConnections();

            @Override
            public AuthStores open() {
                JdbcConnectionPool pool = JdbcConnectionPool.create(URL, "", "");
                pools.add(pool);
                Transactions transactions = new Transactions(faults.over(pool));
                return AuthStores.of(
                        new SqlUsers(transactions), new SqlTokens(transactions), new KeyValueAttempts(ATTEMPTS));
            }

            @Override
            public void restart() {
                close();
            }

            @Override
            public Optional<BackendFaults> faults() { // not needed; see "When the backend fails"
                return Optional.of(faults);
            }

            @Override
            public void close() {
                pools.forEach(JdbcConnectionPool::dispose);
                pools.clear();
            }
        };
    }
}
// end region
