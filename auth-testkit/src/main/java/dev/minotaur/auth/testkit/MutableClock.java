package dev.minotaur.auth.testkit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;

/** A clock that stands still until it is set: for the account rules, and for the tests of an application. */
public final class MutableClock extends Clock {

    private volatile Instant now;

    /**
     * Makes a clock.
     *
     * @param now what it shows
     */
    public MutableClock(Instant now) {
        this.now = Objects.requireNonNull(now, "now");
    }

    /**
     * Sets the clock, forward or back.
     *
     * @param instant what it shows from now on
     */
    public synchronized void set(Instant instant) {
        now = Objects.requireNonNull(instant, "instant");
    }

    /**
     * Moves the clock forward, or back by a negative duration.
     *
     * @param duration how far
     */
    public synchronized void advance(Duration duration) {
        set(now.plus(duration));
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** {@return UTC} */
    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** {@return a clock that always shows what this one does, in another zone} */
    @Override
    public Clock withZone(ZoneId zone) {
        Objects.requireNonNull(zone, "zone");
        Clock original = this;
        return new Clock() {
            @Override
            public Instant instant() {
                return original.instant();
            }

            @Override
            public ZoneId getZone() {
                return zone;
            }

            @Override
            public Clock withZone(ZoneId other) {
                return original.withZone(other);
            }
        };
    }
}
