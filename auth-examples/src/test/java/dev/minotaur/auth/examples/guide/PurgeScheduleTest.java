package dev.minotaur.auth.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.examples.DownStores;
import dev.minotaur.auth.examples.Logged;
import dev.minotaur.auth.inmemory.InMemoryAuthStores;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

final class PurgeScheduleTest {

    private final AuthStores stores = InMemoryAuthStores.create();
    private final UserId user = new UserId(UUID.randomUUID());

    private void insert(Instant expiresAt) {
        stores.tokens()
                .insert(StoredToken.builder()
                        .id(new TokenId(UUID.randomUUID()))
                        .user(user)
                        .purpose(TokenPurpose.SESSION)
                        .digest(TokenDigest.of(new byte[32]))
                        .issuedAt(Instant.EPOCH)
                        .lastUsedAt(Instant.EPOCH)
                        .expiresAt(expiresAt)
                        .build());
    }

    @Test
    void aPurgeGoesOnUntilAllThatHasExpiredIsGone() {
        for (int i = 0; i < 2 * PurgeSchedule.LIMIT + 1; i++) {
            insert(Instant.EPOCH.plusSeconds(1));
        }
        insert(Instant.parse("9999-01-01T00:00:00Z"));

        try (Accounts accounts = Accounts.builder(stores).build()) {
            PurgeSchedule.purge(accounts.administration());
        }

        assertThat(stores.tokens().listByUser(user, TokenPurpose.SESSION)).hasSize(1);
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aStoreThatIsDownDoesNotEndTheSchedule() {
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        AuthStores down = DownStores.failingWith(StoreException.nothingHappened("no connection", null));
        try (Logged log = Logged.by("purge");
                Accounts accounts = Accounts.builder(down).build()) {
            ScheduledFuture<?> schedule = PurgeSchedule.start(timer, accounts.administration(), Duration.ofMillis(1));
            while (log.messages().size() < 3) {
                Thread.onSpinWait();
            }
            assertThat(schedule.isDone()).isFalse();
        } finally {
            timer.shutdownNow();
        }
    }
}
