package dev.minotaur.auth.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.zaxxer.hikari.HikariDataSource;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.jdbi.support.H2Database;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoreException.Effect;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.UserRecord;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store says about a call that failed, and that it never keeps a connection. */
final class FailureTest {

    private static TestDatabase database;

    private final UserRecord user = Samples.user();
    private FaultyDataSource faulty;
    private JdbiAuthStores stores;

    @BeforeAll
    static void start() {
        database = H2Database.inMemory();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void open() {
        faulty = new FaultyDataSource(database.runtime());
        stores = Server.stores(faulty.dataSource());
    }

    @AfterEach
    void everyConnectionWasGivenBack() {
        assertThat(faulty.allGivenBack()).isTrue();
        assertThat(faulty.mostOpen()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        // The connection broke, or the server went away, while the statement ran.
        "08000, UNKNOWN",
        "08003, UNKNOWN",
        "08006, UNKNOWN",
        "08007, UNKNOWN",
        "08P01, UNKNOWN",
        "57P01, UNKNOWN",
        "57P02, UNKNOWN",
        "57P03, UNKNOWN",
        "57P05, UNKNOWN",
        "25P03, UNKNOWN",
        "25P04, UNKNOWN",
        // Time ran out.
        "57014, UNKNOWN",
        // The database says that it does not know, or nothing that can be relied on.
        "40003, UNKNOWN",
        "58030, UNKNOWN",
        "XX000, UNKNOWN",
        "90067, UNKNOWN",
        "90121, UNKNOWN",
        "HY000, UNKNOWN",
        "99999, UNKNOWN",
        "0, UNKNOWN",
        ", UNKNOWN",
        // The database refused the statement.
        "07006, NONE",
        "0A000, NONE",
        "22001, NONE",
        "22021, NONE",
        "23502, NONE",
        "23503, NONE",
        "23506, NONE",
        "23513, NONE",
        "23514, NONE",
        "25006, NONE",
        "25P02, NONE",
        "26000, NONE",
        "28000, NONE",
        "3D000, NONE",
        "3F000, NONE",
        "40002, NONE",
        "42501, NONE",
        "42601, NONE",
        "42P01, NONE",
        "42P05, NONE",
        "44000, NONE",
        "53100, NONE",
        "53200, NONE",
        "53300, NONE",
        "54000, NONE",
        "55P03, NONE",
        "HYT00, NONE",
    })
    void effectOfAWriteIsToldByTheSqlState(String sqlState, Effect effect) {
        faulty.fail(new SQLException("text", sqlState), FaultyDataSource.running());
        StoreException failure = failureOf(() -> stores.users().insert(user));
        assertThat(failure.effect()).isEqualTo(effect);
        assertThat(faulty.failures()).isEqualTo(1);
        assertThat(failure)
                .hasMessage("could not insert a user" + (sqlState == null ? "" : " (SQLSTATE " + sqlState + ")"));
        assertThat(failureOf(() -> stores.users().delete(user.id())).effect()).isEqualTo(effect);
        assertThat(failureOf(() -> stores.attempts().clear(Samples.key())).effect())
                .isEqualTo(effect);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "57014", "42501", "XX000"})
    void readNeverHasAnEffect(String sqlState) {
        StoredToken token = Samples.session(user);
        faulty.fail(new SQLException("text", sqlState), FaultyDataSource.running());
        assertThat(failureOf(() -> stores.users().findById(user.id())).effect()).isEqualTo(Effect.NONE);
        assertThat(failureOf(() -> stores.tokens().find(token.id())).effect()).isEqualTo(Effect.NONE);
        assertThat(failureOf(() -> stores.findTokenWithUser(token.id())).effect())
                .isEqualTo(Effect.NONE);
        assertThat(failureOf(() -> stores.attempts().find(Samples.key())).effect())
                .isEqualTo(Effect.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "90131", "23505"})
    void callThatLostARaceIsRunAgain(String sqlState) {
        faulty.failTimes(3, new SQLException("text", sqlState), FaultyDataSource.running());
        assertThat(stores.users().insert(user)).isEqualTo(InsertUserOutcome.INSERTED);
        assertThat(faulty.failures()).isEqualTo(3);
        faulty.failTimes(3, new SQLException("text", sqlState), FaultyDataSource.running());
        assertThat(stores.users().findById(user.id())).contains(user);
        assertThat(faulty.failures()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "90131", "23505"})
    void callThatLosesEveryRaceGivesUpAndHasDoneNothing(String sqlState) {
        faulty.fail(new SQLException("text", sqlState), FaultyDataSource.running());
        assertThat(failureOf(() -> stores.users().insert(user)).effect()).isEqualTo(Effect.NONE);
        assertThat(faulty.failures()).isEqualTo(10);
    }

    @Test
    void failureWithoutSqlExceptionLeavesAWriteUnknown() {
        faulty.fail(new IllegalStateException("text"), FaultyDataSource.running());
        assertThat(failureOf(() -> stores.users().insert(user)).effect()).isEqualTo(Effect.UNKNOWN);
        assertThat(failureOf(() -> stores.users().findById(user.id())).effect()).isEqualTo(Effect.NONE);
    }

    @Test
    void timeoutLeavesAWriteUnknown() {
        faulty.fail(new SQLTimeoutException("text"), FaultyDataSource.running());
        assertThat(failureOf(() -> stores.users().insert(user)).effect()).isEqualTo(Effect.UNKNOWN);
        faulty.fail(new SQLException("text", "08006", new SocketTimeoutException("text")), FaultyDataSource.running());
        assertThat(failureOf(() -> stores.users().insert(user)).effect()).isEqualTo(Effect.UNKNOWN);
    }

