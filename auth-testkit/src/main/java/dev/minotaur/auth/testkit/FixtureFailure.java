package dev.minotaur.auth.testkit;

/** What a fixture threw while a rule ran: a failure of the test, and not of the store. */
final class FixtureFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FixtureFailure(RuntimeException cause) {
        super(cause);
    }

    /** What the fixture threw, if this is it; else the throwable itself. */
    static Throwable unwrapped(Throwable thrown) {
        return thrown instanceof FixtureFailure && thrown.getCause() != null ? thrown.getCause() : thrown;
    }
}
