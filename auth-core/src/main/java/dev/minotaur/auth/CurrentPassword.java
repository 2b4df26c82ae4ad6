package dev.minotaur.auth;

import dev.minotaur.auth.password.PasswordVerification;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** How who is signed in proves the password: guarded like a sign-in, on the same budget of attempts. */
final class CurrentPassword {

    private final Kernel kernel;

    CurrentPassword(Kernel kernel) {
        this.kernel = kernel;
    }

    /** Why it is not proven. */
    enum Refusal {
        BUSY,
        TOO_MANY_ATTEMPTS,
        WRONG_PASSWORD,
        UNREADABLE_HASH;

        /** The word for the listener. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What was made under the proof, or why there is none and how long to wait. */
    record Proof<T>(Optional<T> made, Optional<Refusal> refusal, Optional<Duration> retryAfter) {

        private static <T> Proof<T> refused(Refusal refusal, Optional<Duration> retryAfter) {
            return new Proof<>(Optional.empty(), Optional.of(refusal), retryAfter);
        }
    }

    /**
     * Waits for its turn to hash, counts the attempt, and verifies; then makes something while the turn lasts, and forgets the
     * attempts.
     */
    <T> Proof<T> prove(UserRecord user, RawPassword password, Function<HashingGate.Permit, T> then, Instant now) {
        AttemptKey key = AttemptGuard.keyOf(user);
        GuardedLook.Outcome<Seen<T>> outcome = kernel.guarded.look(
                key,
                (hashing, inRow) -> {
                    Optional<PasswordVerification> found = hashing.verify(password, user.passwordHash());
                    boolean proven = isRight(found) && !kernel.lock.isDue(user, inRow);
                    return new Seen<>(found, proven ? Optional.of(then.apply(hashing)) : Optional.empty());
                },
                now);
        if (outcome.seen().isEmpty()) {
            return Proof.refused(outcome.busy() ? Refusal.BUSY : Refusal.TOO_MANY_ATTEMPTS, outcome.retryAfter());
        }
        Seen<T> seen = outcome.seen().get();
        if (seen.found().equals(Optional.of(PasswordVerification.UNREADABLE))) {
            return Proof.refused(Refusal.UNREADABLE_HASH, Optional.empty());
        }
        if (seen.made().isEmpty()) {
            kernel.lock.failed(user, key, outcome.inRow(), now);
            return Proof.refused(Refusal.WRONG_PASSWORD, Optional.empty());
        }
        kernel.forgetAttempts(user.id(), now, () -> kernel.guard.forget(user));
        return new Proof<>(seen.made(), Optional.empty(), Optional.empty());
    }

    private record Seen<T>(Optional<PasswordVerification> found, Optional<T> made) {}

    private static boolean isRight(Optional<PasswordVerification> verification) {
        return verification
                .filter(found -> found == PasswordVerification.SUCCEEDED
                        || found == PasswordVerification.SUCCEEDED_REHASH_NEEDED)
                .isPresent();
    }
}
