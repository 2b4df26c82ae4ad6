package dev.minotaur.auth.password;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a check on threads of its own, so that no caller waits for longer than the limit and no more checks hang than there are places. */
final class TimedBreachCheck {

    static final int PLACES = 16;

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final long IDLE_SECONDS = 5;

    private final BreachCheck check;
    private final long limitNanos;
    private final Semaphore places = new Semaphore(PLACES, true);
    private final ExecutorService threads = threads();

    TimedBreachCheck(BreachCheck check, Duration limit) {
        this.check = Objects.requireNonNull(check, "check");
        if (limit.isNegative() || limit.isZero() || limit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a breach check has above 0 and at most a minute");
        }
        this.limitNanos = limit.toNanos();
    }

    /** Threads that begin with the first check and end when there is nothing to do: nobody closes a policy. */
    private static ExecutorService threads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                PLACES, PLACES, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "minotaur-auth-breach-check");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** The answer, or empty if there is none within the limit, for whatever reason; the wait for a place is part of it. */
    Optional<Boolean> ask(RawPassword password) {
        long end = System.nanoTime() + limitNanos;
        try {
            return places.tryAcquire(limitNanos, TimeUnit.NANOSECONDS) ? await(start(password), end) : Optional.empty();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The place is given back when the check has ended, however late, or was cancelled before it began. */
    private FutureTask<Boolean> start(RawPassword password) {
        boolean begun = false;
        try {
            RawPassword copy = password.copy();
            FutureTask<Boolean> asked = new FutureTask<>(() -> check.isBreached(copy));
            threads.execute(() -> {
                try {
                    asked.run();
                } finally {
                    copy.close();
                    places.release();
                }
            });
            begun = true;
            return asked;
        } finally {
            if (!begun) {
                places.release();
            }
        }
    }

    private static Optional<Boolean> await(FutureTask<Boolean> asked, long end) throws InterruptedException {
        try {
            return Optional.of(asked.get(end - System.nanoTime(), TimeUnit.NANOSECONDS));
        } catch (ExecutionException | TimeoutException none) {
            return Optional.empty();
        } finally {
            asked.cancel(true);
        }
    }
}
