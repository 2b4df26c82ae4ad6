package dev.minotaur.auth.argon2;

import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.PasswordHasher;
import dev.minotaur.auth.password.PasswordVerification;
import dev.minotaur.auth.password.RawPassword;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Argon2id (RFC 9106) by Bouncy Castle. Makes {@code $argon2id$v=19$m=19456,t=2,p=1$salt$tag}, the PHC string format that PHP,
 * Python and the reference program write; verifies those, and Django's {@code argon2$argon2id$v=19$...}.
 *
 * <p>A hash takes the memory that it states while it is computed, on the heap: in all, that of one hash times the number of
 * passwords that are hashed at a time. A stored hash that would take more than half of the heap is not read. The measure of two
 * costs is the number of blocks filled, memory times passes; a stored hash of fewer is told to be weak, and one of more is
 * never brought down.
 */
public final class Argon2idPasswordHasher implements PasswordHasher {

    /** The memory a hasher takes by default: 19 MiB, with {@link #DEFAULT_PASSES} and one lane (OWASP, Password Storage). */
    public static final int DEFAULT_MEMORY_KIB = 19_456;

    /** How often a hasher fills it by default. */
    public static final int DEFAULT_PASSES = 2;

    /** The most memory of a new hash, and of a stored one that is still computed: 256 MiB. */
    public static final int MAX_MEMORY_KIB = 262_144;

    /** The most passes of either. */
    public static final int MAX_PASSES = 16;

    /** The most lanes of a stored hash that is still computed; a new one has one, as they are not filled in parallel here. */
    public static final int MAX_LANES = 16;

    /** The most memory in KiB times passes of either. */
    public static final int MAX_WORK = 1 << 20;

    /** The least memory in KiB times passes of a new hash: that of 7 MiB and 5 passes, the cheapest that OWASP names. */
    public static final int LEAST_WORK = 35_840;

    /** The least memory of a new hash: 7 MiB. */
    public static final int LEAST_MEMORY_KIB = 7_168;

    private static final int MAX_BYTES = 1024;
    private static final int SALT_BYTES = 16;
    private static final int TAG_BYTES = 32;
    private static final byte[] ANY_SALT = new byte[SALT_BYTES];

    private final Argon2Cost cost;
    private final Consumer<Argon2Cost> computations;
    private final SecureRandom random = new SecureRandom();

    private Argon2idPasswordHasher(Argon2Cost cost) {
        this(cost, computed -> {});
    }

    /** Tells the cost of each computation: that all branches do the same work is a promise, and this is how it is seen. */
    Argon2idPasswordHasher(Argon2Cost cost, Consumer<Argon2Cost> computations) {
        this.cost = cost;
        this.computations = computations;
    }

    /**
     * Makes a hasher of {@link #DEFAULT_MEMORY_KIB} and {@link #DEFAULT_PASSES}.
     *
     * @return the hasher
     */
    public static Argon2idPasswordHasher ofDefaultCost() {
        return ofCost(DEFAULT_MEMORY_KIB, DEFAULT_PASSES);
    }

    /**
     * Makes a hasher. A stored hash of a higher cost is verified at its own: where a cost was lowered, that takes longer than
     * for an account that does not exist, and so tells it.
     *
     * @param memoryKib the memory in KiB, {@link #LEAST_MEMORY_KIB} to {@link #MAX_MEMORY_KIB}
     * @param passes how often it is filled, 1 to {@link #MAX_PASSES}
     * @return the hasher
     * @throws IllegalArgumentException if one is out of its range, their product out of {@link #LEAST_WORK} to {@link
     *     #MAX_WORK}, or the memory more than half of the heap
     */
    public static Argon2idPasswordHasher ofCost(int memoryKib, int passes) {
        Argon2Cost cost = new Argon2Cost(memoryKib, passes, 1);
        if (!cost.fitsInto(Runtime.getRuntime().maxMemory())) {
            throw new IllegalArgumentException("the heap is too small for Argon2id of " + memoryKib + " KiB");
        }
        if (memoryKib < LEAST_MEMORY_KIB || !cost.isComputed() || cost.work() < LEAST_WORK) {
            throw new IllegalArgumentException("Argon2id takes " + LEAST_MEMORY_KIB + " to " + MAX_MEMORY_KIB
                    + " KiB, 1 to " + MAX_PASSES + " passes, and " + LEAST_WORK + " to " + MAX_WORK
                    + " of the one times the other");
        }
        return new Argon2idPasswordHasher(cost);
    }

