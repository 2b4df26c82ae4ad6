package dev.minotaur.auth;

import java.util.Objects;
import java.util.UUID;

/**
 * The public half of a token: it finds the row and proves nothing. Session lists, logs and "end this session" use it; it
 * stays the same when the secret half is renewed.
 *
 * <p>The library makes ids as UUID version 7 (RFC 9562), so that rows made one after the other lie close together in an
 * index. A store must not rely on that order.
 *
 * @param value the UUID
 */
public record TokenId(UUID value) {

    /**
     * Makes an id.
     *
     * @param value the UUID
     */
    public TokenId {
        Objects.requireNonNull(value, "value");
    }

    /**
     * Reads an id as {@link #toString()} writes it.
     *
     * @param text the 36 characters of a UUID, in lower case
     * @return the id
     * @throws IllegalArgumentException if the text is no UUID
     */
    public static TokenId parse(String text) {
        UUID value = UUID.fromString(text);
        if (!value.toString().equals(text)) {
            throw new IllegalArgumentException("a UUID has 36 characters");
        }
        return new TokenId(value);
    }

    /** {@return the UUID in its usual 36 characters} */
    @Override
    public String toString() {
        return value.toString();
    }
}
