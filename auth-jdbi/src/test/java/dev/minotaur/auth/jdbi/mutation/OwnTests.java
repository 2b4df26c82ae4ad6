package dev.minotaur.auth.jdbi.mutation;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

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
    private static final List<String> OF_POSTGRESQL =
            List.of("PostgresUserInterleavingTest", "PostgresTokenInterleavingTest", "ContentionTest");
    private static final List<String> OF_H2 =
            List.of("H2UserInterleavingTest", "H2TokenInterleavingTest", "ContentionTest");

    private OwnTests() {}

    /** The first test that fails, if any; none does on the statements as they are. */
    static Optional<String> objection(String database, NamedStatement statement, Mutant mutant) {
        ClassLoader classes = new ChangedClasses(statement.constant(), statement.constantOf(mutant));
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
            Class<?> type = classes.loadClass(JdbiAuthStores.class.getPackageName() + "." + name);
            var request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(type))
                    .configurationParameter("junit.jupiter.execution.timeout.default", "60 s")
                    .configurationParameter("junit.jupiter.execution.timeout.thread.mode.default", "separate_thread")
                    .build();
            LauncherFactory.create().execute(request, new TestExecutionListener() {
                @Override
                public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                    ran.incrementAndGet();
                    if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                        failed.compareAndSet(null, name + ": " + test.getDisplayName());
                    }
                }
            });
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        } finally {
            current.setContextClassLoader(before);
        }
        if (ran.get() < 3) {
            throw new IllegalStateException(name + " did not run");
        }
        return Optional.ofNullable(failed.get());
    }
}
