package dev.minotaur.auth.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.Durability;
import dev.minotaur.auth.testkit.KnownDeviation;
import dev.minotaur.auth.testkit.RuleBook;
import dev.minotaur.auth.testkit.StoreFixture;
import dev.minotaur.auth.testkit.subject.HeapFixture;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.Events;

/** A rule that a store is declared to break: it runs, it shows, and the declaration does not outlive its reason. */
class DeviationTest {

    @Test
    void aRuleThatDeviatesIsAbortedWithTheReasonAndTheFailure() {
        Events events = AuthorRun.of(Deviating.class, "TOK-19", "TOK-20", "TOK-21");
        events.assertStatistics(
                statistics -> statistics.started(3).succeeded(2).aborted(1).failed(0));
        Throwable aborted = AuthorRun.thrown(events);
        assertThat(aborted)
                .message()
                .startsWith("TOK-20 deviates by declaration: purposes come with the next schema\n"
                        + "TOK-20 is broken by Deviating: ")
                .contains("\n  checked:  consume as reset\n  expected: empty\n");
        assertThat(aborted.getSuppressed()).hasOnlyElementsOfType(AssertionError.class);
        assertThat(aborted.getStackTrace()).anyMatch(frame -> frame.getMethodName()
                .equals(AuthorRun.rule("TOK-20").getName()));
    }

    @Test
    void aDeclarationHoldsForTheClassesThatExtendTheOneItIsOn() {
        AuthorRun.of(DeviatingToo.class, "TOK-20", "USR-1")
                .assertStatistics(statistics -> statistics.aborted(1).failed(1));
    }

    @Test
    void aRaceThatDeviatesIsAborted() {
        AuthorRun.of(DeviatingWhenCallersMeet.class, "TOK-47")
                .assertStatistics(statistics -> statistics.aborted(1).failed(0));
    }

    @Test
    void aRuleThatPassesMakesItsDeclarationFail() {
        Events events = AuthorRun.of(OutOfDate.class, "USR-1", "USR-2");
        events.assertStatistics(statistics -> statistics.failed(1).succeeded(1).aborted(0));
        assertThat(AuthorRun.thrown(events))
                .hasMessage(
                        """
                        USR-1 is kept by OutOfDate, which declares that it deviates: An insert of a user whose id and \
                        identifiers are free MUST answer INSERTED, and the three finds MUST then find the user.
                          declared: it was broken once
                          observed: the rule passed
                          why:      Behind a declaration that is out of date the rule could be broken again unseen.
                          read:     docs/implementing-a-store.md#a-rule-you-cannot-keep""");
    }

    @Test
    void aFixtureThatFailsIsNobodysDeviation() {
        expectFailure(NotOpened.class, "the fixture could not be opened: java.lang.IllegalStateException: no server");
        expectFailure(NotClosed.class, "cannot close");
        Throwable restart = expectOneFailure(AuthorRun.of(NotRestarted.class, "STO-7"));
        assertThat(restart).hasMessageContaining("\n  observed: java.lang.IllegalStateException: cannot restart\n");
    }

    @Test
    void aDeclarationThatCannotBeMeantFailsEveryRule() {
        Events events = AuthorRun.of(Mistaken.class);
        events.assertStatistics(statistics ->
                statistics.failed(RuleBook.all().size()).aborted(0).succeeded(0));
        events.failed().stream().forEach(event -> assertThat(AuthorRun.thrown(event))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the deviations that Mistaken declares are wrong: no reason is given for"
                        + " USR-1; there is no rule TOK-999; USR-1 is declared twice"));
    }

    private static void expectFailure(Class<?> testClass, String message) {
        assertThat(expectOneFailure(AuthorRun.of(testClass, "TOK-20"))).hasMessage(message);
    }

    private static Throwable expectOneFailure(Events events) {
        events.assertStatistics(statistics -> statistics.failed(1).aborted(0).succeeded(0));
        return AuthorRun.thrown(events);
    }

    private static StoreFixture broken(String fault) {
        return Faults.byName(fault).fixture().get();
    }

    @KnownDeviation(rule = "TOK-20", reason = " purposes come with the next schema ")
    static class Deviating extends AuthStoresContract {

        @Override
        protected StoreFixture fixture() throws Exception {
            return broken("tokens: consume does not look at the purpose");
        }
    }

    @KnownDeviation(rule = "USR-1", reason = "it was broken once")
    static class DeviatingToo extends Deviating {}

    @KnownDeviation(rule = "TOK-47", reason = "two may consume one token")
    static class DeviatingWhenCallersMeet extends AuthStoresContract {

        @Override
        protected StoreFixture fixture() {
            return broken("tokens: consume selects, then deletes");
        }
    }

    @KnownDeviation(rule = "USR-1", reason = "it was broken once")
    static class OutOfDate extends AuthStoresContract {

        @Override
        protected StoreFixture fixture() {
            return new HeapFixture(Durability.HEAP_ONLY);
        }
    }

    static class NotOpened extends Deviating {

        @Override
        protected StoreFixture fixture() {
            throw new IllegalStateException("no server");
        }
    }

    static class NotClosed extends Deviating {

        @Override
        protected StoreFixture fixture() throws Exception {
            return new Hindered(super.fixture(), () -> {}, () -> {
                throw new IllegalStateException("cannot close");
            });
        }
    }

    @KnownDeviation(rule = "STO-7", reason = "a restart loses what was last done")
    static class NotRestarted extends Deviating {

        @Override
        protected StoreFixture fixture() throws Exception {
            return new Hindered(
                    super.fixture(),
                    () -> {
                        throw new IllegalStateException("cannot restart");
                    },
                    () -> {});
        }
    }

    @KnownDeviation(rule = "USR-1", reason = " ")
    @KnownDeviation(rule = "TOK-999", reason = "a slip")
    static class Mistaken extends OutOfDate {}

    private record Hindered(StoreFixture fixture, Runnable beforeRestart, Runnable beforeClose)
            implements StoreFixture {

        @Override
        public AuthStores open() {
            return fixture.open();
        }

        @Override
        public void restart() {
            beforeRestart.run();
            fixture.restart();
        }

        @Override
        public void close() {
            beforeClose.run();
            fixture.close();
        }
    }
}
