package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UserStore;
import java.util.List;
import java.util.function.Supplier;
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
        run().trace().add(threads + " threads over two handles, " + items.size() + " times: " + name);
        return new Race<>(name, threads, step).run(items);
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
