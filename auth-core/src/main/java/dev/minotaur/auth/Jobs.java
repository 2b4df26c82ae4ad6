package dev.minotaur.auth;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Work that nobody waits for, on threads of its own or of the application's, and never more of it than a bound. */
final class Jobs {

    private static final int THREADS = 2;
    private static final long LAST_SECONDS = 5;

    private final Executor executor;
    private final Optional<ExecutorService> own;
    private final Semaphore places;

    Jobs(Optional<Executor> executor, int most) {
        this.own = executor.isPresent() ? Optional.empty() : Optional.of(ownThreads());
        this.executor = executor.or(() -> own).orElseThrow();
        this.places = new Semaphore(most);
    }

    /** Threads that end when there is nothing to do, so that accounts which nobody closes keep none. */
    private static ExecutorService ownThreads() {
        ThreadPoolExecutor threads = new ThreadPoolExecutor(
                THREADS, THREADS, LAST_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "minotaur-auth-mail");
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
        return threads;
    }

    /** A place for one job, or empty if all are taken. */
    Optional<Place> reserve() {
        return places.tryAcquire() ? Optional.of(new Place()) : Optional.empty();
    }

    /** Lets what was accepted end, for a while. */
    void close() {
        own.ifPresent(threads -> {
            threads.shutdown();
            try {
                if (!threads.awaitTermination(LAST_SECONDS, TimeUnit.SECONDS)) {
                    var unused = threads.shutdownNow();
                }
            } catch (InterruptedException stop) {
                var unused = threads.shutdownNow();
                Thread.currentThread().interrupt();
            }
        });
    }

    /** A place that is given back once: when it is closed, unless the executor has taken its job, or when that is done. */
    final class Place implements AutoCloseable {

        private final AtomicBoolean given = new AtomicBoolean();
        private boolean taken;

        private Place() {}

        /** Hands a job over, which must not throw. Whether the executor takes it. */
        boolean run(Runnable job) {
            try {
                executor.execute(() -> {
                    try {
                        job.run();
                    } finally {
                        giveBack();
                    }
                });
                taken = true;
                return true;
            } catch (RejectedExecutionException refused) {
                return false;
            }
        }

        @Override
        public void close() {
            if (!taken) {
                giveBack();
            }
        }

        private void giveBack() {
            if (given.compareAndSet(false, true)) {
                places.release();
            }
        }
    }
}
