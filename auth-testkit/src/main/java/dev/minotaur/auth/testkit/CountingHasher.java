package dev.minotaur.auth.testkit;

import dev.minotaur.auth.password.BcryptPasswordHasher;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.PasswordHasher;
import dev.minotaur.auth.password.PasswordVerification;
import dev.minotaur.auth.password.RawPassword;
import java.util.concurrent.atomic.AtomicInteger;

/** A cheap hasher that counts what it is asked to compute. */
final class CountingHasher implements PasswordHasher {

    private final PasswordHasher real;
    private final AtomicInteger verifications = new AtomicInteger();
    private final AtomicInteger hashes = new AtomicInteger();

    CountingHasher(int cost) {
        this.real = BcryptPasswordHasher.insecurelyCheapForTests(cost);
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
        return real.maxUtf8Bytes();
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        hashes.incrementAndGet();
        return real.hash(password);
    }

    @Override
    public boolean canRead(PasswordHash stored) {
        return real.canRead(stored);
    }

    @Override
    public PasswordVerification verify(RawPassword password, PasswordHash stored) {
        verifications.incrementAndGet();
        return real.verify(password, stored);
    }

    @Override
    public void spend(RawPassword password) {
        verifications.incrementAndGet();
        real.spend(password);
    }
}
