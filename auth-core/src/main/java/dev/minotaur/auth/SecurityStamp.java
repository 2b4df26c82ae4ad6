package dev.minotaur.auth;

import java.util.Objects;
import java.util.UUID;

/**
 * 128 random bits on a user, copied into each token made for that user. A token bound to the stamp is good only while the
 * two are equal, so replacing the stamp ends all of them in one write.
 *
 * <p>A stamp is compared for equality and nothing else, and is never made twice: unlike a counter, which after a restore would
 * count up to a value that tokens in another database carry.
 *
 * @param value the 128 bits; not a UUID of any version
 */
public record SecurityStamp(UUID value) {

    /**
     * Makes a stamp.
     *
     * @param value the 128 bits
     */
    public SecurityStamp {
        Objects.requireNonNull(value, "value");
    }

    /** {@return the name of the type only} */
    @Override
    public String toString() {
        return "SecurityStamp[redacted]";
    }
}
