package dev.minotaur.auth.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.jdbi.support.CountingDataSource;
import dev.minotaur.auth.jdbi.support.PostgresDatabase;
import dev.minotaur.auth.jdbi.support.PostgresServer;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Calls that get in each other's way: none fails, and none undoes another. */
@Timeout(60)
final class ContentionTest {

    private static final int THREADS = 8;

    @Test
    void callThatIsChosenToEndADeadlockIsRunAgain() throws Exception {
        try (PostgresDatabase database = PostgresServer.newest().migrated()) {
            CountingDataSource counting = CountingDataSource.over(database.runtime());
            JdbiAuthStores stores = Server.stores(counting.dataSource());
            UserRecord first = Samples.user();
            UserRecord second = Samples.user();
            stores.users().insert(first);
            counting.reset();
            try (HeldTransaction held = HeldTransaction.on(database)) {
                held.stores().users().insert(second);
                UserRecord wanted =
                        first.toBuilder().version(2).email(second.email()).build();
                CompletableFuture<UpdateUserOutcome> outcome =
                        CompletableFuture.supplyAsync(() -> stores.users().update(wanted, 1));
                awaitWaiting(database);
                held.stores().users().update(first.toBuilder().version(2).build(), 1);
                held.commit();
                assertThat(outcome.get(20, TimeUnit.SECONDS)).isEqualTo(UpdateUserOutcome.STALE);
            }
            assertThat(counting.statements()).as("run again").hasSizeGreaterThan(1);
            assertThat(deadlocks(database)).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void usersThatTakeEachOthersIdentifiersNeverShareOne(Server server) throws Exception {
        try (TestDatabase database = server.database();
                HikariDataSource pool = database.runtimePool(THREADS, true)) {
            JdbiAuthStores stores = Server.stores(pool);
            List<UserRecord> users = List.of(Samples.user(), Samples.user(), Samples.user());
            List<UserRecord> identifiers = List.of(Samples.user(), Samples.user(), users.get(0), users.get(1));
            users.forEach(stores.users()::insert);
            AtomicInteger updated = new AtomicInteger();
            together((thread, round) -> {
                UserRecord user = stores.users()
                        .findById(users.get((thread + round) % users.size()).id())
                        .orElseThrow();
                EmailAddress email = identifiers
                        .get((thread + round * 3) % identifiers.size())
                        .email();
                Username username = identifiers
                        .get((thread * 5 + round) % identifiers.size())
                        .username()
                        .orElseThrow();
                UserRecord next = user.toBuilder()
                        .version(user.version() + 1)
                        .email(email)
                        .username(username)
                        .build();
                if (stores.users().update(next, user.version()) == UpdateUserOutcome.UPDATED) {
                    updated.incrementAndGet();
                }
            });
            int versions = Ask.number(database.admin(), "SELECT CAST(sum(version - 1) AS int) FROM auth.auth_users");
            assertThat(versions).isEqualTo(updated.get()).isPositive();
        }
    }

    @ParameterizedTest
    @EnumSource
    void purgesAndDeletionsSideBySideCountEachTokenOnce(Server server) throws Exception {
        try (TestDatabase database = server.database();
                HikariDataSource pool = database.runtimePool(THREADS, true)) {
            JdbiAuthStores stores = Server.stores(pool);
            List<UserRecord> users = List.of(Samples.user(), Samples.user(), Samples.user(), Samples.user());
            List<StoredToken> tokens = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                StoredToken token = Samples.session(users.get(i % users.size()));
                stores.tokens().insert(token);
                tokens.add(token);
            }
            AtomicInteger deleted = new AtomicInteger();
            together((thread, round) -> {
                StoredToken token = tokens.get((thread * 50 + round) % tokens.size());
                switch (thread % 4) {
                    case 0 -> deleted.addAndGet(stores.tokens().deleteExpired(token.expiresAt(), 7));
                    case 1 -> deleted.addAndGet(stores.tokens().delete(token.id()) ? 1 : 0);
                    case 2 ->
                        stores.tokens().touch(token.id(), token.lastUsedAt().plusSeconds(round + 1));
                    default -> {
                        if (round == 30) {
                            deleted.addAndGet(stores.tokens().deleteByUser(token.user(), TokenScope.everything()));
                        }
                    }
                }
            });
            int left = Ask.number(database.admin(), "SELECT CAST(count(*) AS int) FROM auth.auth_tokens");
            assertThat(deleted.get() + left).isEqualTo(tokens.size());
        }
    }

    @Test
    void purgeOnPostgresqlDoesNotWaitForARowThatAnotherCallHolds() {
        try (PostgresDatabase database = PostgresServer.newest().migrated();
                HeldTransaction held = HeldTransaction.on(database)) {
            PGSimpleDataSource impatient = database.runtime();
            impatient.setOptions("-c lock_timeout=2000");
            JdbiAuthStores stores = Server.stores(impatient);
            UserRecord user = closed();
            UserRecord other = closed();
            StoredToken token = Samples.session(Samples.user());
            AttemptKey key = Samples.key();
            stores.tokens().insert(token);
            stores.tokens().insert(Samples.session(Samples.user()));
            stores.attempts().record(key, 0, new Attempts(1, Samples.NOW));
            stores.attempts().record(Samples.key(), 0, new Attempts(1, Samples.NOW));
            stores.users().insert(user);
            stores.users().insert(other);
            held.stores().users().update(user.toBuilder().version(2).build(), 1);
            held.stores().tokens().touch(token.id(), Samples.NOW.plusSeconds(1));
            held.stores().attempts().record(key, 1, new Attempts(2, Samples.NOW));
            assertThat(stores.users().deleteClosed(user.updatedAt(), 10)).containsExactly(other.id());
            assertThat(stores.tokens().deleteExpired(token.expiresAt(), 10)).isEqualTo(1);
            assertThat(stores.attempts().deleteOlder(Samples.NOW, 10)).isEqualTo(1);
        }
    }

    private static UserRecord closed() {
        return Samples.user().toBuilder().status(UserStatus.CLOSED).build();
    }

    private interface Call {
        void make(int thread, int round);
    }

    private static void together(Call call) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int number = thread;
            running.add(threads.submit(() -> {
                start.await();
                for (int round = 0; round < 50; round++) {
                    call.make(number, round);
                }
                return null;
            }));
        }
        threads.shutdown();
        for (Future<?> each : running) {
            each.get();
        }
    }

    private static void awaitWaiting(PostgresDatabase database) {
        String waiting = "SELECT count(*) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND wait_event_type = 'Lock'";
        while (Ask.number(database.admin(), waiting) == 0) {
            Thread.onSpinWait();
        }
    }

    private static int deadlocks(PostgresDatabase database) {
        String deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";
        int found = 0;
        while (found == 0) {
            found = Ask.number(database.admin(), deadlocks);
        }
        return found;
    }
}
