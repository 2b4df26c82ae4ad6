package dev.minotaur.auth.jdbi.mutation;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.minotaur.auth.jdbi.JdbiAuthStores;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the module's own tests on a changed statement. */
final class OwnTests {

    private static final List<String> OF_SCHEMA = List.of("SchemaCheckTest");
    private static final List<String> OF_POSTGRESQL = List.of(
            "PostgresUserInterleavingTest",
            "PostgresTokenInterleavingTest",
            "ContentionTest#purgeOnPostgresqlDoesNotWaitForARowThatAnotherCallHolds");
    private static final List<String> OF_H2 =
            List.of("H2UserInterleavingTest", "H2TokenInterleavingTest", "H2SecondStatementTest");

    private OwnTests() {}

    /** The first test that fails on a changed statement, if any. */
    static Optional<String> objection(String database, NamedStatement statement, Mutant mutant) {
        return objection(database, statement, statement.constantOf(mutant));
    }

    /** Fails if a test does on the statement as it is. */
    static void requireNone(String database, NamedStatement statement) {
        objection(database, statement, statement.constant()).ifPresent(objection -> {
            throw new IllegalStateException("fails without a change: " + objection);
        });
    }

    private static Optional<String> objection(String database, NamedStatement statement, String instead) {
        ClassLoader classes = new ChangedClasses(statement.constant(), instead);
        return tests(database, statement).stream()
                .flatMap(name -> failure(name, classes).stream())
                .findFirst();
    }

    private static List<String> tests(String database, NamedStatement statement) {
        if (statement.name().startsWith("schema.")) {
            return OF_SCHEMA;
        }
        return database.equals("H2") ? OF_H2 : OF_POSTGRESQL;
    }

    private static Optional<String> failure(String name, ClassLoader classes) {
        AtomicInteger ran = new AtomicInteger();
        AtomicReference<String> failed = new AtomicReference<>();
        Thread current = Thread.currentThread();
        ClassLoader before = current.getContextClassLoader();
        current.setContextClassLoader(classes);
        try {
            String[] parts = name.split("#", -1);
            Class<?> type = classes.loadClass(JdbiAuthStores.class.getPackageName() + "." + parts[0]);
            var request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(parts.length == 1 ? selectClass(type) : selectMethod(type, parts[1]))
                    .configurationParameter("junit.jupiter.execution.timeout.default", "300 s")
                    .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "separate_thread")
                    .build();
            LauncherFactory.create().execute(request, new TestExecutionListener() {
                @Override
                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                    ran.incrementAndGet();
                    if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                        failed.compareAndSet(null, parts[0] + ": " + test.getDisplayName());
                    }
                }
            });
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        } finally {
            current.setContextClassLoader(before);
        }
        if (ran.get() < 2) {
            throw new IllegalStateException(name + " did not run");
        }
        return Optional.ofNullable(failed.get());
    }
}
