package dev.minotaur.auth.inmemory;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A lock that does not pin a virtual thread. */
final class Exclusive {

    private final ReentrantLock lock = new ReentrantLock();

    <T> T run(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }
}