    /**
     * Makes a hasher of one pass, too cheap to protect a password, for tests that sign in a thousand times.
     *
     * @param memoryKib the memory in KiB, 8 to {@link #LEAST_MEMORY_KIB} - 1
     * @return the hasher
     * @throws IllegalArgumentException if the memory is out of that range
     */
    public static Argon2idPasswordHasher insecurelyCheapForTests(int memoryKib) {
        if (memoryKib < Argon2Cost.LEAST_KIB_OF_A_LANE || memoryKib >= LEAST_MEMORY_KIB) {
            throw new IllegalArgumentException("a cheap Argon2id takes " + Argon2Cost.LEAST_KIB_OF_A_LANE + " to "
                    + (LEAST_MEMORY_KIB - 1) + " KiB");
        }
        return new Argon2idPasswordHasher(new Argon2Cost(memoryKib, 1, 1));
    }

    /** {@return 1024} */
    @Override
    public int maxUtf8Bytes() {
        return MAX_BYTES;
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        if (!isTakenWhole(password)) {
            throw new IllegalArgumentException("Argon2id takes a password of 1 to " + MAX_BYTES + " bytes");
        }
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] tag = compute(password.utf8(), salt, cost, TAG_BYTES);
        return PasswordHash.of(Argon2idHash.encode(cost, salt, tag));
    }

    @Override
    public boolean canRead(PasswordHash stored) {
        return Argon2idHash.parse(stored.encoded()).isPresent();
    }

    @Override
    public PasswordVerification verify(RawPassword password, PasswordHash stored) {
        Objects.requireNonNull(password, "password");
        Optional<Argon2idHash> parsed = Argon2idHash.parse(stored.encoded());
        if (parsed.isEmpty()) {
            return PasswordVerification.UNREADABLE;
        }
        if (!isTakenWhole(password)) {
            spend(password);
            return PasswordVerification.FAILED;
        }
        Argon2idHash hash = parsed.get();
        byte[] tag = compute(password.utf8(), hash.salt(), hash.cost(), hash.tag().length);
        topUp(password, hash.cost().work());
        if (!MessageDigest.isEqual(tag, hash.tag())) {
            return PasswordVerification.FAILED;
        }
        return hash.cost().work() < cost.work()
                ? PasswordVerification.SUCCEEDED_REHASH_NEEDED
                : PasswordVerification.SUCCEEDED;
    }

    @Override
    public void spend(RawPassword password) {
        byte[] bytes = isTakenWhole(password) ? password.utf8() : new byte[] {'x'};
        compute(bytes, ANY_SALT, cost, TAG_BYTES);
    }

    /** Fills the blocks that a cheaper stored hash lacks, a pass at a time and in no more memory than a hash of today. */
    private void topUp(RawPassword password, int done) {
        int missing = cost.work() - done;
        while (missing > 0) {
            int memory = Math.max(Argon2Cost.LEAST_KIB_OF_A_LANE, Math.min(missing, cost.memoryKib()));
            compute(password.utf8(), ANY_SALT, new Argon2Cost(memory, 1, 1), TAG_BYTES);
            missing -= memory;
        }
    }

    /** Wipes the password. */
    private byte[] compute(byte[] password, byte[] salt, Argon2Cost of, int tagBytes) {
        computations.accept(of);
        byte[] tag = new byte[tagBytes];
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(of.memoryKib())
                    .withIterations(of.passes())
                    .withParallelism(of.lanes())
                    .withSalt(salt)
                    .build());
            generator.generateBytes(password, tag);
        } finally {
            Arrays.fill(password, (byte) 0);
        }
        return tag;
    }

    private static boolean isTakenWhole(RawPassword password) {
        return password.isHashable() && password.utf8Length() <= MAX_BYTES;
    }

    /** {@return the scheme and the cost} */
    @Override
    public String toString() {
        return "argon2id, m=" + cost.memoryKib() + ",t=" + cost.passes() + ",p=" + cost.lanes();
    }
}
