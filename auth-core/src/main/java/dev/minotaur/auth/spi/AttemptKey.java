package dev.minotaur.auth.spi;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What attempts are counted under: a SHA-256 digest that core makes, so that no identifier lies in the table in the clear, and
 * the key of a known and of an unknown account look alike.
 */
public final class AttemptKey {

    /** The length, in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private AttemptKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes a key.
     *
     * @param bytes 32 bytes; copied
     * @return the key
     * @throws IllegalArgumentException if there are not exactly 32
     */
    public static AttemptKey of(byte[] bytes) {
        Objects.requireNonNull(bytes, "bytes");
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("an attempt key has 32 bytes");
        }
        return new AttemptKey(bytes.clone());
    }

    /**
     * Gives the bytes.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AttemptKey that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** {@return the name of the type only} */
    @Override
    public String toString() {
        return "AttemptKey[redacted]";
    }
}
