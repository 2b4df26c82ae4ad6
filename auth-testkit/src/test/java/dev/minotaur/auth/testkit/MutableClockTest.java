package dev.minotaur.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class MutableClockTest {

    private static final ZoneId AUCKLAND = ZoneId.of("Pacific/Auckland");

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T22:00:00Z"));

    @Test
    void aClockInAnotherZoneShowsTheSameInstantAndItsOwnDate() {
        Clock local = clock.withZone(AUCKLAND);
        clock.advance(Duration.ofHours(1));
        assertThat(local.instant()).isEqualTo(Instant.parse("2026-01-01T23:00:00Z"));
        assertThat(LocalDate.now(local)).isEqualTo(LocalDate.of(2026, 1, 2));
        assertThat(LocalDate.now(local.withZone(ZoneOffset.UTC))).isEqualTo(LocalDate.of(2026, 1, 1));
    }

    @Test
    void aClockGoesBackToo() {
        clock.advance(Duration.ofHours(-1));
        assertThat(clock.instant()).isEqualTo(Instant.parse("2026-01-01T21:00:00Z"));
    }
}
