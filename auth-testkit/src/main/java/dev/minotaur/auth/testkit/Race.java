package dev.minotaur.auth.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * Threads that do one thing to one item at the same moment, and then to the next item. They wait for each other before each
 * item, so that no thread gets ahead of the others, and all is over within a bound.
 *
 * @param <I> what they do it to
 * @param <A> what they are answered
 */
final class Race<I, A> {

    /** How many items a race has; more finds rarer faults and takes longer. */
    static final int ROUNDS = Math.max(1, Integer.getInteger("dev.minotaur.auth.testkit.rounds", 25));

    /** Where the items are done sooner, as on the heap, a rule with a race is run again until this time is over. */
    static final Duration LEAST = Duration.ofMillis(4L * ROUNDS);

    private static final Duration SHORT = Duration.ofNanos(100_000);

    private static final Duration BOUND = Duration.ofMinutes(2);

    private final String name;
    private final int threads;
    private final Step<I, A> step;
    private final Phaser barrier;
    private final boolean apart;

    private Race(String name, int threads, Step<I, A> step, boolean apart) {
        this.name = name;
        this.threads = threads;
        this.step = step;
        this.barrier = new Phaser(threads);
        this.apart = apart;
    }

    /** All begin each item together. */
    static <I, A> Race<I, A> together(String name, int threads, Step<I, A> step) {
        return new Race<>(name, threads, step, false);
    }

    /**
     * All begin each second item together. The others they begin at any moments of the time that the slowest of them took for
     * the item before, so that what one does in the middle of its step is met by all that the others do, however fast the
     * stores are.
     */
    static <I, A> Race<I, A> apart(String name, int threads, Step<I, A> step) {
        return new Race<>(name, threads, step, true);
    }

    List<Round<I, A>> run(List<I> items) {
        AtomicLongArray took = new AtomicLongArray(items.size());
        List<Thread> started = new ArrayList<>();
        ExecutorService pool = Executors.newFixedThreadPool(threads, work -> {
            Thread thread = new Thread(work, "auth-testkit-race-" + started.size());
            thread.setDaemon(true);
            started.add(thread);
            return thread;
        });
        try {
            List<Future<List<A>>> running = IntStream.range(0, threads)
                    .mapToObj(thread -> pool.submit(() -> answers(items, took, thread)))
                    .toList();
            long deadline = System.nanoTime() + BOUND.toNanos();
            List<List<A>> byThread = new ArrayList<>();
            for (Future<List<A>> future : running) {
                byThread.add(result(future, deadline, started));
            }
            return IntStream.range(0, items.size())
                    .mapToObj(item -> new Round<>(
                            items.get(item),
                            byThread.stream().map(answers -> answers.get(item)).toList()))
                    .toList();
        } finally {
            barrier.forceTermination();
            pool.shutdownNow();
        }
    }

    private List<A> answers(List<I> items, AtomicLongArray took, int thread) throws Exception {
        List<A> answers = new ArrayList<>();
        try {
            for (int i = 0; i < items.size(); i++) {
                barrier.arriveAndAwaitAdvance();
                if (apart && i % 2 == 1) {
                    waitFor(moment(i, thread, took.get(i - 1)));
                }
                long start = System.nanoTime();
                answers.add(step.of(items.get(i), thread));
                took.accumulateAndGet(i, System.nanoTime() - start, Math::max);
            }
        } finally {
            barrier.arriveAndDeregister();
        }
        return answers;
    }

    private static long moment(int item, int thread, long most) {
        return (long) (most * new SplittableRandom(31L * item + thread).nextDouble());
    }

    /** A wait that is shorter than what the scheduler needs to end one is no wait for it. */
    private static void waitFor(long nanos) {
        long start = System.nanoTime();
        for (long left = nanos; left > 0; left = nanos - (System.nanoTime() - start)) {
            if (left < SHORT.toNanos()) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(left - SHORT.toNanos() / 2);
            }
        }
    }

    private List<A> result(Future<List<A>> future, long deadline, List<Thread> started) {
        try {
            return future.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            Throwable thrown = e.getCause() == null ? e : e.getCause();
            if (thrown instanceof Unmet unmet) {
                throw unmet;
            }
            throw unmet("no exception", RuleReport.shown(thrown), thrown);
        } catch (TimeoutException e) {
            throw unmet(
                    "an end within " + BOUND.toMinutes() + " minutes", "threads that wait for ever", stuck(started));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unmet("an end", "an interrupt", e);
        }
    }

    private Unmet unmet(String expected, String observed, Throwable cause) {
        Unmet unmet = new Unmet(name, expected, observed);
        unmet.initCause(cause);
        return unmet;
    }

    private static Throwable stuck(List<Thread> started) {
        IllegalStateException all = new IllegalStateException("where each thread is");
        for (Thread thread : started) {
            IllegalStateException one = new IllegalStateException(thread.getName());
            one.setStackTrace(thread.getStackTrace());
            all.addSuppressed(one);
        }
        return all;
    }

    /** What one thread does to one item. */
    @FunctionalInterface
    interface Step<I, A> {
        A of(I item, int thread) throws Exception;
    }

    /**
     * What the threads were answered about one item.
     *
     * @param item the item
     * @param answers one of each thread, in the order of the threads
     */
    record Round<I, A>(I item, List<A> answers) {

        long count(A answer) {
            return answers.stream().filter(answer::equals).count();
        }
    }
}
