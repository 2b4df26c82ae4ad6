package dev.minotaur.auth.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.ImportedUser;
import dev.minotaur.auth.SignInRefusal;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoreException.Effect;
import dev.minotaur.auth.testkit.MutableClock;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a store of attempts does with more names than it has room for. */
class AttemptRoomTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(7));

    @Test
    void aMillionNamesLeaveWhatIsBlockedBlocked() {
        InMemoryAuthStores stores = InMemoryAuthStores.withAttemptRecords(1000);
        CountingHasher hasher = new CountingHasher();
        Accounts accounts = Accounts.builder(stores)
                .hasher(hasher)
                .clock(new MutableClock(NOW))
                .build();
        RawPassword right = RawPassword.ofString("correct horse battery");
        var unused = accounts.userImport()
                .add(ImportedUser.of("ada@example.com")
                        .passwordHash(hasher.hash(right))
                        .emailProven());
        for (int i = 0; i < 5; i++) {
            var wrong = accounts.signIn().withPassword("ada@example.com", RawPassword.ofString("wrong"));
            assertThat(wrong).isInstanceOf(SignInResult.Refused.class);
        }
        AttemptStore attempts = stores.attempts();
        int kept = 0;
        for (int i = 0; i < 1_000_000; i++) {
            kept += keeps(attempts, key(i), new Attempts(1, NOW)) ? 1 : 0;
        }

        assertThat(kept).isEqualTo(999);
        assertThat(accounts.signIn().withPassword("ada@example.com", right))
                .isInstanceOfSatisfying(SignInResult.Refused.class, refused -> assertThat(refused.reason())
                        .isEqualTo(SignInRefusal.TOO_MANY_ATTEMPTS));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> accounts.signIn().withPassword("bob@example.com", right))
                .matches(failure -> failure.effect() == Effect.NONE);
        assertThat(hasher.computations()).isEqualTo(6);
    }

    @Test
    void whatNobodyWaitsForGivesWayOldestFirst() {
        AttemptStore attempts = InMemoryAuthStores.withAttemptRecords(2).attempts();
        assertThat(attempts.record(key(1), 0, new Attempts(1, LONG_AGO))).isTrue();
        assertThat(attempts.record(key(2), 0, new Attempts(1, LONG_AGO))).isTrue();
        assertThat(attempts.record(key(1), 1, new Attempts(2, LONG_AGO.plusNanos(1000))))
                .isTrue();
        assertThat(attempts.record(key(3), 0, new Attempts(1, NOW))).isTrue();
        assertThat(attempts.find(key(2))).isEmpty();
        assertThat(keeps(attempts, key(4), new Attempts(1, NOW))).isFalse();
        assertThat(keeps(attempts, key(4), new Attempts(1, NOW.plusNanos(1000))))
                .isTrue();
        assertThat(attempts.find(key(1))).isEmpty();
        assertThat(attempts.find(key(3))).contains(new Attempts(1, NOW));
    }

    @Test
    void aKeyThatIsThereNeedsNoRoom() {
        AttemptStore attempts = InMemoryAuthStores.withAttemptRecords(1).attempts();
        assertThat(attempts.record(key(1), 0, new Attempts(1, NOW))).isTrue();
        assertThat(attempts.record(key(1), 1, new Attempts(2, NOW))).isTrue();
        assertThat(attempts.record(key(2), 1, new Attempts(2, NOW)))
                .as("another count than is there")
                .isFalse();
        assertThat(keeps(attempts, key(2), new Attempts(1, NOW))).isFalse();
        assertThat(attempts.clear(key(1))).isTrue();
        assertThat(keeps(attempts, key(2), new Attempts(1, NOW))).isTrue();
    }

    @Test
    void aStoreHasRoomForOneAtLeast() {
        assertThatIllegalArgumentException().isThrownBy(() -> InMemoryAuthStores.withAttemptRecords(0));
    }

    @Test
    void theRoomIsThatOfTheDefaultAndARecordTakesAboutTwoHundredBytes() {
        int records = InMemoryAuthStores.DEFAULT_ATTEMPT_RECORDS;
        AttemptStore attempts = InMemoryAuthStores.create().attempts();
        long before = heapInUse();
        for (int i = 0; i < records; i++) {
            assertThat(keeps(attempts, key(i), new Attempts(1, NOW.plusNanos(1000L * i))))
                    .isTrue();
        }
        assertThat((heapInUse() - before) / records).isBetween(150L, 250L);
        assertThat(attempts.find(key(0))).as("kept until here").isPresent();
        assertThat(keeps(attempts, key(records), new Attempts(1, NOW))).isFalse();
    }

    private static long heapInUse() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    private static boolean keeps(AttemptStore attempts, AttemptKey key, Attempts next) {
        try {
            return attempts.record(key, 0, next);
        } catch (StoreException full) {
            assertThat(full.effect()).isEqualTo(Effect.NONE);
            return false;
        }
    }

    private static AttemptKey key(int number) {
        return AttemptKey.of(
                ByteBuffer.allocate(AttemptKey.LENGTH).putInt(number).array());
    }
}
