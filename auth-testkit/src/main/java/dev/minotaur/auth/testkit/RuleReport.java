package dev.minotaur.auth.testkit;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Assumptions;

/** The text of a failure: always the same lines in the same order. */
final class RuleReport {

    private static final String INDENT = "\n            ";

    private RuleReport() {}

    static AssertionError of(Rule rule, Class<?> testClass, List<String> done, Throwable cause) {
        String text = cause instanceof Unmet unmet
                ? text(rule, testClass, done, unmet.subject(), unmet.expected(), unmet.observed())
                : text(rule, testClass, done, "the last call", "no exception", shown(cause));
        AssertionError report = new AssertionError(text, cause instanceof Unmet ? cause.getCause() : cause);
        report.setStackTrace(cause.getStackTrace());
        for (Throwable suppressed : cause.getSuppressed()) {
            report.addSuppressed(suppressed);
        }
        return report;
    }

    /** What JUnit takes for an aborted test, so that reports show it as skipped. */
    static Throwable deviating(Rule rule, String reason, AssertionError report) {
        try {
            return Assumptions.abort(rule.id() + " deviates by declaration: " + reason + "\n" + report.getMessage());
        } catch (RuntimeException aborted) {
            aborted.setStackTrace(report.getStackTrace());
            aborted.addSuppressed(report);
            return aborted;
        }
    }

    static AssertionError outOfDate(Rule rule, Class<?> testClass, String reason) {
        return new AssertionError(rule.id() + " is kept by " + testClass.getSimpleName()
                + ", which declares that it deviates: " + rule.promise()
                + "\n  declared: " + reason
                + "\n  observed: the rule passed"
                + "\n  why:      Behind a declaration that is out of date the rule could be broken again unseen."
                + "\n  read:     docs/implementing-a-store.md#a-rule-you-cannot-keep");
    }

    static IllegalStateException notRun(Rule rule, Class<?> testClass) {
        return new IllegalStateException(rule.id() + " did not run on " + testClass.getSimpleName()
                + ": an extension of the class passed over the test, or caught what it threw");
    }

    private static String text(
            Rule rule, Class<?> testClass, List<String> done, String subject, String expected, String observed) {
        return rule.id() + " is broken by " + testClass.getSimpleName() + ": " + rule.promise()
                + "\n  done:     " + String.join(INDENT, done)
                + "\n  checked:  " + subject
                + "\n  expected: " + expected
                + "\n  observed: " + observed
                + "\n  why:      " + rule.why()
                + "\n  read:     docs/contract.md#" + rule.id().toLowerCase(Locale.ROOT);
    }

    static String shown(Throwable thrown) {
        String message = thrown.getMessage();
        return thrown.getClass().getName()
                + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
    }
}
