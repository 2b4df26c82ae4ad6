package dev.minotaur.auth.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.Durability;
import dev.minotaur.auth.testkit.RuleBook;
import dev.minotaur.auth.testkit.StoreFixture;
import dev.minotaur.auth.testkit.subject.HeapData;
import dev.minotaur.auth.testkit.subject.HeapFixture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.Events;

/** Whatever shape an author's class has, every rule runs once for each store; and fixtures that would blind rules are refused. */
class AuthorsClassTest {

    private static final int PLAIN =
            (int) RuleBook.all().stream().filter(RuleBook.Entry::isPlain).count();
    private static final AtomicInteger CLOSED = new AtomicInteger();

    @Test
    void aClassThatExtendsAnAuthorsBaseHasAllRules() {
        expectAllPlainRules(Extended.class);
    }

    @Test
    void aTestOfAnInterfaceCannotTakeThePlaceOfARule() throws NoSuchMethodException {
        String name = AuthorRun.rule("USR-1").getName();
        assertThat(Impostor.class.getMethod("usr1InsertedUserIsFound").isDefault())
                .isTrue();
        assertThat(WithImpostor.class.getMethod(name)).isEqualTo(AuthorRun.rule("USR-1"));
        AuthorRun.of(WithImpostor.class, "USR-1")
                .assertStatistics(statistics -> statistics.started(1).succeeded(1));
    }

    @Test
    void aNestedClassHasAllRulesAndLeavesThoseOfItsOwnNestedClassesAlone() {
        expectAllPlainRules(Outer.Stores.class);
        AuthorRun.of(Outer.Stores.Own.class)
                .assertStatistics(statistics -> statistics.started(1).succeeded(1));
    }

    @Test
    void rulesMayRunAtTheSameTimeAndInAnyOrder() {
        EngineExecutionResults results = AuthorRun.with(AuthorRun.rules(InAnyOrder.class, RuleBook.Entry::isPlain))
                .configurationParameter(AuthorRun.REPORT, "none")
                .configurationParameter("junit.jupiter.execution.parallel.enabled", "true")
                .configurationParameter("junit.jupiter.execution.parallel.mode.default", "concurrent")
                .execute();
        results.testEvents()
                .assertStatistics(statistics -> statistics.started(PLAIN).succeeded(PLAIN));
    }

    @Test
    void oneHandleGivenTwiceIsRefused() {
        expectRefused(OneHandle.class, "USR-1", "open() gave the same stores twice, and not two handles that share");
    }

    @Test
    void oneStoreInTwoHandlesIsRefused() {
        expectRefused(OneStore.class, "USR-1", "open() gave the same stores twice, and not two handles that share");
    }

    @Test
    void aRestartThatDoesNothingIsRefused() {
        expectRefused(NoRestart.class, "STO-7", "open() gave after restart() the stores of before");
    }

    private static void expectRefused(Class<?> testClass, String rule, String message) {
        CLOSED.set(0);
        Events events = AuthorRun.of(testClass, rule);
        events.assertStatistics(statistics -> statistics.failed(1).succeeded(0));
        assertThat(AuthorRun.thrown(events)).hasMessageContaining(message);
        assertThat(CLOSED).as("fixtures closed").hasValue(1);
    }

    private static void expectAllPlainRules(Class<?> testClass) {
        AuthorRun.of(AuthorRun.rules(testClass, RuleBook.Entry::isPlain))
                .assertStatistics(statistics ->
                        statistics.started(PLAIN).succeeded(PLAIN).skipped(0).aborted(0));
    }

    static class Base extends AuthStoresContract {

        @Override
        protected StoreFixture fixture() {
            return new HeapFixture(Durability.SURVIVES_RESTART);
        }
    }

    static class Extended extends Base {}

    interface Impostor {

        @Test
        default void usr1InsertedUserIsFound() {}
    }

    static class WithImpostor extends Base implements Impostor {}

    static class Outer {

        @Nested
        class Stores extends Base {

            @Nested
            class Own {

                @Test
                void anAuthorsOwnTest() {
                    assertThat(fixture()).isNotNull();
                }
            }
        }
    }

    @TestMethodOrder(MethodOrderer.Random.class)
    @TestClassOrder(ClassOrderer.Random.class)
    static class InAnyOrder extends Base {}

    static class OneHandle extends AuthStoresContract {

        private final AuthStores one = HeapFixture.handleOn(new HeapData());

        @Override
        protected StoreFixture fixture() {
            return new Given(Durability.SURVIVES_RESTART, () -> one);
        }
    }

    static class OneStore extends AuthStoresContract {

        private final HeapData data = new HeapData();
        private final AuthStores one = HeapFixture.handleOn(data);

        @Override
        protected StoreFixture fixture() {
            return new Given(Durability.SURVIVES_RESTART, () -> {
                AuthStores other = HeapFixture.handleOn(data);
                return AuthStores.of(other.users(), one.tokens(), other.attempts());
            });
        }
    }

    static class NoRestart extends AuthStoresContract {

        private final AuthStores one = HeapFixture.handleOn(new HeapData());

        @Override
        protected StoreFixture fixture() {
            return new Given(Durability.HEAP_ONLY, () -> one);
        }
    }

    private record Given(Durability durability, Supplier<AuthStores> handle) implements StoreFixture {

        @Override
        public AuthStores open() {
            return handle.get();
        }

        @Override
        public void restart() {}

        @Override
        public void close() {
            CLOSED.incrementAndGet();
        }
    }
}
