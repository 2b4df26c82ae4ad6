package dev.minotaur.auth.examples.hashing;

import dev.minotaur.auth.argon2.Argon2idPasswordHasher;
import dev.minotaur.auth.password.BcryptSha256PasswordHasher;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.PasswordHasher;
import dev.minotaur.auth.password.Pbkdf2PasswordHasher;
import dev.minotaur.auth.password.RawPassword;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Prints how long one verification takes here, so that an operator can choose a cost. */
public final class HashingCost {

    private static final int TIMES = 5;

    private HashingCost() {}

    /**
     * Measures the settings one may choose from. Takes about half a minute.
     *
     * @param args none
     */
    public static void main(String[] args) {
        print(settings(), System.out);
    }

    private static List<PasswordHasher> settings() {
        List<PasswordHasher> settings = new ArrayList<>();
        for (int cost = 10; cost <= 14; cost++) {
            settings.add(BcryptSha256PasswordHasher.ofCost(cost));
        }
        settings.add(Argon2idPasswordHasher.ofDefaultCost());
        settings.add(Argon2idPasswordHasher.ofCost(47_104, 1));
        settings.add(Argon2idPasswordHasher.ofCost(65_536, 3));
        settings.add(Pbkdf2PasswordHasher.ofDefaultIterations());
        return settings;
    }

    /** One line for each setting: the middle one of a few verifications by one thread. */
    static void print(List<PasswordHasher> settings, PrintStream out) {
        for (PasswordHasher hasher : settings) {
            out.printf(Locale.ROOT, "%8.1f ms  %s%n", medianMillis(hasher), hasher);
        }
    }

    private static double medianMillis(PasswordHasher hasher) {
        long[] nanos = new long[TIMES];
        try (RawPassword password = RawPassword.ofString("correct horse battery staple")) {
            PasswordHash hash = hasher.hash(password);
            for (int i = 0; i < TIMES; i++) {
                long start = System.nanoTime();
                var unused = hasher.verify(password, hash);
                nanos[i] = System.nanoTime() - start;
            }
        }
        Arrays.sort(nanos);
        return nanos[TIMES / 2] / 1e6;
    }
}
