package dev.minotaur.auth;

import java.util.Objects;
import java.util.UUID;

/**
 * The identity of a user: a random UUID made by the library, never by a store, so that a repeated insert is recognised and
 * the id tells nothing about its user. It never changes and is never given to another user.
 *
 * @param value the UUID
 */
public record UserId(UUID value) {

    /**
     * Makes an id.
     *
     * @param value the UUID
     */
    public UserId {
        Objects.requireNonNull(value, "value");
    }

    /**
     * Reads an id as {@link #toString()} writes it.
     *
     * @param text the 36 characters of a UUID, in lower case
     * @return the id
     * @throws IllegalArgumentException if the text is no UUID
     */
    public static UserId parse(String text) {
        UUID value = UUID.fromString(text);
        if (!value.toString().equals(text)) {
            throw new IllegalArgumentException("a UUID has 36 characters");
        }
        return new UserId(value);
    }

    /** {@return the UUID in its usual 36 characters} */
    @Override
    public String toString() {
        return value.toString();
    }
}
