package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.AuthStores;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * What some threads do to a few things: one stores what is there first; all make their calls; when all are done, one reads what
 * is left. In most programs each call is made together with one of each other thread, by callers who have seen all calls before;
 * in the others each thread goes on alone, as if there were no others. Both often conflict.
 *
 * @param seed where it comes from
 * @param phases one after the other, each with the calls of each thread
 */
record Program(long seed, List<Phase> phases) {

    static final int THREADS = 4;

    /**
     * What the threads do at once.
     *
     * @param calls of each thread
     * @param moments the count of the program
     */
    record Phase(List<List<Operation>> calls, AtomicInteger moments) {

        List<Event> run(int thread, AuthStores stores) {
            List<Event> events = new ArrayList<>();
            for (Operation call : calls.get(thread)) {
                int called = moments.getAndIncrement();
                Object answer = Failed.answer(call, stores);
                events.add(new Event(thread, call, called, moments.getAndIncrement(), answer));
            }
            return events;
        }
    }

    /** The program of a seed, of as many calls at once. */
    static Program of(long seed, Calls calls, int most) {
        SplittableRandom random = new SplittableRandom(seed);
        AtomicInteger moments = new AtomicInteger();
        List<Operation> first = calls.first(random);
        State state = State.empty();
        for (Operation call : first) {
            state = Model.after(state, call);
        }
        int threads = 2 + random.nextInt(THREADS - 1);
        List<List<List<Operation>>> atOnce = random.nextInt(4) < 3
                ? inStep(state, calls, threads, most, random)
                : List.of(eachAlone(state, calls, threads, most, random));
        List<Phase> phases = new ArrayList<>();
        phases.add(new Phase(byOne(random.nextInt(threads), first), moments));
        atOnce.forEach(some -> phases.add(new Phase(some, moments)));
        phases.add(new Phase(byOne(random.nextInt(threads), calls.last()), moments));
        return new Program(seed, phases);
    }

    /** One call of each thread, then another of each, such as any would make who has seen all before. */
    private static List<List<List<Operation>>> inStep(
            State state, Calls calls, int threads, int most, SplittableRandom random) {
        List<List<List<Operation>>> steps = new ArrayList<>();
        State believed = state;
        for (int left = most; left > 0; left -= threads) {
            List<List<Operation>> step = new ArrayList<>();
            State next = believed;
            for (int thread = 0; thread < THREADS; thread++) {
                if (thread < Math.min(threads, left)) {
                    Operation call = calls.next(random, believed);
                    next = Model.after(next, call);
                    step.add(List.of(call));
                } else {
                    step.add(List.of());
                }
            }
            believed = next;
            steps.add(step);
        }
        return steps;
    }

    /** The calls of each thread, such as it would make if it were alone. */
    private static List<List<Operation>> eachAlone(
            State state, Calls calls, int threads, int most, SplittableRandom random) {
        List<List<Operation>> atOnce = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int many = thread < threads ? (most + thread) / threads : 0;
            List<Operation> own = new ArrayList<>();
            State believed = state;
            for (int i = 0; i < many; i++) {
                Operation call = calls.next(random, believed);
                believed = Model.after(believed, call);
                own.add(call);
            }
            atOnce.add(own);
        }
        return atOnce;
    }

    private static List<List<Operation>> byOne(int one, List<Operation> calls) {
        return IntStream.range(0, THREADS)
                .mapToObj(thread -> thread == one ? calls : List.<Operation>of())
                .toList();
    }
}
