package dev.minotaur.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MailLimitTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final Duration TICK = Duration.ofNanos(1000);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);

    private final EmailAddress address = new EmailAddress("Ada@Example.com", "ada@example.com");
    private final Counts counts = new Counts();

    @Test
    void theNextMailGoesAtTheExactEndOfTheInterval() {
        MailLimit limit = limit(MINUTE, 5, HOUR);

        assertThat(admit(limit, NOW)).isEmpty();
        assertThat(admit(limit, NOW)).contains(MINUTE);
        assertThat(admit(limit, NOW.plus(MINUTE).minus(TICK))).contains(TICK);
        assertThat(admit(limit, NOW.plus(MINUTE))).isEmpty();
        assertThat(admit(limit, NOW.plus(MINUTE))).contains(MINUTE);
    }

    @Test
    void afterTheLastMailNoneGoesUntilThePauseIsOver() {
        MailLimit limit = limit(MINUTE, 2, HOUR);
        assertThat(admit(limit, NOW)).isEmpty();
        Instant last = NOW.plus(MINUTE);
        assertThat(admit(limit, last)).isEmpty();

        assertThat(admit(limit, last)).contains(HOUR);
        assertThat(admit(limit, last.plus(HOUR).minus(TICK))).contains(TICK);
        assertThat(admit(limit, last.plus(HOUR))).isEmpty();
        assertThat(admit(limit, last.plus(HOUR))).contains(MINUTE);
    }

    @Test
    void theCountGoesThroughBothTurnsAndBack() {
        MailLimit limit = limit(Duration.ZERO, 100, HOUR);
        Instant at = NOW;
        List<Integer> seen = new ArrayList<>();
        for (int turn = 0; turn < 3; turn++) {
            for (int mail = 0; mail < 100; mail++) {
                assertThat(admit(limit, at)).isEmpty();
                seen.add(counts.only().count());
            }
            assertThat(admit(limit, at)).contains(HOUR);
            at = at.plus(HOUR);
        }

        assertThat(seen.subList(0, 200)).startsWith(1, 2).endsWith(199, 200).isSorted();
        assertThat(seen.subList(99, 101)).containsExactly(100, 101);
        assertThat(seen.subList(200, 300)).isEqualTo(seen.subList(0, 100));
    }

    @Test
    void anAddressThatWasQuietForAPauseBeginsAnew() {
        MailLimit limit = limit(MINUTE, 5, HOUR);
        assertThat(admit(limit, NOW)).isEmpty();
        assertThat(admit(limit, NOW.plus(HOUR).minus(TICK))).isEmpty();
        assertThat(counts.only().count()).isEqualTo(2);
        assertThat(admit(limit, NOW.plus(HOUR).minus(TICK).plus(HOUR))).isEmpty();
        assertThat(counts.only().count()).isEqualTo(101);
    }

    @Test
    void withoutAPauseNobodyWaitsAndTheCountChangesAllTheSame() {
        MailLimit limit = limit(Duration.ZERO, 1, Duration.ZERO);
        List<Integer> seen = new ArrayList<>();
        for (int mail = 0; mail < 4; mail++) {
            assertThat(admit(limit, NOW)).isEmpty();
            seen.add(counts.only().count());
        }

        assertThat(seen).containsExactly(1, 101, 1, 101);
    }

    @Test
    void ofTwoRequestsAtTheExactEndOfAPauseOneIsCounted() {
        for (int mails = 1; mails <= 3; mails++) {
            counts.clear();
            MailLimit limit = limit(Duration.ZERO, mails, HOUR);
            for (int turn = 0; turn < 3; turn++) {
                Instant at = NOW.plus(HOUR.multipliedBy(turn));
                for (int mail = 1; mail < mails; mail++) {
                    assertThat(admit(limit, at)).isEmpty();
                }
                List<Optional<Duration>> other = new ArrayList<>();
                counts.beforeTheNextRecord(() -> other.add(admit(limit, at)));
                assertThat(admit(limit, at)).contains(HOUR);
                assertThat(other).containsExactly(Optional.empty());
                assertThat(counts.only().lastAt()).isEqualTo(at);
            }
        }
    }

    @Test
    void aRefusedRequestWritesNothing() {
        MailLimit limit = limit(MINUTE, 5, HOUR);
        assertThat(admit(limit, NOW)).isEmpty();
        Attempts before = counts.only();

        assertThat(admit(limit, NOW.plusSeconds(59))).isPresent();
        assertThat(counts.only()).isEqualTo(before);
    }

    @Test
    void eachPurposeAndEachAddressHasItsOwnCountAndSpellingsShareOne() {
        MailLimit limit = limit(MINUTE, 1, HOUR);
        EmailAddress other = new EmailAddress("bob@example.com", "bob@example.com");
        EmailAddress shouted = new EmailAddress("ADA@EXAMPLE.COM", "ada@example.com");

        assertThat(limit.admit(TokenPurpose.SIGN_UP.name(), address, NOW)).isEmpty();
        assertThat(limit.admit(TokenPurpose.PASSWORD_RESET.name(), address, NOW))
                .isEmpty();
        assertThat(limit.admit(TokenPurpose.SIGN_UP.name(), other, NOW)).isEmpty();
        assertThat(limit.admit(TokenPurpose.SIGN_UP.name(), shouted, NOW)).contains(HOUR);
    }

    @Test
    void aClockThatRanAheadLengthensAWaitByAPauseAtMost() {
        MailLimit limit = limit(MINUTE, 2, HOUR);
        assertThat(admit(limit, NOW)).isEmpty();

        assertThat(admit(limit, NOW.minusSeconds(10))).contains(MINUTE);
        assertThat(admit(limit, NOW.minus(HOUR))).contains(MINUTE);
        assertThat(admit(limit, NOW.minus(HOUR).minus(TICK))).isEmpty();
        assertThat(counts.only()).isEqualTo(new Attempts(101, NOW.minus(HOUR).minus(TICK)));
    }

    @Test
    void aCountThatOthersChangeAllTheTimeIsAFailureAndNoMail() {
        AttemptStore busy = new Counts() {
            @Override
            public boolean record(AttemptKey key, int expectedCount, Attempts next) {
                return false;
            }
        };
        MailLimit limit = new MailLimit(busy, LinkPolicy.defaults());

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> admit(limit, NOW))
                .satisfies(failure -> assertThat(failure.effect()).isEqualTo(StoreException.Effect.NONE));
    }

    private Optional<Duration> admit(MailLimit limit, Instant at) {
        return limit.admit(TokenPurpose.SIGN_UP.name(), address, at);
    }

    private MailLimit limit(Duration interval, int mails, Duration pause) {
        return new MailLimit(counts, LinkPolicy.defaults().withLimit(interval, mails, pause));
    }

    /** A store of attempts for one thread, in which something can happen before a record. */
    private static class Counts implements AttemptStore {

        private final Map<AttemptKey, Attempts> all = new HashMap<>();
        private Runnable before = () -> {};

        void beforeTheNextRecord(Runnable step) {
            before = step;
        }

        void clear() {
            all.clear();
        }

        Attempts only() {
            assertThat(all).hasSize(1);
            return all.values().iterator().next();
        }

        @Override
        public Optional<Attempts> find(AttemptKey key) {
            return Optional.ofNullable(all.get(key));
        }

        @Override
        public boolean record(AttemptKey key, int expectedCount, Attempts next) {
            if (find(key).map(Attempts::count).orElse(0) == expectedCount) {
                Runnable step = before;
                before = () -> {};
                step.run();
            }
            boolean expected = find(key).map(Attempts::count).orElse(0) == expectedCount;
            if (expected) {
                all.put(key, next);
            }
            return expected;
        }

        @Override
        public boolean clear(AttemptKey key) {
            return all.remove(key) != null;
        }

        @Override
        public int deleteOlder(Instant lastAtUpTo, int limit) {
            return 0;
        }
    }
}
