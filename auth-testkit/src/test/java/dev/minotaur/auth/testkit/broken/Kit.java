package dev.minotaur.auth.testkit.broken;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.minotaur.auth.testkit.RuleBook;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** Runs the contract on a broken store and tells which rules failed. */
final class Kit {

    private static final Map<Method, String> IDS =
            RuleBook.all().stream().collect(Collectors.toMap(RuleBook.Entry::method, RuleBook.Entry::id));

    private Kit() {}

    /** The failures of some of the rules, by rule id. */
    static Map<String, Throwable> failures(Fault fault, Predicate<RuleBook.Entry> rules) {
        DiscoverySelector[] selectors = RuleBook.all().stream()
                .filter(rules)
                .map(rule -> selectMethod(BrokenSubject.class, rule.method()))
                .toArray(DiscoverySelector[]::new);
        Map<String, Throwable> failures = new TreeMap<>(RuleBook::compareIds);
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectors)
                .configurationParameter(BrokenSubject.FAULT, fault.name())
                .configurationParameter("dev.minotaur.auth.testkit.report", "none")
                .execute()
                .testEvents()
                .stream()
                .filter(event -> event.getType() == EventType.FINISHED)
                .forEach(event -> failures.putAll(failure(event)));
        return failures;
    }

    private static Map<String, Throwable> failure(Event event) {
        TestExecutionResult result = event.getRequiredPayload(TestExecutionResult.class);
        if (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
            return Map.of();
        }
        MethodSource source =
                (MethodSource) event.getTestDescriptor().getSource().orElseThrow();
        return Map.of(IDS.get(source.getJavaMethod()), result.getThrowable().orElseThrow());
    }
}
