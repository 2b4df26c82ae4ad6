package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UserStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What all rules work with: two handles on one fixture's data, expectations, races. */
@ExtendWith(RuleExtension.class)
@DisplayNameGeneration(RuleNames.class)
@TestInstance(TestInstance.Lifecycle.PER_METHOD)
abstract class ContractBase {

    private @Nullable RuleRun run;

    ContractBase() {}

    protected abstract StoreFixture fixture() throws Exception;

    final void begin(RuleRun begun) {
        if (run != null) {
            throw new IllegalStateException("two rules at the same time on one instance of a test class");
        }
        run = begun;
    }

    final void end() {
        run = null;
    }

    final RuleRun run() {
        if (run == null) {
            throw new IllegalStateException("no rule is running");
        }
        run.use();
        return run;
    }

    final AuthStores stores() {
        return run().first();
    }

    final UserStore users() {
        return stores().users();
    }

    final TokenStore tokens() {
        return stores().tokens();
    }

    final AttemptStore attempts() {
        return stores().attempts();
    }

    /** A second handle on the same data. */
    final AuthStores otherHandle() {
        return run().second();
    }

    /** One of the two handles, without a trace. */
    final AuthStores handle(int thread) {
        return run().untraced(thread);
    }

    final <I, A> List<Race.Round<I, A>> race(String name, int threads, List<I> items, Race.Step<I, A> step) {
        tellRace(name, threads, items.size());
        return Race.together(name, threads, step).run(items);
    }

    /** A race whose threads also begin one after the other: where one has to be in the middle of its call for a fault to show. */
    final <I, A> List<Race.Round<I, A>> raceApart(String name, int threads, List<I> items, Race.Step<I, A> step) {
        tellRace(name, threads, items.size());
        return Race.apart(name, threads, step).run(items);
    }

    private void tellRace(String name, int threads, int times) {
        run().raced(threads + " threads over two handles, " + times + " times: " + name);
    }

    /**
     * Thread 0 writes; three others read until it has, and once more. The answers are what each of these has seen, one after
     * the other, each time that it changed.
     */
    final <I, A> List<Race.Round<I, List<A>>> watch(
            String name, List<I> items, Consumer<I> write, Race.Step<I, A> read) {
        List<AtomicBoolean> written =
                items.stream().map(item -> new AtomicBoolean()).toList();
        List<Integer> indexes = IntStream.range(0, items.size()).boxed().toList();
        var rounds = race(name, 4, indexes, (index, thread) -> {
            List<A> seen = new ArrayList<>();
            if (thread == 0) {
                try {
                    write.accept(items.get(index));
                } finally {
                    written.get(index).set(true);
                }
                return seen;
            }
            for (boolean last = false; !last; ) {
                last = written.get(index).get();
                A one = read.of(items.get(index), thread);
                if (seen.isEmpty() || !one.equals(seen.get(seen.size() - 1))) {
                    seen.add(one);
                }
            }
            return seen;
        });
        return rounds.stream()
                .map(round -> new Race.Round<>(items.get(round.item()), round.answers()))
                .toList();
    }

    static <T> List<T> many(int count, Supplier<T> one) {
        return Stream.generate(one).limit(count).toList();
    }

    static <T extends @Nullable Object> Expectation<T> expect(String subject, T observed) {
        return new Expectation<>(subject, observed);
    }

    static void expectThrow(Class<? extends RuntimeException> type, String subject, Runnable call) {
        try {
            call.run();
        } catch (RuntimeException thrown) {
            expect(subject, thrown.getClass().getName()).isTrueOf(type.getName(), type.isInstance(thrown));
            return;
        }
        throw new Unmet(subject, type.getName(), "no exception");
    }
}
