package dev.minotaur.auth.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.jdbi.support.H2Database;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A race that H2 loses once in some hundred times where one statement both deletes users and answers them. */
@Timeout(60)
final class H2PurgeRaceTest {

    private static final int ROUNDS = 2000;

    @Test
    void userIsReopenedOrPurgedButNotBoth() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (H2Database database = H2Database.inMemory();
                HikariDataSource pool = database.runtimePool(2, true)) {
            JdbiAuthStores stores = Server.stores(pool);
            CyclicBarrier start = new CyclicBarrier(2);
            for (int round = 0; round < ROUNDS; round++) {
                UserRecord user =
                        Samples.user().toBuilder().status(UserStatus.CLOSED).build();
                UserRecord reopened =
                        user.toBuilder().version(2).status(UserStatus.ACTIVE).build();
                stores.users().insert(user);
                Future<UpdateUserOutcome> update = threads.submit(() -> {
                    start.await();
                    return stores.users().update(reopened, 1);
                });
                Future<List<UserId>> purge = threads.submit(() -> {
                    start.await();
                    return stores.users().deleteClosed(user.updatedAt(), 1);
                });
                boolean stays = update.get() == UpdateUserOutcome.UPDATED;
                assertThat(purge.get()).isEqualTo(stays ? List.of() : List.of(user.id()));
                assertThat(stores.users().findById(user.id()).isPresent()).isEqualTo(stays);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
