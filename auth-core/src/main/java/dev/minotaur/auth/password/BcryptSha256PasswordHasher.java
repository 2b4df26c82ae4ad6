package dev.minotaur.auth.password;

import at.favre.lib.crypto.bcrypt.Radix64Encoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * Bcrypt of an HMAC-SHA256 of the password, for passwords beyond bcrypt's 72 bytes: the format {@code bcrypt_sha256} of
 * Python's passlib, {@code $bcrypt-sha256$v=2,t=2b,r=12$salt$digest}. The salt is the key of the HMAC, so that a digest found
 * elsewhere is of no use against a hash. Nothing is cut: 64 characters of any script fit (ASVS 6.2.9).
 *
 * <p>Version 1 of the format, whose digest has no key, is read as well, and told to be weaker.
 */
public final class BcryptSha256PasswordHasher implements PasswordHasher, OfBcrypt {

    /** The cost a hasher has by default: 2 to the 12th rounds. */
    public static final int DEFAULT_COST = BcryptFunction.DEFAULT_COST;

    /** The lowest cost that ASVS 5.0 (appendix C) still approves of. */
    public static final int LEAST_COST = BcryptFunction.LEAST_COST;

    /** The highest cost: of a new hash, and of a stored one that is still computed. */
    public static final int MAX_COST = BcryptFunction.MAX_COST;

    private static final int MAX_BYTES = 1024;
    private static final Radix64Encoder RADIX64 = new Radix64Encoder.Default();

    private final BcryptFunction function;

    private BcryptSha256PasswordHasher(int cost) {
        this(cost, computed -> {});
    }

    /** Tells the cost of each computation. */
    BcryptSha256PasswordHasher(int cost, IntConsumer computations) {
        this.function = new BcryptFunction(cost, computations);
    }

    /**
     * Makes a hasher of {@link #DEFAULT_COST}.
     *
     * @return the hasher
     */
    public static BcryptSha256PasswordHasher ofDefaultCost() {
        return ofCost(DEFAULT_COST);
    }

    /**
     * Makes a hasher. A stored hash of a higher cost is verified at its own: where a cost was lowered, that takes longer than
     * for an account that does not exist, and so tells it. A hash is never brought down to a lower cost.
     *
     * @param cost the binary logarithm of the number of rounds, {@link #LEAST_COST} to {@link #MAX_COST}
     * @return the hasher
     * @throws IllegalArgumentException if the cost is out of that range
     */
    public static BcryptSha256PasswordHasher ofCost(int cost) {
        return new BcryptSha256PasswordHasher(BcryptFunction.checkedCost(cost));
    }

    /**
     * Makes a hasher too cheap to protect a password, for tests that sign in a thousand times.
     *
     * @param cost 4 to {@link #LEAST_COST} - 1
     * @return the hasher
     * @throws IllegalArgumentException if the cost is out of that range
     */
    public static BcryptSha256PasswordHasher insecurelyCheapForTests(int cost) {
        return new BcryptSha256PasswordHasher(BcryptFunction.checkedCheapCost(cost));
    }

    /** {@return 1024} */
    @Override
    public int maxUtf8Bytes() {
        return MAX_BYTES;
    }

    /** {@return the cost of a new hash: the binary logarithm of the number of rounds} */
    @Override
    public int cost() {
        return function.cost();
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        if (!isTakenWhole(password)) {
            throw new IllegalArgumentException("bcrypt-sha256 takes a password of 1 to " + MAX_BYTES + " bytes");
        }
        byte[] salt = function.newSalt();
        String bcrypt = function.hash(salt, keyOf2(RADIX64.encode(salt), password));
        return PasswordHash.of(BcryptSha256Hash.encode(function.cost(), bcrypt));
    }

    @Override
    public boolean canRead(PasswordHash stored) {
        return BcryptSha256Hash.parse(stored.encoded()).isPresent();
    }

    @Override
    public PasswordVerification verify(RawPassword password, PasswordHash stored) {
        Objects.requireNonNull(password, "password");
        Optional<BcryptSha256Hash> parsed = BcryptSha256Hash.parse(stored.encoded());
        if (parsed.isEmpty()) {
            return PasswordVerification.UNREADABLE;
        }
        if (!isTakenWhole(password)) {
            spend(password);
            return PasswordVerification.FAILED;
        }
        BcryptSha256Hash hash = parsed.get();
        byte[] key = hash.version() == 1
                ? Sha256.base64(password.utf8())
                : keyOf2(hash.salt().getBytes(StandardCharsets.US_ASCII), password);
        if (!function.matches(key, hash.bcrypt())) {
            return PasswordVerification.FAILED;
        }
        boolean weaker = hash.cost() < function.cost() || (hash.cost() == function.cost() && hash.version() == 1);
        return weaker ? PasswordVerification.SUCCEEDED_REHASH_NEEDED : PasswordVerification.SUCCEEDED;
    }

    @Override
    public void spend(RawPassword password) {
        if (isTakenWhole(password)) {
            function.spend(keyOf2(new byte[] {'.'}, password));
        } else {
            function.spend();
        }
    }

    private static byte[] keyOf2(byte[] saltText, RawPassword password) {
        return Sha256.hmacBase64(Sha256.key(saltText), password.utf8());
    }

    private static boolean isTakenWhole(RawPassword password) {
        return password.isHashable() && password.utf8Length() <= MAX_BYTES;
    }

    /** {@return the scheme and the cost} */
    @Override
    public String toString() {
        return "bcrypt-sha256, cost " + function.cost();
    }
}
