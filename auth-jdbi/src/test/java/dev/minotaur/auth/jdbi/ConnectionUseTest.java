package dev.minotaur.auth.jdbi;

import static dev.minotaur.auth.jdbi.Server.stores;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.minotaur.auth.jdbi.support.CountingDataSource;
import dev.minotaur.auth.jdbi.support.PostgresDatabase;
import dev.minotaur.auth.jdbi.support.PostgresServer;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import dev.minotaur.auth.spi.UserRecord;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PreferQueryMode;

/** How the stores use connections: the settings of a pool or a proxy make no difference. */
final class ConnectionUseTest {

    @ParameterizedTest
    @EnumSource
    void poolOfOneWithoutAutocommitIsEnoughAndLosesNothing(Server server) {
        UserRecord user = Samples.user();
        try (TestDatabase database = server.database();
                HikariDataSource pool = database.runtimePool(1, false)) {
            JdbiAuthStores stores = stores(pool);
            EveryVerb.of(stores);
            stores.users().insert(user);
            assertThat(stores(database.runtime()).users().findById(user.id())).contains(user);
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void connectionIsGivenBackAsItCame(Server server) throws SQLException {
        try (TestDatabase database = server.database();
                Connection connection = database.runtime().getConnection()) {
            SharedConnection shared = new SharedConnection(connection);
            for (boolean autoCommit : new boolean[] {false, true}) {
                connection.setAutoCommit(autoCommit);
                EveryVerb.of(stores(shared.dataSource()));
                assertThat(connection.getAutoCommit()).isEqualTo(autoCommit);
            }
            assertThat(shared.taken()).isEqualTo(shared.givenBack());
        }
    }

    @ParameterizedTest
    @EnumSource
    void statementsAreTheOnlyThingAConnectionIsTakenFor(Server server) {
        try (TestDatabase database = server.database()) {
            CountingDataSource counting = CountingDataSource.over(database.runtime());
            EveryVerb.of(stores(counting.dataSource()));
            assertThat(counting.commits()).as("deleteClosed on H2").isEqualTo(server == Server.H2 ? 1 : 0);
            assertThat(counting.rollbacks()).isZero();
            assertThat(counting.statements())
                    .hasSize((int) (counting.reads() + counting.writes()))
                    .allMatch(sql -> sql.contains("auth.auth_") || sql.contains("server_encoding"))
                    .noneMatch(sql -> sql.toLowerCase(Locale.ROOT).contains("advisory"));
        }
    }

    @Test
    void proxyThatPoolsTransactionsGetsNoPreparedStatementAndNoSearchPath() {
        try (PostgresDatabase database = PostgresServer.newest().migrated()) {
            PGSimpleDataSource pooled = database.runtime();
            pooled.setPrepareThreshold(0);
            pooled.setOptions("-c search_path=pg_catalog");
            EveryVerb.of(stores(pooled));
        }
    }

    @Test
    void simpleQueryProtocolDoes() {
        try (PostgresDatabase database = PostgresServer.newest().migrated()) {
            PGSimpleDataSource simple = database.runtime();
            simple.setPreferQueryMode(PreferQueryMode.SIMPLE);
            EveryVerb.of(stores(simple));
        }
    }

    @Test
    void preparedAndBinaryStatementsGiveTheSameRows() throws SQLException {
        try (PostgresDatabase database = PostgresServer.newest().migrated();
                Connection connection = database.runtime().getConnection()) {
            connection.unwrap(PGConnection.class).setPrepareThreshold(-1);
            JdbiAuthStores stores = stores(new SharedConnection(connection).dataSource());
            EveryVerb.of(stores);
            EveryVerb.of(stores);
        }
    }

    @Test
    void serializableTransactionsDo() {
        try (PostgresDatabase database = PostgresServer.newest().migrated()) {
            PGSimpleDataSource serializable = database.runtime();
            serializable.setOptions("-c default_transaction_isolation=serializable");
            EveryVerb.of(stores(serializable));
        }
    }

    @ParameterizedTest
    @EnumSource
    void localeOfTheProgramMakesNoDifference(Server server) {
        Locale before = Locale.getDefault();
        try (TestDatabase database = server.database()) {
            Locale.setDefault(
                    new Locale.Builder().setLanguage("tr").setRegion("TR").build());
            assertThat("I".toLowerCase(Locale.getDefault())).isEqualTo("\u0131");
            EveryVerb.of(stores(database.runtime()));
        } finally {
            Locale.setDefault(before);
        }
    }
}
