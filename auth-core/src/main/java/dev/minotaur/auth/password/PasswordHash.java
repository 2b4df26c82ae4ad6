package dev.minotaur.auth.password;

import dev.minotaur.auth.internal.WellFormed;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A password hash as it is stored: a string that describes itself (scheme, cost, salt, hash), made and read by a {@link
 * PasswordHasher}. A store keeps it unchanged and never looks inside.
 */
public final class PasswordHash {

    /** The longest hash, in chars. */
    public static final int MAX_LENGTH = 512;

    private final String encoded;

    private PasswordHash(String encoded) {
        this.encoded = encoded;
    }

    /**
     * Takes a hash in its stored form. Whether any hasher can read it is not looked at.
     *
     * @param encoded 1 to 512 chars, no NUL and no lone surrogate among them: also what no hasher writes, for somebody may have
     *     written it into the database by hand, and the rest of that user is to be read all the same
     * @return the hash
     * @throws IllegalArgumentException if the text has another form
     */
    public static PasswordHash of(String encoded) {
        Objects.requireNonNull(encoded, "encoded");
        return new PasswordHash(WellFormed.require(encoded, MAX_LENGTH, "a password hash"));
    }

    /**
     * Gives the stored form, for a store to keep and a hasher to read.
     *
     * @return the string that {@link #of} took
     */
    public String encoded() {
        return encoded;
    }

    /**
     * Compares in a time that does not depend on where two hashes differ.
     *
     * @param other what to compare with
     * @return whether it is a hash of the same string
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PasswordHash that
                && MessageDigest.isEqual(
                        encoded.getBytes(StandardCharsets.UTF_8), that.encoded.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public int hashCode() {
        return encoded.hashCode();
    }

    /** {@return the name of the type only} */
    @Override
    public String toString() {
        return "PasswordHash[redacted]";
    }
}
