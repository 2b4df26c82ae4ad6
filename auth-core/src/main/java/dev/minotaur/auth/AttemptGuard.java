package dev.minotaur.auth;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.UserRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The one way to a verification: an attempt is recorded before the password is looked at, so that attempts in parallel cannot
 * all pass before the first is counted. A refused attempt writes nothing.
 */
final class AttemptGuard {

    private static final int MAX_ROUNDS = 1000;
    private static final int MAX_IDENTIFIER = 512;

    private final AttemptStore attempts;
    private final AttemptPolicy policy;

    AttemptGuard(AttemptStore attempts, AttemptPolicy policy) {
        this.attempts = attempts;
        this.policy = policy;
    }

    /** E-mail and username share one budget; a new stamp frees it. */
    static AttemptKey keyOf(UserRecord user) {
        UUID id = user.id().value();
        UUID stamp = user.stamp().value();
        return digest(ByteBuffer.allocate(33)
                .put((byte) 1)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putLong(stamp.getMostSignificantBits())
                .putLong(stamp.getLeastSignificantBits())
                .array());
    }

    /** For an identifier without an account. Its canonical form, or as much as matters of what nobody can have. */
    static AttemptKey keyOfUnknown(String identifier) {
        String bounded = identifier.length() > MAX_IDENTIFIER ? identifier.substring(0, MAX_IDENTIFIER) : identifier;
        byte[] text = bounded.getBytes(StandardCharsets.UTF_8);
        return digest(
                ByteBuffer.allocate(1 + text.length).put((byte) 2).put(text).array());
    }

    /**
     * Records an attempt, unless it has to wait. The first try assumes that none is recorded yet, which spares the usual
     * sign-in a read.
     *
     * @return how long it has to wait, or empty if it is recorded and may go ahead
     */
    Optional<Duration> admit(AttemptKey key, Instant now) {
        Optional<Attempts> made = Optional.empty();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Optional<Duration> wait = made.flatMap(some -> policy.delayLeft(some, now));
            if (wait.isPresent()) {
                return wait;
            }
            int count = made.map(Attempts::count).orElse(0);
            Instant last =
                    made.map(Attempts::lastAt).filter(at -> at.isAfter(now)).orElse(now);
            int next = count == Integer.MAX_VALUE ? count : count + 1;
            if (attempts.record(key, count, new Attempts(next, last))) {
                return Optional.empty();
            }
            made = attempts.find(key);
        }
        throw StoreException.nothingHappened("the attempts were counted by others all the time", null);
    }

    void forget(AttemptKey key) {
        attempts.clear(key);
    }

    private static AttemptKey digest(byte[] bytes) {
        try {
            return AttemptKey.of(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java has SHA-256", impossible);
        }
    }
}
