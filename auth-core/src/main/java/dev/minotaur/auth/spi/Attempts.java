package dev.minotaur.auth.spi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/**
 * The attempts counted under one key.
 *
 * @param count how many, 1 to {@link Integer#MAX_VALUE}
 * @param lastAt when the last one was counted, in whole microseconds
 */
public record Attempts(int count, Instant lastAt) {

    /**
     * Makes the record.
     *
     * @param count how many
     * @param lastAt when the last one was counted
     * @throws IllegalArgumentException if the count is below 1 or the time finer than a microsecond
     */
    public Attempts {
        Objects.requireNonNull(lastAt, "lastAt");
        if (count < 1) {
            throw new IllegalArgumentException("a counted attempt counts at least 1");
        }
        if (!lastAt.equals(lastAt.truncatedTo(ChronoUnit.MICROS))) {
            throw new IllegalArgumentException("lastAt is finer than a microsecond");
        }
    }
}
