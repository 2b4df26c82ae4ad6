package dev.minotaur.auth;

import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.PasswordHasher;
import dev.minotaur.auth.password.PasswordVerification;
import dev.minotaur.auth.password.RawPassword;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** The one way to the hasher: bounds how many passwords are hashed at a time (ASVS 15.2.2). */
final class HashingGate {

    private static final Duration LEAST_RETRY = Duration.ofSeconds(1);

    private final PasswordHasher hasher;
    private final Semaphore permits;
    private final Duration patience;

    HashingGate(PasswordHasher hasher, int parallel, Duration patience) {
        this.hasher = hasher;
        this.permits = new Semaphore(parallel, true);
        this.patience = patience;
    }

    /** Waits for a permit, which the caller closes; empty when the machine stays busy for too long. */
    Optional<Permit> enter() {
        try {
            return permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS)
                    ? Optional.of(new Permit())
                    : Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** Waits for a permit and hashes; empty when the machine stays busy for too long. */
    Optional<PasswordHash> hash(RawPassword password) {
        Optional<Permit> entered = enter();
        if (entered.isEmpty()) {
            return Optional.empty();
        }
        try (Permit permit = entered.get()) {
            return Optional.of(permit.hash(password));
        }
    }

    /** When to come again, after having waited for nothing: as long as that, at least a second. */
    Optional<Duration> retryAfter() {
        return Optional.of(patience.compareTo(LEAST_RETRY) < 0 ? LEAST_RETRY : patience);
    }

    boolean canRead(PasswordHash stored) {
        return hasher.canRead(stored);
    }

    int maxUtf8Bytes() {
        return hasher.maxUtf8Bytes();
    }

    /** The right to hash, for one thread and until closed. */
    final class Permit implements AutoCloseable {

        private Permit() {}

        PasswordHash hash(RawPassword password) {
            return hasher.hash(password);
        }

        /** One verification's work, whether there is a hash, one that cannot be read, or none, which is empty. */
        Optional<PasswordVerification> verify(RawPassword password, Optional<PasswordHash> stored) {
            Optional<PasswordVerification> found =
                    stored.map(hash -> Objects.requireNonNull(hasher.verify(password, hash), "verification"));
            if (found.isEmpty() || found.get() == PasswordVerification.UNREADABLE) {
                hasher.spend(password);
            }
            return found;
        }

        @Override
        public void close() {
            permits.release();
        }
    }
}
