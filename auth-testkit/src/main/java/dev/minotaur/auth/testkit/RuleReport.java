package dev.minotaur.auth.testkit;

import java.util.List;
import java.util.Locale;

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
