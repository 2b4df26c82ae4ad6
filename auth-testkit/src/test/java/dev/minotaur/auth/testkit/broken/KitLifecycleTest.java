package dev.minotaur.auth.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.Durability;
import dev.minotaur.auth.testkit.RuleBook;
import dev.minotaur.auth.testkit.StoreFixture;
import dev.minotaur.auth.testkit.subject.HeapFixture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** How the kit behaves around the rules: in an author's class, with a fixture that is not there or does not close. */
class KitLifecycleTest {

    @Test
    void everyRuleRunsOnceInAnAuthorsClass() {
        AuthorsClass.OPENED.set(0);
        AuthorsClass.CLOSED.set(0);
        Events events = AuthorRun.of(AuthorsClass.class);
        int rules = RuleBook.all().size();
        events.assertStatistics(statistics ->
                statistics.started(rules + 1).succeeded(rules + 1).skipped(0).aborted(0));
        assertThat(events.started().stream().map(Event::getTestDescriptor).map(TestDescriptor::getDisplayName))
                .contains("USR-4 repeated insert is recognised", "TOK-21 other digest changes nothing")
                .contains("anAuthorsOwnTest()");
        assertThat(AuthorsClass.OPENED).as("fixtures asked for").hasValue(rules);
        assertThat(AuthorsClass.CLOSED).as("fixtures closed").hasValue(rules);
    }

    @Test
    void aBackendThatIsNotThereFailsAndIsNotSkipped() {
        Events events = AuthorRun.of(NoBackend.class);
        events.assertStatistics(statistics ->
                statistics.failed(RuleBook.all().size()).aborted(0).skipped(0).succeeded(0));
        events.failed().stream().forEach(event -> assertThat(AuthorRun.thrown(event))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the fixture could not be opened: org.opentest4j.TestAbortedException: there is no"
                        + " database"));
    }

    @Test
    void aFixtureThatDoesNotCloseFails() {
        Events events = AuthorRun.of(DoesNotClose.class, "USR-1");
        events.assertStatistics(statistics -> statistics.failed(1).succeeded(0));
        assertThat(AuthorRun.thrown(events)).hasMessage("cannot close");
    }

    /** With a test and a set-up of its own, and one instance for all rules. */
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class AuthorsClass extends AuthStoresContract {

        static final AtomicInteger OPENED = new AtomicInteger();
        static final AtomicInteger CLOSED = new AtomicInteger();

        private StoreFixture prepared;

        @BeforeEach
        void prepare() {
            prepared = new Counted(CLOSED::incrementAndGet);
        }

        @Override
        protected StoreFixture fixture() {
            OPENED.incrementAndGet();
            return prepared;
        }

        @Test
        void anAuthorsOwnTest() {
            assertThat(prepared.open()).isNotNull();
        }
    }

    static class NoBackend extends AuthStoresContract {

        @Override
        protected StoreFixture fixture() {
            return Assumptions.abort("there is no database");
        }
    }

    static class DoesNotClose extends AuthStoresContract {

        @Override
        protected StoreFixture fixture() {
            return new Counted(() -> {
                throw new IllegalStateException("cannot close");
            });
        }
    }

    private static final class Counted extends ForwardingFixture {

        private final Runnable closing;

        private Counted(Runnable closing) {
            super(new HeapFixture(Durability.HEAP_ONLY));
            this.closing = closing;
        }

        @Override
        public void close() {
            closing.run();
        }
    }
}
