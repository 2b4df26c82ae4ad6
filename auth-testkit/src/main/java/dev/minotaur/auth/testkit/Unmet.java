package dev.minotaur.auth.testkit;

/** An expectation that a store did not meet; {@link RuleReport} makes the text that an author reads of it. */
final class Unmet extends AssertionError {

    private static final long serialVersionUID = 1L;

    private final String subject;
    private final String expected;
    private final String observed;

    Unmet(String subject, String expected, String observed) {
        super(subject + ": expected " + expected + ", observed " + observed);
        this.subject = subject;
        this.expected = expected;
        this.observed = observed;
    }

    String subject() {
        return subject;
    }

    String expected() {
        return expected;
    }

    String observed() {
        return observed;
    }
}
