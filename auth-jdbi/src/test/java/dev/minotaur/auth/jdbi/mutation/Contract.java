package dev.minotaur.auth.jdbi.mutation;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import dev.minotaur.auth.testkit.StoreFixture;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.engine.support.store.Namespace;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs single rules of the contract on some stores. */
final class Contract implements AutoCloseable {

    private static final String LONGEST = "300 s";

    private final LauncherSession session = LauncherFactory.openSession();

    Contract(Supplier<StoreFixture> fixture) {
        session.getStore().put(Namespace.create(MutantSubject.KEY), MutantSubject.KEY, fixture);
    }

    /**
     * A rule of the contract.
     *
     * @param id its number
     * @param uniqueId what JUnit calls its test
     * @param byChance whether its test meets other things each time, and more of them with more rounds
     */
    record Rule(String id, String uniqueId, boolean byChance) {}

    List<Rule> rules() {
        var plan = session.getLauncher().discover(request(selectClass(MutantSubject.class)));
        return plan.getRoots().stream()
                .flatMap(root -> plan.getDescendants(root).stream())
                .filter(TestIdentifier::isTest)
                .map(Contract::rule)
                .toList();
    }

    private static Rule rule(TestIdentifier test) {
        MethodSource source = (MethodSource) test.getSource().orElseThrow();
        String rules = source.getJavaMethod().getDeclaringClass().getSimpleName();
        String id = test.getDisplayName().split(" ", 2)[0];
        return new Rule(id, test.getUniqueId(), rules.contains("Race") || rules.contains("History"));
    }

    /** What a rule says against the stores, if anything. */
    Optional<Throwable> objection(Rule rule) {
        AtomicInteger ran = new AtomicInteger();
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        session.getLauncher().execute(request(selectUniqueId(rule.uniqueId())), new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest()) {
                    ran.incrementAndGet();
                }
                if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                    thrown.set(result.getThrowable().orElseGet(() -> new IllegalStateException("aborted")));
                }
            }
        });
        if (ran.get() != 1) {
            throw new IllegalStateException(rule.id() + " ran " + ran.get() + " times");
        }
        return Optional.ofNullable(thrown.get());
    }

    private static LauncherDiscoveryRequest request(DiscoverySelector selector) {
        return LauncherDiscoveryRequestBuilder.request()
                .selectors(selector)
                .configurationParameter("junit.jupiter.execution.timeout.default", LONGEST)
                .build();
    }

    @Override
    public void close() {
        session.close();
    }
}
