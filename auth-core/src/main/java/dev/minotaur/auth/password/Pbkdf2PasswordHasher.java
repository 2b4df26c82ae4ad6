package dev.minotaur.auth.password;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * PBKDF2 with HMAC-SHA256, by the JDK: for who must use nothing but what a certified provider has. It costs an attacker with
 * graphics cards less than bcrypt does at the same time for the defender.
 *
 * <p>Makes {@code $pbkdf2-sha256$iterations$salt$digest}, the format of Python's passlib; verifies that one and Django's
 * {@code pbkdf2_sha256$iterations$salt$digest}.
 */
public final class Pbkdf2PasswordHasher implements PasswordHasher {

    /** The number of iterations a hasher makes by default. */
    public static final int DEFAULT_ITERATIONS = 600_000;

    /** The lowest number that ASVS 5.0 (appendix C) still approves of. */
    public static final int LEAST_ITERATIONS = 600_000;

    /** The highest number: of a new hash, and of a stored one that is still computed. */
    public static final int MAX_ITERATIONS = 10_000_000;

    private static final int MAX_BYTES = 1024;
    private static final int SALT_BYTES = 16;
    private static final byte[] ANY_SALT = new byte[SALT_BYTES];

    private final int iterations;
    private final IntConsumer computations;
    private final SecureRandom random = new SecureRandom();

    private Pbkdf2PasswordHasher(int iterations) {
        this(iterations, computed -> {});
    }

    /** Tells the iterations of each computation: that all branches do the same work is a promise. */
    Pbkdf2PasswordHasher(int iterations, IntConsumer computations) {
        this.iterations = iterations;
        this.computations = computations;
    }

    /**
     * Makes a hasher of {@link #DEFAULT_ITERATIONS}.
     *
     * @return the hasher
     */
    public static Pbkdf2PasswordHasher ofDefaultIterations() {
        return ofIterations(DEFAULT_ITERATIONS);
    }

    /**
     * Makes a hasher. A stored hash of more iterations is verified at its own number: where the number was lowered, that takes
     * longer than for an account that does not exist, and so tells it. A hash is never brought down to a lower number.
     *
     * @param iterations {@link #LEAST_ITERATIONS} to {@link #MAX_ITERATIONS}
     * @return the hasher
     * @throws IllegalArgumentException if the number is out of that range
     */
    public static Pbkdf2PasswordHasher ofIterations(int iterations) {
        if (iterations < LEAST_ITERATIONS || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException(
                    "the iterations of PBKDF2 are " + LEAST_ITERATIONS + " to " + MAX_ITERATIONS);
        }
        return new Pbkdf2PasswordHasher(iterations);
    }

    /**
     * Makes a hasher too cheap to protect a password, for tests that sign in a thousand times.
     *
     * @param iterations 1 to {@link #LEAST_ITERATIONS} - 1
     * @return the hasher
     * @throws IllegalArgumentException if the number is out of that range
     */
    public static Pbkdf2PasswordHasher insecurelyCheapForTests(int iterations) {
        if (iterations < 1 || iterations >= LEAST_ITERATIONS) {
            throw new IllegalArgumentException("cheap iterations of PBKDF2 are 1 to " + (LEAST_ITERATIONS - 1));
        }
        return new Pbkdf2PasswordHasher(iterations);
    }

    /** {@return 1024} */
    @Override
    public int maxUtf8Bytes() {
        return MAX_BYTES;
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        if (!isTakenWhole(password)) {
            throw new IllegalArgumentException("PBKDF2 takes a password of 1 to " + MAX_BYTES + " bytes");
        }
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] digest = derive(password, salt, iterations);
        return PasswordHash.of(Pbkdf2Hash.encode(iterations, salt, digest));
    }

    @Override
    public boolean canRead(PasswordHash stored) {
        return Pbkdf2Hash.parse(stored.encoded()).isPresent();
    }

    @Override
    public PasswordVerification verify(RawPassword password, PasswordHash stored) {
        Objects.requireNonNull(password, "password");
        Optional<Pbkdf2Hash> parsed = Pbkdf2Hash.parse(stored.encoded());
        if (parsed.isEmpty()) {
            return PasswordVerification.UNREADABLE;
        }
        if (!isTakenWhole(password)) {
            spend(password);
            return PasswordVerification.FAILED;
        }
        Pbkdf2Hash hash = parsed.get();
        byte[] derived = derive(password, hash.salt(), hash.iterations());
        if (hash.iterations() < iterations) {
            derive(password, ANY_SALT, iterations - hash.iterations());
        }
        if (!MessageDigest.isEqual(derived, hash.digest())) {
            return PasswordVerification.FAILED;
        }
        return hash.iterations() < iterations
                ? PasswordVerification.SUCCEEDED_REHASH_NEEDED
                : PasswordVerification.SUCCEEDED;
    }

    @Override
    public void spend(RawPassword password) {
        if (isTakenWhole(password)) {
            derive(password, ANY_SALT, iterations);
        } else {
            derive(new char[] {'x'}, ANY_SALT, iterations);
        }
    }

    private byte[] derive(RawPassword password, byte[] salt, int count) {
        byte[] bytes = password.utf8();
        CharBuffer decoded = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        char[] chars = new char[decoded.remaining()];
        decoded.get(chars);
        Arrays.fill(decoded.array(), '\0');
        Arrays.fill(bytes, (byte) 0);
        return derive(chars, salt, count);
    }

    /** The JDK writes the chars as the UTF-8 they came from. Wipes them. */
    private byte[] derive(char[] chars, byte[] salt, int count) {
        computations.accept(count);
        PBEKeySpec spec = new PBEKeySpec(chars, salt, count, 8 * Pbkdf2Hash.DIGEST_BYTES);
        Arrays.fill(chars, '\0');
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every JDK has PBKDF2WithHmacSHA256", e);
        } finally {
            spec.clearPassword();
        }
    }

    private static boolean isTakenWhole(RawPassword password) {
        return password.isHashable() && password.utf8Length() <= MAX_BYTES;
    }

    /** {@return the scheme and the number of iterations} */
    @Override
    public String toString() {
        return "pbkdf2-sha256, " + iterations + " iterations";
    }
}
