package dev.minotaur.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minotaur.auth.spi.Attempts;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PoliciesTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final AttemptPolicy attempts = AttemptPolicy.defaults();

    @Test
    void fiveAttemptsAreFree() {
        assertThat(attempts.delayLeft(new Attempts(4, NOW), NOW)).isEmpty();
        assertThat(attempts.delayLeft(new Attempts(5, NOW), NOW)).contains(Duration.ofSeconds(30));
    }

    @Test
    void delaysDoubleUpToAnHour() {
        assertThat(attempts.delayLeft(new Attempts(6, NOW), NOW)).contains(Duration.ofMinutes(1));
        assertThat(attempts.delayLeft(new Attempts(11, NOW), NOW)).contains(Duration.ofMinutes(32));
        assertThat(attempts.delayLeft(new Attempts(12, NOW), NOW)).contains(Duration.ofHours(1));
        assertThat(attempts.delayLeft(new Attempts(Integer.MAX_VALUE, NOW), NOW))
                .contains(Duration.ofHours(1));
    }

    @Test
    void aDelayEndsAtItsExactEnd() {
        Attempts made = new Attempts(5, NOW);

        assertThat(attempts.delayLeft(made, NOW.plusSeconds(30).minusNanos(1000)))
                .contains(Duration.ofNanos(1000));
        assertThat(attempts.delayLeft(made, NOW.plusSeconds(30))).isEmpty();
    }

    @Test
    void aClockThatRanAheadLengthensADelayByTheLongestAtMost() {
        Instant ahead = NOW.plus(Duration.ofDays(3650));

        assertThat(attempts.delayLeft(new Attempts(5, ahead), NOW)).isEmpty();
        assertThat(attempts.delayLeft(new Attempts(5, NOW.plusSeconds(3600)), NOW))
                .contains(Duration.ofSeconds(30));
        assertThat(attempts.delayLeft(new Attempts(5, NOW.plusSeconds(3601)), NOW))
                .isEmpty();
    }

    @Test
    void refusesAttemptPoliciesThatGuardNothing() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new AttemptPolicy(0, second, second));
        assertThatIllegalArgumentException().isThrownBy(() -> new AttemptPolicy(101, second, second));
        assertThatIllegalArgumentException().isThrownBy(() -> new AttemptPolicy(5, Duration.ZERO, second));
        assertThatIllegalArgumentException().isThrownBy(() -> new AttemptPolicy(5, second.plusNanos(1), second));
        assertThatIllegalArgumentException().isThrownBy(() -> new AttemptPolicy(5, second, Duration.ofDays(2)));
    }

    @Test
    void sessionsAreTouchedAtLeastTwiceAnIdleTimeout() {
        SessionPolicy policy = SessionPolicy.defaults();

        assertThat(policy.withTimeouts(Duration.ofMinutes(30), Duration.ofHours(12))
                        .touchInterval())
                .isEqualTo(Duration.ofMinutes(3));
        assertThat(policy.touchInterval()).isEqualTo(Duration.ofHours(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy.withTouchInterval(
                        policy.idleTimeout().dividedBy(2).plusNanos(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> policy.withTouchInterval(Duration.ofNanos(-1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy.withTouchInterval(Duration.ofSeconds(Long.MAX_VALUE)));
    }

    @Test
    void refusesSessionPoliciesThatMakeNoSense() {
        SessionPolicy policy = SessionPolicy.defaults();
        Duration day = Duration.ofDays(1);

        assertThatIllegalArgumentException().isThrownBy(() -> policy.withTimeouts(Duration.ZERO, day));
        assertThatIllegalArgumentException().isThrownBy(() -> policy.withTimeouts(day.plusNanos(1), day));
        assertThatIllegalArgumentException().isThrownBy(() -> policy.withTimeouts(day, Duration.ofDays(367)));
        assertThatIllegalArgumentException().isThrownBy(() -> policy.withLimit(0));
    }

    @Test
    void rememberedSessionsLiveAtLeastAsLongAsOthers() {
        SessionPolicy policy = SessionPolicy.defaults();
        Duration week = Duration.ofDays(7);
        Duration month = Duration.ofDays(30);

        assertThat(policy.rememberedIdleTimeout()).isEqualTo(month);
        assertThat(policy.rememberedAbsoluteTimeout()).isEqualTo(Duration.ofDays(90));
        assertThat(policy.withRememberedTimeouts(week, month).rememberedAbsoluteTimeout())
                .isEqualTo(month);
        assertThatIllegalArgumentException().isThrownBy(() -> policy.withRememberedTimeouts(week.minusNanos(1), month));
        assertThatIllegalArgumentException().isThrownBy(() -> policy.withRememberedTimeouts(week, month.minusNanos(1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy.withRememberedTimeouts(week, Duration.ofDays(367)));
        SessionPolicy longer = policy.withTimeouts(Duration.ofDays(40), Duration.ofDays(100));
        assertThat(longer.rememberedIdleTimeout()).isEqualTo(Duration.ofDays(40));
        assertThat(longer.rememberedAbsoluteTimeout()).isEqualTo(Duration.ofDays(100));
    }

    @Test
    void secretsAreRenewedWhereThatIsAskedForAndNeverWithinAGrace() {
        SessionPolicy policy = SessionPolicy.defaults();
        Duration minute = Duration.ofMinutes(1);
        Duration hour = Duration.ofHours(1);

        assertThat(policy.renewalAfter()).isEmpty();
        assertThat(policy.renewalGrace()).isEmpty();
        SessionPolicy renewing = policy.withRenewal(hour, minute).withLimit(3).withTimeouts(hour, hour);
        assertThat(renewing.renewalAfter()).contains(hour);
        assertThat(renewing.renewalGrace()).contains(minute);
        assertThat(policy.withRenewal(minute, minute).renewalAfter()).contains(minute);
        assertThatIllegalArgumentException().isThrownBy(() -> policy.withRenewal(minute.minusNanos(1), minute));
        assertThatIllegalArgumentException().isThrownBy(() -> policy.withRenewal(Duration.ofDays(367), minute));
        assertThatIllegalArgumentException().isThrownBy(() -> policy.withRenewal(hour, Duration.ofMillis(999)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> policy.withRenewal(Duration.ofHours(2), hour.plusNanos(1)));
    }

    @Test
    void linksLiveAMinuteToTheirLongest() {
        LinkPolicy policy = LinkPolicy.defaults();
        Duration minute = Duration.ofMinutes(1);
        Duration hour = Duration.ofHours(1);
        Duration day = Duration.ofDays(1);
        expectLife(policy::withSignUpLife, LinkPolicy::signUpLife, minute, Duration.ofDays(7));
        expectLife(policy::withResetLife, LinkPolicy::resetLife, minute, day);
        expectLife(policy::withEmailChangeLife, LinkPolicy::emailChangeLife, minute, day);
        expectLife(policy::withSignInLife, LinkPolicy::signInLife, minute, hour);

        assertThat(policy.signUpLife()).isEqualTo(day);
        assertThat(policy.resetLife()).isEqualTo(hour);
        assertThat(policy.emailChangeLife()).isEqualTo(day);
        assertThat(policy.signInLife()).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void refusesLimitsOfMailsThatMakeNoSense() {
        LinkPolicy policy = LinkPolicy.defaults();
        Duration hour = Duration.ofHours(1);
        Duration week = Duration.ofDays(7);
        assertThat(policy.withLimit(Duration.ZERO, 1, Duration.ZERO).mails()).isEqualTo(1);
        assertThat(policy.withLimit(week, 100, week).interval()).isEqualTo(week);

        assertThatIllegalArgumentException().isThrownBy(() -> policy.withLimit(Duration.ofNanos(-1), 5, hour));
        assertThatIllegalArgumentException().isThrownBy(() -> policy.withLimit(hour.plusNanos(1), 5, hour));
        assertThatIllegalArgumentException().isThrownBy(() -> policy.withLimit(hour, 5, week.plusNanos(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> policy.withLimit(hour, 0, week));
        assertThatIllegalArgumentException().isThrownBy(() -> policy.withLimit(hour, 101, week));
    }

    private static void expectLife(
            Function<Duration, LinkPolicy> with,
            Function<LinkPolicy, Duration> life,
            Duration shortest,
            Duration longest) {
        for (Duration good : new Duration[] {shortest, longest}) {
            assertThat(life.apply(with.apply(good))).isEqualTo(good);
        }
        for (Duration wrong : new Duration[] {shortest.minusNanos(1), longest.plusNanos(1)}) {
            assertThatIllegalArgumentException().isThrownBy(() -> with.apply(wrong));
        }
    }

    @Test
    void takesAnyLabelAndKeepsWhatCanBeShown() {
        assertThat(SessionOptions.none().label("Firefox on Linux").label()).contains("Firefox on Linux");
        assertThat(SessionOptions.none().label("").label()).isEmpty();
        assertThat(SessionOptions.none().label("a\r\nb\0c\uD800d").label()).contains("a\uFFFD\uFFFDb\uFFFDc\uFFFDd");
        assertThat(SessionOptions.none().label("x".repeat(100_000)).label().orElseThrow())
                .hasSize(200);
        assertThat(SessionOptions.none()
                        .label("x".repeat(199) + "\uD83D\uDE00")
                        .label()
                        .orElseThrow())
                .hasSize(199);
    }
}