    @Test
    void writeThatWasNeverSentHasNoEffect() {
        faulty.fail(new SQLException("text", "08006"), "prepareStatement");
        assertThat(failureOf(() -> stores.users().insert(user)).effect()).isEqualTo(Effect.NONE);
        faulty.fail(new SQLException("text", "08006"), "setObject");
        assertThat(failureOf(() -> stores.users().insert(user)).effect()).isEqualTo(Effect.NONE);
    }

    @Test
    void callThatGotNoConnectionHasNoEffect() {
        for (Throwable failure : new Throwable[] {
            new SQLTransientConnectionException("no connection in time"),
            new SQLException("text", "08001"),
            new SQLException("text", "57P03"),
            new IllegalStateException("closed")
        }) {
            faulty.fail(failure, "getConnection");
            assertThat(failureOf(() -> stores.users().insert(user)).effect()).isEqualTo(Effect.NONE);
            assertThat(failureOf(() -> stores.users().findById(user.id())).effect())
                    .isEqualTo(Effect.NONE);
        }
        faulty.fail(new SQLException("text", "08006"), "getAutoCommit");
        StoreException failure = failureOf(() -> stores.users().insert(user));
        assertThat(failure.effect()).isEqualTo(Effect.NONE);
        assertThat(failure).hasMessage("could not insert a user: no connection");
    }

    @Test
    void connectionOfWhichAutocommitCannotBeSetIsNotUsed() {
        try (HikariDataSource pool = database.runtimePool(1, false)) {
            FaultyDataSource manual = new FaultyDataSource(pool);
            JdbiAuthStores onManual = Server.stores(manual.dataSource());
            manual.fail(new SQLException("text", "08006"), "setAutoCommit");
            assertThat(failureOf(() -> onManual.users().insert(user)).effect()).isEqualTo(Effect.NONE);
            assertThat(manual.allGivenBack()).isTrue();
            manual.heal();
            assertThat(onManual.users().findById(user.id())).isEmpty();
        }
    }

    @Test
    void autocommitThatCannotBeSetBackLeavesTheOutcomeAsItIs() {
        try (HikariDataSource pool = database.runtimePool(1, false)) {
            FaultyDataSource manual = new FaultyDataSource(pool);
            JdbiAuthStores onManual = Server.stores(manual.dataSource());
            manual.failAfter(1, new SQLException("text", "08006"), "setAutoCommit");
            assertThat(onManual.users().insert(user)).isEqualTo(InsertUserOutcome.INSERTED);
            assertThat(manual.failures()).isEqualTo(1);
            assertThat(manual.allGivenBack()).isTrue();
        }
    }

    @Test
    void statusOfALaterVersionShutsTheAccount() {
        stores.users().insert(user);
        database.administer("UPDATE auth.auth_users SET status = 'FROZEN' WHERE id = '" + user.id() + "'");
        assertThat(stores.users().findById(user.id()))
                .contains(user.toBuilder().status(UserStatus.DISABLED).build());
    }

    @Test
    void storesAreNotOpenedWithoutAConnection() {
        faulty.fail(new SQLException("text", "08001"), "getConnection");
        assertThat(failureOf(() -> JdbiAuthStores.create(faulty.dataSource())).effect())
                .isEqualTo(Effect.NONE);
    }

    @Test
    void whatWasDoneStaysDoneWhenTheConnectionCannotBeGivenBack() {
        faulty.fail(new SQLException("text", "08006"), "Connection.close");
        assertThat(stores.users().insert(user)).isEqualTo(InsertUserOutcome.INSERTED);
        assertThat(stores.users().findById(user.id())).contains(user);
    }

    @Test
    void rowThatCannotBeReadIsAFailureAndNotAnAbsence() {
        StoredToken token = Samples.inSlot(user, "slot");
        stores.tokens().insertIntoSlot(token, Samples.NOW);
        database.administer("UPDATE auth.auth_tokens SET slot = ' ' WHERE id = '" + token.id() + "'");
        assertThat(failureOf(() -> stores.tokens().find(token.id())).effect()).isEqualTo(Effect.NONE);
        assertThat(failureOf(() -> stores.tokens().consume(token.id(), token.purpose(), token.digest()))
                        .effect())
                .isEqualTo(Effect.UNKNOWN);
    }

    @Test
    void causeTellsClassesAndCodesAndWhereItHappened() {
        SQLException original = new SQLException("text", "08006", 17, new IOException("text"));
        faulty.fail(original, FaultyDataSource.running());
        Throwable cause = failureOf(() -> stores.users().insert(user)).getCause();
        assertThat(cause).hasMessage("org.jdbi.v3.core.statement.UnableToExecuteStatementException");
        assertThat(cause.getCause()).hasMessage("java.sql.SQLException, SQLSTATE 08006, code 17");
        assertThat(cause.getCause().getStackTrace()).isEqualTo(original.getStackTrace());
        assertThat(cause.getCause().getCause())
                .hasMessage("java.io.IOException")
                .hasNoCause();
    }

    @Test
    void circleOfCausesEnds() {
        RuntimeException first = new IllegalStateException("text");
        first.initCause(new IllegalStateException("text", first));
        faulty.fail(first, FaultyDataSource.running());
        assertThat(failureOf(() -> stores.users().insert(user)).effect()).isEqualTo(Effect.UNKNOWN);
    }

    private static StoreException failureOf(Runnable call) {
        StoreException failure = catchThrowableOfType(StoreException.class, call::run);
        assertThat(failure).as("the call has to fail").isNotNull();
        return failure;
    }
}
