package dev.minotaur.auth.testkit.subject;

import dev.minotaur.auth.testkit.BackendFaults;
import java.util.function.Supplier;

/** Stands in for a database that is called over a wire: each call may be lost. */
public final class HeapBackend implements BackendFaults {

    private int left;
    private Moment moment = Moment.BEFORE_EFFECT;
    private boolean failed;

    /** What a driver throws, with its own words. */
    public static final class Lost extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Lost(Object values) {
            super("lost the connection in a call with " + values);
        }
    }

    @Override
    public synchronized void arm(int call, Moment when) {
        left = call;
        moment = when;
        failed = false;
    }

    @Override
    public synchronized boolean disarm() {
        left = 0;
        return failed;
    }

    private synchronized boolean isLost() {
        boolean now = left == 1;
        left = Math.max(0, left - 1);
        failed |= now;
        return now;
    }

    <T> T call(Object values, Supplier<T> effect) {
        if (!isLost()) {
            return effect.get();
        }
        if (moment == Moment.AFTER_EFFECT) {
            var unused = effect.get();
        }
        throw new Lost(values);
    }
}
