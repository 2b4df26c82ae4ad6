package dev.minotaur.auth.password;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/**
 * Bcrypt at one current cost, of a key of 1 to 72 bytes without NUL: a password, or what another scheme makes of one. Each
 * method wipes the key it is given.
 */
final class BcryptFunction {

    static final int DEFAULT_COST = 12;
    static final int LEAST_COST = 10;
    static final int MAX_COST = 16;
    static final int MAX_KEY_BYTES = 72;
    static final int LOWEST_DEFINED_COST = 4;
    static final int SALT_BYTES = 16;

    /** Where the salt ends in a hash: after "$2b$12$" and 22 characters. */
    static final int END_OF_SALT = 29;

    static final int ENCODED_LENGTH = 60;

    private static final byte[] ANY_SALT = new byte[SALT_BYTES];
    private static final BCrypt.Version VERSION = BCrypt.Version.VERSION_2B;

    private final int cost;
    private final IntConsumer computations;
    private final SecureRandom random = new SecureRandom();
    private final BCrypt.Hasher hasher = BCrypt.with(VERSION, random, LongPasswordStrategies.strict(VERSION));
    private final BCrypt.Verifyer verifyer = BCrypt.verifyer(VERSION, LongPasswordStrategies.strict(VERSION));

    /** Tells the cost of each computation: that all branches do the same work is a promise, and this is how it is seen. */
    BcryptFunction(int cost, IntConsumer computations) {
        this.cost = cost;
        this.computations = computations;
    }

    static int checkedCost(int cost) {
        if (cost < LEAST_COST || cost > MAX_COST) {
            throw new IllegalArgumentException("a bcrypt cost is " + LEAST_COST + " to " + MAX_COST);
        }
        return cost;
    }

    static int checkedCheapCost(int cost) {
        if (cost < LOWEST_DEFINED_COST || cost >= LEAST_COST) {
            throw new IllegalArgumentException(
                    "a cheap bcrypt cost is " + LOWEST_DEFINED_COST + " to " + (LEAST_COST - 1));
        }
        return cost;
    }

    int cost() {
        return cost;
    }

    byte[] newSalt() {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return salt;
    }

    /** Makes a {@code $2b$} hash at the current cost. */
    String hash(byte[] salt, byte[] key) {
        computations.accept(cost);
        try {
            return new String(hasher.hash(cost, salt, key), StandardCharsets.US_ASCII);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /** Compares with a hash that {@link #costOf} knows, in no less work than {@link #spend}. */
    boolean matches(byte[] key, String encoded) {
        int storedCost = costOf(encoded).orElseThrow();
        computations.accept(storedCost);
        try {
            boolean matches = verifyer.verify(key, encoded.getBytes(StandardCharsets.US_ASCII)).verified;
            topUp(key, storedCost);
            return matches;
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    void spend(byte[] key) {
        hash(ANY_SALT, key);
    }

    /** The work of a verification where there is no key to spend it on. */
    void spend() {
        spend(new byte[] {'x'});
    }

    /** 2^s + 2^s + 2^(s+1) + ... + 2^(c-1) = 2^c: a cheaper stored hash costs what one of today does, exactly. */
    private void topUp(byte[] key, int storedCost) {
        for (int missing = storedCost; missing < cost; missing++) {
            computations.accept(missing);
            hasher.hash(missing, ANY_SALT, key);
        }
    }

    /** The cost that a hash states; empty if it is no hash of the function, or one above {@link #MAX_COST}. */
    static OptionalInt costOf(String encoded) {
        boolean bcrypt = encoded.length() == ENCODED_LENGTH
                && (encoded.startsWith("$2a$") || encoded.startsWith("$2b$") || encoded.startsWith("$2y$"))
                && isDigit(encoded.charAt(4))
                && isDigit(encoded.charAt(5))
                && encoded.charAt(6) == '$'
                && encoded.chars().skip(7).allMatch(BcryptFunction::isRadix64);
        if (!bcrypt) {
            return OptionalInt.empty();
        }
        int stated = Integer.parseInt(encoded, 4, 6, 10);
        return stated < LOWEST_DEFINED_COST || stated > MAX_COST ? OptionalInt.empty() : OptionalInt.of(stated);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isRadix64(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '/';
    }
}
