package dev.minotaur.auth.password;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.function.IntConsumer;

/**
 * Bcrypt. Makes {@code $2b$}; verifies {@code $2a$}, {@code $2b$} and {@code $2y$}, which are the same function; does not
 * read {@code $2x$}, whose hashes were made by a faulty one.
 *
 * <p>Bcrypt sees 72 bytes. A longer password is refused when it is set and fails when it is verified: none is ever cut.
 */
public final class BcryptPasswordHasher implements PasswordHasher, OfBcrypt {

    /** The cost a hasher has by default: 2 to the 12th rounds. */
    public static final int DEFAULT_COST = BcryptFunction.DEFAULT_COST;

    /** The lowest cost that ASVS 5.0 (appendix C) still approves of. */
    public static final int LEAST_COST = BcryptFunction.LEAST_COST;

    /** The highest cost: of a new hash, and of a stored one that is still computed. */
    public static final int MAX_COST = BcryptFunction.MAX_COST;

    private final BcryptFunction function;

    private BcryptPasswordHasher(int cost) {
        this(cost, computed -> {});
    }

    /** Tells the cost of each computation: that all branches do the same work is a promise, and this is how it is seen. */
    BcryptPasswordHasher(int cost, IntConsumer computations) {
        this.function = new BcryptFunction(cost, computations);
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
     * Makes a hasher. A stored hash of a higher cost is verified at its own: where a cost was lowered, that takes longer than
     * for an account that does not exist, and so tells it. A hash is never brought down to a lower cost.
     *
     * @param cost the binary logarithm of the number of rounds, {@link #LEAST_COST} to {@link #MAX_COST}
     * @return the hasher
     * @throws IllegalArgumentException if the cost is out of that range
     */
    public static BcryptPasswordHasher ofCost(int cost) {
        return new BcryptPasswordHasher(BcryptFunction.checkedCost(cost));
    }

    /**
     * Makes a hasher too cheap to protect a password, for tests that sign in a thousand times.
     *
     * @param cost 4 to {@link #LEAST_COST} - 1
     * @return the hasher
     * @throws IllegalArgumentException if the cost is out of that range
     */
    public static BcryptPasswordHasher insecurelyCheapForTests(int cost) {
        return new BcryptPasswordHasher(BcryptFunction.checkedCheapCost(cost));
    }

    @Override
    public int maxUtf8Bytes() {
        return BcryptFunction.MAX_KEY_BYTES;
    }

    /** {@return the cost of a new hash: the binary logarithm of the number of rounds} */
    @Override
    public int cost() {
        return function.cost();
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        if (!isTakenWhole(password)) {
            throw new IllegalArgumentException(
                    "bcrypt takes a password of 1 to " + BcryptFunction.MAX_KEY_BYTES + " bytes, in whole");
        }
        return PasswordHash.of(function.hash(function.newSalt(), password.utf8()));
    }

    @Override
    public boolean canRead(PasswordHash stored) {
        return BcryptFunction.costOf(stored.encoded()).isPresent();
    }

    @Override
    public PasswordVerification verify(RawPassword password, PasswordHash stored) {
        Objects.requireNonNull(password, "password");
        OptionalInt storedCost = BcryptFunction.costOf(stored.encoded());
        if (storedCost.isEmpty()) {
            return PasswordVerification.UNREADABLE;
        }
        if (!isTakenWhole(password)) {
            spend(password);
            return PasswordVerification.FAILED;
        }
        if (!function.matches(password.utf8(), stored.encoded())) {
            return PasswordVerification.FAILED;
        }
        return storedCost.getAsInt() < function.cost()
                ? PasswordVerification.SUCCEEDED_REHASH_NEEDED
                : PasswordVerification.SUCCEEDED;
    }

    @Override
    public void spend(RawPassword password) {
        if (isTakenWhole(password)) {
            function.spend(password.utf8());
        } else {
            function.spend();
        }
    }

    private static boolean isTakenWhole(RawPassword password) {
        return password.isHashable() && password.utf8Length() <= BcryptFunction.MAX_KEY_BYTES;
    }

    /** {@return the scheme and the cost} */
    @Override
    public String toString() {
        return "bcrypt, cost " + function.cost();
    }
}
