package dev.minotaur.auth.inmemory;

import dev.minotaur.auth.password.BcryptPasswordHasher;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.PasswordHasher;
import dev.minotaur.auth.password.PasswordVerification;
import dev.minotaur.auth.password.RawPassword;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts what it computes. */
final class CountingHasher implements PasswordHasher {

    private final PasswordHasher real;
    private final AtomicInteger computations = new AtomicInteger();
    private volatile Runnable first = () -> {};
    private volatile Runnable firstOfHash = () -> {};

    CountingHasher() {
        this(4);
    }

    CountingHasher(int cost) {
        this.real = BcryptPasswordHasher.insecurelyCheapForTests(cost);
    }

    int computations() {
        return computations.get();
    }

    /** Does something at the start of every computation. */
    void first(Runnable step) {
        this.first = step;
    }

    /** Does something at the start of every new hash. */
    void firstOfHash(Runnable step) {
        this.firstOfHash = step;
    }

    @Override
    public int maxUtf8Bytes() {
        return real.maxUtf8Bytes();
    }

    @Override
    public PasswordHash hash(RawPassword password) {
        begin();
        firstOfHash.run();
        return real.hash(password);
    }

    @Override
    public boolean canRead(PasswordHash stored) {
        return real.canRead(stored);
    }

    @Override
    public PasswordVerification verify(RawPassword password, PasswordHash stored) {
        if (!canRead(stored)) {
            return PasswordVerification.UNREADABLE;
        }
        begin();
        return real.verify(password, stored);
    }

    @Override
    public void spend(RawPassword password) {
        begin();
        real.spend(password);
    }

    private void begin() {
        computations.incrementAndGet();
        first.run();
    }
}
