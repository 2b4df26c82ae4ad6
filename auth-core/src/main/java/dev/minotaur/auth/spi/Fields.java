package dev.minotaur.auth.spi;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What the builders of the records have in common. */
final class Fields {

    private Fields() {}

    static <T> T required(@Nullable T value, String name) {
        if (value == null) {
            throw new IllegalStateException(name + " is not set");
        }
        return value;
    }

    static Instant micros(Instant time, String name) {
        if (!time.equals(time.truncatedTo(ChronoUnit.MICROS))) {
            throw new IllegalArgumentException(name + " is finer than a microsecond");
        }
        return time;
    }
}
