package dev.minotaur.auth.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.Durability;
import dev.minotaur.auth.testkit.KnownDeviation;
import dev.minotaur.auth.testkit.StoreFixture;
import dev.minotaur.auth.testkit.subject.HeapFixture;
import java.lang.reflect.Method;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.platform.testkit.engine.Events;

/** Nothing that an author hangs around a rule turns a failure, or a rule that did not run, into a pass. */
class VerdictTest {

    @Test
    void anExtensionThatPassesOverTheTestIsFound() {
        expectFailure(PassedOver.class, "USR-1 did not run on PassedOver: ");
    }

    @Test
    void soIsOneThatStandsBeforeTheKit() {
        expectFailure(Enclosing.Stores.class, "USR-1 did not run on Stores: ");
    }

    @Test
    void anExtensionCannotSwallowAFailure() {
        expectFailure(Swallowed.class, "USR-1 is broken by Swallowed: ");
    }

    @Test
    void anExtensionCannotMakeAFailureASkippedTest() {
        expectFailure(TurnedIntoAnAssumption.class, "USR-1 is broken by TurnedIntoAnAssumption: ");
    }

    @Test
    void anExtensionCannotMakeADeviationAPass() {
        Events events = AuthorRun.of(SwallowedDeviation.class, "USR-1");
        events.assertStatistics(statistics -> statistics.aborted(1).succeeded(0).failed(0));
    }

    @Test
    void anAuthorsAssumptionAfterTheRuleDoesNotHideItsFailure() {
        expectFailure(AssumedAfterwards.class, "USR-1 is broken by AssumedAfterwards: ");
    }

    private static void expectFailure(Class<?> testClass, String message) {
        Events events = AuthorRun.of(testClass, "USR-1");
        events.assertStatistics(
                statistics -> statistics.failed(1).succeeded(0).aborted(0).skipped(0));
        assertThat(AuthorRun.thrown(events)).hasMessageStartingWith(message);
    }

    @ExtendWith(PassOver.class)
    static class PassedOver extends AuthStoresContract {

        @Override
        protected StoreFixture fixture() {
            return new HeapFixture(Durability.HEAP_ONLY);
        }
    }

    @ExtendWith(PassOver.class)
    static class Enclosing {

        @Nested
        class Stores extends AuthStoresContract {

            @Override
            protected StoreFixture fixture() {
                return new HeapFixture(Durability.HEAP_ONLY);
            }
        }
    }

    static class Breaking extends AuthStoresContract {

        @Override
        protected StoreFixture fixture() {
            return Faults.byName("users: nobody is found by username").fixture().get();
        }
    }

    @ExtendWith(Swallow.class)
    static class Swallowed extends Breaking {}

    @ExtendWith(Swallow.class)
    @KnownDeviation(rule = "USR-1", reason = "known")
    static class SwallowedDeviation extends Breaking {}

    @ExtendWith(Assume.class)
    static class TurnedIntoAnAssumption extends Breaking {}

    static class AssumedAfterwards extends Breaking {

        @AfterEach
        void assume() {
            Assumptions.abort("there is no database");
        }
    }

    static final class PassOver implements InvocationInterceptor {

        @Override
        public void interceptTestMethod(
                Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context) {
            invocation.skip();
        }
    }

    static final class Swallow implements TestExecutionExceptionHandler {

        @Override
        public void handleTestExecutionException(ExtensionContext context, Throwable thrown) {}
    }

    static final class Assume implements TestExecutionExceptionHandler {

        @Override
        public void handleTestExecutionException(ExtensionContext context, Throwable thrown) {
            Assumptions.abort("it is flaky");
        }
    }
}
