package dev.minotaur.auth;

import dev.minotaur.auth.spi.AttemptKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The one way to look at a password: within the bound of the client, in turn, and within that of the identifier. Who is over
 * the bound of the client takes no turn, so that a flood from one makes nobody else wait.
 */
final class GuardedLook {

    private static final Duration FOR_NOW = Duration.ofSeconds(30);

    private final Kernel kernel;
    private final ClientLimit clientLimit;

    GuardedLook(Kernel kernel, ClientLimit clientLimit) {
        this.kernel = kernel;
        this.clientLimit = clientLimit;
    }

    GuardedLook forKernel(Kernel other) {
        return new GuardedLook(other, clientLimit);
    }

    /** What was seen, as which attempt in a row; or why nothing was looked at, and when to come again. */
    record Outcome<T>(Optional<T> seen, int inRow, boolean busy, Optional<Duration> retryAfter) {}

    /** Looks while the turn lasts: given the right to hash, and which attempt in a row it is. */
    <T> Outcome<T> look(AttemptKey key, BiFunction<HashingGate.Permit, Integer, T> look, Instant now) {
        Optional<Duration> wait = waitOfClient(now);
        if (wait.isPresent()) {
            return new Outcome<>(Optional.empty(), 0, false, wait);
        }
        Optional<HashingGate.Permit> permit = kernel.hashing.enter();
        if (permit.isEmpty()) {
            return new Outcome<>(Optional.empty(), 0, true, kernel.hashing.retryAfter());
        }
        try (HashingGate.Permit turn = permit.get()) {
            AttemptGuard.Admission admission = kernel.guard.admit(key, kernel::nowOfJob);
            Optional<T> seen =
                    admission.delay().isPresent() ? Optional.empty() : Optional.of(look.apply(turn, admission.inRow()));
            return new Outcome<>(seen, admission.inRow(), false, admission.delay());
        }
    }

    /** Whoever could make it fail, or answer nonsense, would guess without a bound. */
    private Optional<Duration> waitOfClient(Instant now) {
        try {
            Optional<Duration> wait = clientLimit.admit(kernel.client, now);
            if (wait.isEmpty() || wait.get().compareTo(Duration.ZERO) > 0) {
                return wait;
            }
        } catch (VirtualMachineError ofTheMachine) {
            throw ofTheMachine;
        } catch (Throwable unknown) {
            // Told below, as nonsense is.
        }
        kernel.tell(AuthEvent.of(AuthEvent.Type.SYS_CLIENT_LIMIT_FAIL, now));
        return Optional.of(FOR_NOW);
    }
}
