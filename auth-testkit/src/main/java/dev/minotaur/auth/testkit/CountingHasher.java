package dev.minotaur.auth.testkit;

import dev.minotaur.auth.password.BcryptPasswordHasher;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.PasswordHasher;
import dev.minotaur.auth.password.PasswordVerification;
import dev.minotaur.auth.password.RawPassword;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A hasher that counts what it is asked to compute, and computes next to nothing: the rules sign in ten thousand times, and
 * what they try is the store. It protects no password. A cost changes the hash's name alone; bcrypt is read as well.
 */
final class CountingHasher implements PasswordHasher {

    private static final int SALT_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final PasswordHasher bcrypt;
    private final int cost;
    private final AtomicInteger verifications = new AtomicInteger();
    private final AtomicInteger hashes = new AtomicInteger();

    /** Makes a hasher of a cost of 4 to 9. */
    CountingHasher(int cost) {
        this.cost = cost;
        this.bcrypt = BcryptPasswordHasher.insecurelyCheapForTests(cost);
    }

    /** The beginning of every hash of a cost. */
    static String prefix(int cost) {
        return "$counted$" + cost + "$";
    }

    /** Verifications, and what was spent in place of one. */
    int verifications() {
        return verifications.get();
    }

    /** All that was computed. */
    int computations() {
        return verifications.get() + hashes.get();
    }

    @Override
    public int maxUtf8Bytes() {
        return bcrypt.maxUtf8Bytes();
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        hashes.incrementAndGet();
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return PasswordHash.of(encoded(prefix(cost) + BASE64.encodeToString(salt) + "$", password));
    }

    @Override
    public boolean canRead(PasswordHash stored) {
        return costOf(stored) > 0 || bcrypt.canRead(stored);
    }

    @Override
    public PasswordVerification verify(RawPassword password, PasswordHash stored) {
        if (!canRead(stored)) {
            return PasswordVerification.UNREADABLE;
        }
        verifications.incrementAndGet();
        int storedCost = costOf(stored);
        if (storedCost == 0) {
            return bcrypt.verify(password, stored);
        }
        String encoded = stored.encoded();
        if (!encoded(encoded.substring(0, encoded.lastIndexOf('$') + 1), password)
                .equals(encoded)) {
            return PasswordVerification.FAILED;
        }
        return storedCost < cost ? PasswordVerification.SUCCEEDED_REHASH_NEEDED : PasswordVerification.SUCCEEDED;
    }

    @Override
    public void spend(RawPassword password) {
        verifications.incrementAndGet();
    }

    private static int costOf(PasswordHash stored) {
        for (int cost = 4; cost < 10; cost++) {
            if (stored.encoded().startsWith(prefix(cost))) {
                return cost;
            }
        }
        return 0;
    }

    private static String encoded(String settings, RawPassword password) {
        byte[] bytes = password.utf8();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(settings.getBytes(StandardCharsets.US_ASCII));
            return settings + BASE64.encodeToString(digest.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }
}
