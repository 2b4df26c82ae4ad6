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

    static String text(String text, int maxLength, String name) {
        if (text.isEmpty() || text.length() > maxLength) {
            throw new IllegalArgumentException(name + " must have 1 to " + maxLength + " chars");
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\0') {
                throw new IllegalArgumentException(name + " has a NUL");
            }
            if (Character.isSurrogate(text.charAt(i))) {
                int codePoint = text.codePointAt(i);
                if (!Character.isSupplementaryCodePoint(codePoint)) {
                    throw new IllegalArgumentException(name + " has a lone surrogate");
                }
                i++;
            }
        }
        return text;
    }
}
