package dev.minotaur.auth.jdbi;

import static dev.minotaur.auth.jdbi.Server.stores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.minotaur.auth.jdbi.support.H2Database;
import dev.minotaur.auth.jdbi.support.PostgresDatabase;
import dev.minotaur.auth.jdbi.support.PostgresServer;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoreException.Effect;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.testkit.BackendFaults.Moment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What the stores say when the server or the way to it goes away. */
final class ConnectionLossTest {

    private static PostgresDatabase database;

    private final UserRecord user = Samples.user();

    @BeforeAll
    static void start() {
        database = PostgresServer.newest().migrated();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @Test
    void writeWhoseAnswerIsLostMayHaveHappenedAndARetryFindsOut() {
        PGSimpleDataSource through = database.runtime();
        try (CuttingProxy proxy = new CuttingProxy(through.getServerNames()[0], through.getPortNumbers()[0])) {
            through.setServerNames(new String[] {"127.0.0.1"});
            through.setPortNumbers(new int[] {proxy.port()});
            try (HikariDataSource pool = TestDatabase.pool(through, 1, true)) {
                JdbiAuthStores stores = stores(pool);
                proxy.loseAnswers();
                StoreException failure = failureOf(() -> stores.users().insert(user));
                assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
                assertThat(failure).hasMessage("could not insert a user (SQLSTATE 08006)");
            }
        }
        JdbiAuthStores direct = stores(database.runtime());
        assertThat(direct.users().findById(user.id())).contains(user);
        assertThat(direct.users().insert(user)).isEqualTo(InsertUserOutcome.ALREADY_INSERTED);
    }

    @Test
    void writeWhoseSessionIsEndedByTheServerMayHaveHappened() throws Exception {
        JdbiAuthStores stores = stores(database.runtime());
        stores.users().insert(user);
        try (HeldTransaction held = HeldTransaction.on(database)) {
            held.stores().users().delete(user.id());
            CompletableFuture<StoreException> failure = CompletableFuture.supplyAsync(
                    () -> failureOf(() -> stores.users().delete(user.id())));
            endWaitingSession();
            assertThat(get(failure).effect()).isEqualTo(Effect.UNKNOWN);
            assertThat(get(failure)).hasMessage("could not delete a user (SQLSTATE 57P01)");
        }
    }

    @Test
    void callOnAServerThatIsGoneHasNoEffect() {
        H2Database gone = H2Database.inMemory();
        try (HikariDataSource pool = gone.runtimePool(1, true)) {
            JdbiAuthStores stores = stores(pool);
            StoredToken token = Samples.session(user);
            stores.tokens().insert(token);
            gone.shutDown();
            pool.getHikariPoolMXBean().softEvictConnections();
            assertThat(failureOf(() -> stores.findTokenWithUser(token.id())).effect())
                    .isEqualTo(Effect.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void poolOfOneGoesOnAfterItsConnectionHasBroken(Moment moment) {
        BreakingConnections faults = new BreakingConnections();
        try (HikariDataSource pool = TestDatabase.pool(faults.over(database.runtime()), 1, false)) {
            JdbiAuthStores stores = stores(pool);
            faults.arm(1, moment);
            StoreException failure = failureOf(() -> stores.users().insert(user));
            assertThat(faults.disarm()).isTrue();
            assertThat(failure.effect()).isEqualTo(Effect.UNKNOWN);
            boolean stored = moment == Moment.AFTER_EFFECT;
            assertThat(stores.users().findById(user.id()).isPresent()).isEqualTo(stored);
            faults.arm(1, moment);
            assertThat(failureOf(() -> stores.users().findById(user.id())).effect())
                    .isEqualTo(Effect.NONE);
            assertThat(stores.users().insert(user))
                    .isEqualTo(stored ? InsertUserOutcome.ALREADY_INSERTED : InsertUserOutcome.INSERTED);
        }
    }

    @Test
    void callOnAClosedPoolHasNoEffect() {
        HikariDataSource pool = database.runtimePool(1, true);
        JdbiAuthStores stores = stores(pool);
        pool.close();
        assertThat(failureOf(() -> stores.users().insert(user)).effect()).isEqualTo(Effect.NONE);
        assertThat(failureOf(() -> stores.users().findById(user.id())).effect()).isEqualTo(Effect.NONE);
    }

    @Test
    void writeOnAReadOnlyReplicaHasNoEffect() {
        PGSimpleDataSource readOnly = database.runtime();
        readOnly.setOptions("-c default_transaction_read_only=on");
        StoreException failure = failureOf(() -> stores(readOnly).users().insert(user));
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(failure).hasMessage("could not insert a user (SQLSTATE 25006)");
    }

    @Test
    void writeThatTimesOutMayHaveHappenedAndOneThatGotNoLockHasNot() {
        JdbiAuthStores stores = stores(database.runtime());
        stores.users().insert(user);
        PGSimpleDataSource hasty = database.runtime();
        try (HeldTransaction held = HeldTransaction.on(database)) {
            held.stores().users().delete(user.id());
            hasty.setOptions("-c statement_timeout=50");
            assertThat(failureOf(() -> stores(hasty).users().delete(user.id())))
                    .hasMessage("could not delete a user (SQLSTATE 57014)")
                    .extracting(StoreException::effect)
                    .isEqualTo(Effect.UNKNOWN);
            hasty.setOptions("-c lock_timeout=50");
            assertThat(failureOf(() -> stores(hasty).users().delete(user.id())))
                    .hasMessage("could not delete a user (SQLSTATE 55P03)")
                    .extracting(StoreException::effect)
                    .isEqualTo(Effect.NONE);
        }
    }

    private static void endWaitingSession() {
        int ended = 0;
        while (ended == 0) {
            ended = Ask.number(
                    database.admin(),
                    "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND wait_event_type = 'Lock'");
        }
    }

    private static StoreException get(CompletableFuture<StoreException> failure)
            throws InterruptedException, ExecutionException, TimeoutException {
        return failure.get(20, TimeUnit.SECONDS);
    }

    private static StoreException failureOf(Runnable call) {
        StoreException failure = catchThrowableOfType(StoreException.class, call::run);
        assertThat(failure).as("the call has to fail").isNotNull();
        return failure;
    }
}
