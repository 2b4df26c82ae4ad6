package dev.minotaur.auth.benchmarks;

import dev.minotaur.auth.password.DelegatingPasswordHasher;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.PasswordHasher;
import dev.minotaur.auth.password.PasswordVerification;
import dev.minotaur.auth.password.RawPassword;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The verification of stored strings that cannot be read, by the hasher that is the default, and beside it the computation
 * that a sign-in spends on an account that is not there, and after each of these too.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class HostileHashBenchmark {

    private final RawPassword password = RawPassword.ofString("correct horse battery staple");
    private final PasswordHasher hasher = DelegatingPasswordHasher.defaults();
    private final PasswordHash malformed =
            PasswordHash.of("$2x$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe");
    private final PasswordHash truncated = PasswordHash.of("$2b$10$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYV");
    private final PasswordHash hostileCost =
            PasswordHash.of("$2b$31$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe");
    private final PasswordHash hostileRounds =
            PasswordHash.of("pbkdf2_sha256$2147483647$c2FsdHNhbHQ=$3rS2KdeeWLuGmsfGlMfOxih58VYVfxe3rS2KdeeWLuE=");
    private final PasswordHash longest =
            PasswordHash.of("{bcrypt}".repeat(PasswordHash.MAX_LENGTH).substring(0, PasswordHash.MAX_LENGTH));

    /** Called by JMH. */
    public HostileHashBenchmark() {}

    /** What a refusal costs in any case. */
    @Benchmark
    public void unknownAccount() {
        hasher.spend(password);
    }

    /**
     * The faulty variant of bcrypt.
     *
     * @return that it cannot be read
     */
    @Benchmark
    public PasswordVerification malformed() {
        return verified(malformed);
    }

    /**
     * A hash that lost its end.
     *
     * @return that it cannot be read
     */
    @Benchmark
    public PasswordVerification truncated() {
        return verified(truncated);
    }

    /**
     * A cost that would take days.
     *
     * @return that it cannot be read
     */
    @Benchmark
    public PasswordVerification hostileCost() {
        return verified(hostileCost);
    }

    /**
     * As many iterations as an integer counts.
     *
     * @return that it cannot be read
     */
    @Benchmark
    public PasswordVerification hostileRounds() {
        return verified(hostileRounds);
    }

    /**
     * The longest string that is stored, of many beginnings.
     *
     * @return that it cannot be read
     */
    @Benchmark
    public PasswordVerification longest() {
        return verified(longest);
    }

    private PasswordVerification verified(PasswordHash hostile) {
        PasswordVerification found = hasher.verify(password, hostile);
        if (found != PasswordVerification.UNREADABLE) {
            throw new IllegalStateException(hostile.encoded() + " was read: " + found);
        }
        return found;
    }
}
