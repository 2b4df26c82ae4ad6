package dev.minotaur.auth.spi;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * SHA-256 of a token's secret half: what a store keeps in its place. A secret of 256 random bits needs no slow hash (ASVS
 * 6.5.2).
 */
public final class TokenDigest {

    /** The length, in bytes. */
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private TokenDigest(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Takes a digest.
     *
     * @param bytes 32 bytes; copied
     * @return the digest
     * @throws IllegalArgumentException if there are not exactly 32
     */
    public static TokenDigest of(byte[] bytes) {
        Objects.requireNonNull(bytes, "bytes");
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a token digest has 32 bytes");
        }
        return new TokenDigest(bytes.clone());
    }

    /**
     * Gives the bytes.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * Compares in a time that does not depend on where two digests differ.
     *
     * @param other what to compare with
     * @return whether it is a digest of the same bytes
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TokenDigest that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** {@return the name of the type only} */
    @Override
    public String toString() {
        return "TokenDigest[redacted]";
    }
}
