package dev.minotaur.auth.testkit;

/**
 * Makes one call of a backend fail: a statement, a commit, a request, whatever can fail by itself. All handles of the fixture
 * count together, whichever thread calls; what a pool does for itself is not counted. At most one call fails each time this
 * is armed, and those after it work. Where that is how the backend fails, the connection breaks with the call.
 *
 * <p>Not every store of a fixture needs to be reached by it, but some call must be: a hook that lets nothing fail breaks the
 * rules FLT, and one after whose {@link Moment#AFTER_EFFECT} no write was ever done breaks FLT-2.
 */
public interface BackendFaults {

    /** When a call fails. */
    enum Moment {
        /** The call never reaches the backend. */
        BEFORE_EFFECT,
        /** The backend has done what was asked, and its answer is lost. */
        AFTER_EFFECT
    }

    /**
     * Begins to count the calls of the backend anew.
     *
     * @param call which call fails, from 1
     * @param moment when
     * @throws IllegalArgumentException if the number is below 1
     */
    void arm(int call, Moment moment);

    /**
     * Lets no call fail any more.
     *
     * @return whether a call has failed since this was armed
     */
    boolean disarm();
}
