package dev.minotaur.auth.testkit;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The runs of one class: one, or one for each invocation if the class is a template. */
final class Conformances {

    private static final Namespace NAMESPACE = Namespace.create(Conformances.class);
    private static final Pattern INVOCATION = Pattern.compile("#[0-9]+(?=]$)");

    private final Class<?> testClass;
    private final Map<String, Conformance> runs = new ConcurrentHashMap<>();

    private Conformances(Class<?> testClass) {
        this.testClass = testClass;
    }

    /** Those of the class of a context. */
    static Conformances of(ExtensionContext context) {
        Class<?> testClass = context.getRequiredTestClass();
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(testClass, key -> new Conformances(testClass), Conformances.class);
    }

    /** The run that the test of a rule belongs to. */
    static Conformance ofTest(ExtensionContext test) {
        return of(test).run(test.getParent().orElseThrow());
    }

    /** What all runs have shown, at the end of the class. */
    List<ConformanceReport> reports(ExtensionContext ofClass) {
        if (runs.isEmpty()) {
            run(ofClass);
        }
        return runs.values().stream()
                .map(run -> run.report(ofClass.getExecutionException().orElse(null)))
                .toList();
    }

    private Conformance run(ExtensionContext parent) {
        Matcher invocation = INVOCATION.matcher(parent.getUniqueId());
        String suffix = invocation.find() ? invocation.group() : "";
        return runs.computeIfAbsent(suffix, any -> new Conformance(testClass, testClass.getName() + suffix));
    }
}
