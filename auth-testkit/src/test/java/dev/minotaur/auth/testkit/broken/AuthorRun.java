package dev.minotaur.auth.testkit.broken;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.minotaur.auth.testkit.RuleBook;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.Predicate;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs classes that an author could have written, without a report. */
final class AuthorRun {

    static final String REPORT = "dev.minotaur.auth.testkit.report";

    private AuthorRun() {}

    /** Of the whole class. */
    static Events of(Class<?> testClass) {
        return of(selectClass(testClass));
    }

    /** Of some of its rules. */
    static Events of(Class<?> testClass, String... ids) {
        return of(rules(testClass, rule -> Arrays.asList(ids).contains(rule.id())));
    }

    static DiscoverySelector[] rules(Class<?> testClass, Predicate<RuleBook.Entry> wanted) {
        return RuleBook.all().stream()
                .filter(wanted)
                .map(rule -> selectMethod(testClass, rule.method()))
                .toArray(DiscoverySelector[]::new);
    }

    static Events of(DiscoverySelector... selectors) {
        return with(selectors).configurationParameter(REPORT, "none").execute().testEvents();
    }

    static EngineTestKit.Builder with(DiscoverySelector... selectors) {
        return EngineTestKit.engine("junit-jupiter").selectors(selectors);
    }

    /** What the only test that did not pass has thrown. */
    static Throwable thrown(Events events) {
        return thrown(events.finished().stream()
                .filter(event -> result(event).getStatus() != TestExecutionResult.Status.SUCCESSFUL)
                .toList()
                .get(0));
    }

    static Throwable thrown(Event event) {
        return result(event).getThrowable().orElseThrow();
    }

    private static TestExecutionResult result(Event event) {
        return event.getRequiredPayload(TestExecutionResult.class);
    }

    static Method rule(String id) {
        return RuleBook.all().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow()
                .method();
    }
}
