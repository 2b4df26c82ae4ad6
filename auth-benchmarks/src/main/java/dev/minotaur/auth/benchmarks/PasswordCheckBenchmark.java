package dev.minotaur.auth.benchmarks;

import dev.minotaur.auth.password.PasswordPolicy;
import dev.minotaur.auth.password.PasswordProblem;
import dev.minotaur.auth.password.RawPassword;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The check of a new password: the whole of it, with the words of an account, and as the floor the look-up of a string in a {@link
 * HashSet} of as many strings as the list of common passwords has entries.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PasswordCheckBenchmark {

    private static final int ENTRIES = 21_860;
    private static final String GOOD = "Correct horse battery";
    private static final List<String> OWN =
            List.of("Ada.Lovelace@Example.org", "ada.lovelace@example.org", "ada_lovelace");

    private final PasswordPolicy policy = PasswordPolicy.soleFactor().withContextWords("Acme Shop");
    private final RawPassword good = RawPassword.ofString(GOOD);
    private final RawPassword common = RawPassword.ofString("passwordpassword");
    private Set<String> floor;

    /** Called by JMH. */
    public PasswordCheckBenchmark() {}

    /** Fills the floor, and prints what it and the list take of the heap. */
    @Setup(Level.Trial)
    public void fill() {
        long before = used();
        Set<String> strings = new HashSet<>();
        for (int i = 0; i < ENTRIES; i++) {
            strings.add(String.format(Locale.ROOT, "%015d", 7919L * i));
        }
        floor = strings;
        long filled = used();
        var unused = policy.check(good, 72, OWN);
        System.out.printf(Locale.ROOT, "heap: floor %d, list %d bytes%n", filled - before, used() - filled);
    }

    private static long used() {
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /**
     * The floor.
     *
     * @return whether a good password is in a set of strings
     */
    @Benchmark
    public boolean hashSet() {
        return floor.contains(GOOD.toLowerCase(Locale.ROOT));
    }

    /**
     * Everything, for a password that is good.
     *
     * @return no problem
     */
    @Benchmark
    public Optional<PasswordProblem> goodPassword() {
        return policy.check(good, 72, OWN);
    }

    /**
     * Up to the list of common passwords.
     *
     * @return that it is common
     */
    @Benchmark
    public Optional<PasswordProblem> commonPassword() {
        return policy.check(common, 72, OWN);
    }
}
