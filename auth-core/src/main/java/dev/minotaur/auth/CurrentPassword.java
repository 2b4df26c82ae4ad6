package dev.minotaur.auth;

import dev.minotaur.auth.password.PasswordVerification;
import dev.minotaur.auth.password.RawPassword;
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

    /** Waits for its turn to hash, counts the attempt, and verifies; then makes something while the turn lasts, and forgets the attempts. */
    <T> Proof<T> prove(UserRecord user, RawPassword password, Function<HashingGate.Permit, T> then, Instant now) {
        Optional<HashingGate.Permit> permit = kernel.hashing.enter();
        if (permit.isEmpty()) {
            return Proof.refused(Refusal.BUSY, kernel.hashing.retryAfter());
        }
        AttemptGuard.Admission admission;
        Optional<PasswordVerification> found = Optional.empty();
        Optional<T> made = Optional.empty();
        try (HashingGate.Permit entered = permit.get()) {
            admission = kernel.admit(AttemptGuard.keyOf(user), now);
            if (admission.delay().isEmpty()) {
                found = entered.verify(password, user.passwordHash());
                made = isRight(found) ? Optional.of(then.apply(entered)) : Optional.empty();
            }
        }
        if (admission.delay().isPresent()) {
            return Proof.refused(Refusal.TOO_MANY_ATTEMPTS, admission.delay());
        }
        if (found.equals(Optional.of(PasswordVerification.UNREADABLE))) {
            return Proof.refused(Refusal.UNREADABLE_HASH, Optional.empty());
        }
        if (made.isEmpty()) {
            kernel.lock.failed(user, admission.inRow(), now);
            return Proof.refused(Refusal.WRONG_PASSWORD, Optional.empty());
        }
        kernel.housekeeping(user.id(), "forget_attempts", now, () -> kernel.guard.forget(user));
        return new Proof<>(made, Optional.empty(), Optional.empty());
    }

    private static boolean isRight(Optional<PasswordVerification> verification) {
        return verification
                .filter(found -> found == PasswordVerification.SUCCEEDED
                        || found == PasswordVerification.SUCCEEDED_REHASH_NEEDED)
                .isPresent();
    }
}
