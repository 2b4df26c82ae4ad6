package dev.minotaur.auth.password;

import at.favre.lib.crypto.bcrypt.BCrypt;
import at.favre.lib.crypto.bcrypt.LongPasswordStrategies;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.IntConsumer;

/**
 * Bcrypt. Makes {@code $2b$}; verifies {@code $2a$}, {@code $2b$} and {@code $2y$}, which are the same function; does not
 * read {@code $2x$}, whose hashes were made by a faulty one.
 *
 * <p>Bcrypt sees 72 bytes. A longer password is refused when it is set and fails when it is verified: none is ever cut.
 */
public final class BcryptPasswordHasher implements PasswordHasher {

    /** The cost a hasher has by default: 2 to the 12th rounds. */
    public static final int DEFAULT_COST = 12;

    /** The lowest cost that ASVS 5.0 (appendix C) still approves of. */
    public static final int LEAST_COST = 10;

    /** The highest cost: of a new hash, and of a stored one that is still computed. */
    public static final int MAX_COST = 16;

    private static final int LOWEST_DEFINED_COST = 4;
    private static final int MAX_BYTES = 72;
    private static final int ENCODED_LENGTH = 60;
    private static final int NOT_BCRYPT = -1;
    private static final byte[] ANY_SALT = new byte[16];

    private final int cost;
    private final IntConsumer computations;
    private final BCrypt.Hasher hasher;
    private final BCrypt.Verifyer verifyer;

    private BcryptPasswordHasher(int cost) {
        this(cost, computed -> {});
    }

    /** Tells the cost of each computation: that all branches do the same work is a promise, and this is how it is seen. */
    BcryptPasswordHasher(int cost, IntConsumer computations) {
        SecureRandom random = new SecureRandom();
        this.cost = cost;
        this.computations = computations;
        this.hasher = BCrypt.with(
                BCrypt.Version.VERSION_2B, random, LongPasswordStrategies.strict(BCrypt.Version.VERSION_2B));
        this.verifyer =
                BCrypt.verifyer(BCrypt.Version.VERSION_2B, LongPasswordStrategies.strict(BCrypt.Version.VERSION_2B));
    }

    /**
     * Makes a hasher of {@link #DEFAULT_COST}.
     *
     * @return the hasher
     */
    public static BcryptPasswordHasher ofDefaultCost() {
        return ofCost(DEFAULT_COST);
    }

    /**
     * Makes a hasher. A stored hash of a higher cost is verified at its own: where a cost was lowered, that takes longer than for
     * an account that does not exist, and so tells it. A hash is never brought down to a lower cost.
     *
     * @param cost the binary logarithm of the number of rounds, {@link #LEAST_COST} to {@link #MAX_COST}
     * @return the hasher
     * @throws IllegalArgumentException if the cost is out of that range
     */
    public static BcryptPasswordHasher ofCost(int cost) {
        if (cost < LEAST_COST || cost > MAX_COST) {
            throw new IllegalArgumentException("a bcrypt cost is " + LEAST_COST + " to " + MAX_COST);
        }
        return new BcryptPasswordHasher(cost);
    }

    /**
     * Makes a hasher too cheap to protect a password, for tests that sign in a thousand times.
     *
     * @param cost 4 to {@link #LEAST_COST} - 1
     * @return the hasher
     * @throws IllegalArgumentException if the cost is out of that range
     */
    public static BcryptPasswordHasher insecurelyCheapForTests(int cost) {
        if (cost < LOWEST_DEFINED_COST || cost >= LEAST_COST) {
            throw new IllegalArgumentException(
                    "a cheap bcrypt cost is " + LOWEST_DEFINED_COST + " to " + (LEAST_COST - 1));
        }
        return new BcryptPasswordHasher(cost);
    }

    @Override
    public int maxUtf8Bytes() {
        return MAX_BYTES;
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        if (!isTakenWhole(password)) {
            throw new IllegalArgumentException("bcrypt takes a password of 1 to " + MAX_BYTES + " bytes, in whole");
        }
        byte[] bytes = password.utf8();
        computations.accept(cost);
        try {
            return PasswordHash.of(new String(hasher.hash(cost, bytes), StandardCharsets.US_ASCII));
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public boolean canRead(PasswordHash stored) {
        int storedCost = costOf(stored.encoded());
        return storedCost != NOT_BCRYPT && storedCost <= MAX_COST;
    }

    @Override
    public PasswordVerification verify(RawPassword password, PasswordHash stored) {
        Objects.requireNonNull(password, "password");
        int storedCost = costOf(stored.encoded());
        if (!canRead(stored)) {
            spend(password);
            return PasswordVerification.UNREADABLE;
        }
        if (!isTakenWhole(password)) {
            spend(password);
            return PasswordVerification.FAILED;
        }
        byte[] bytes = password.utf8();
        computations.accept(storedCost);
        try {
            boolean matches = verifyer.verify(bytes, stored.encoded().getBytes(StandardCharsets.US_ASCII)).verified;
            topUp(bytes, storedCost);
            if (!matches) {
                return PasswordVerification.FAILED;
            }
            return storedCost < cost ? PasswordVerification.SUCCEEDED_REHASH_NEEDED : PasswordVerification.SUCCEEDED;
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    @Override
    public void spend(RawPassword password) {
        byte[] bytes = isTakenWhole(password) ? password.utf8() : new byte[] {'x'};
        computations.accept(cost);
        hasher.hash(cost, ANY_SALT, bytes);
        Arrays.fill(bytes, (byte) 0);
    }

    /** 2^s + 2^s + 2^(s+1) + ... + 2^(c-1) = 2^c: a cheaper stored hash costs what one of today does, exactly. */
    private void topUp(byte[] bytes, int storedCost) {
        for (int missing = storedCost; missing < cost; missing++) {
            computations.accept(missing);
            hasher.hash(missing, ANY_SALT, bytes);
        }
    }

    private static boolean isTakenWhole(RawPassword password) {
        return password.isHashable() && password.utf8Length() <= MAX_BYTES;
    }

    private static int costOf(String encoded) {
        boolean bcrypt = encoded.length() == ENCODED_LENGTH
                && (encoded.startsWith("$2a$") || encoded.startsWith("$2b$") || encoded.startsWith("$2y$"))
                && isDigit(encoded.charAt(4))
                && isDigit(encoded.charAt(5))
                && encoded.charAt(6) == '$'
                && encoded.chars().skip(7).allMatch(BcryptPasswordHasher::isRadix64);
        if (!bcrypt) {
            return NOT_BCRYPT;
        }
        int stated = Integer.parseInt(encoded, 4, 6, 10);
        return stated < LOWEST_DEFINED_COST ? NOT_BCRYPT : stated;
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isRadix64(int c) {
        return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '/';
    }

    /** {@return the scheme and the cost} */
    @Override
    public String toString() {
        return "bcrypt, cost " + cost;
    }
}
