package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoreException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One run of a scenario, in which one call of one action fails. */
final class FaultRun {

    private final FaultWay way;
    private final int call;
    private final Trace trace;
    private boolean hit;

    FaultRun(FaultWay way, int call, Trace trace) {
        this.way = way;
        this.call = call;
        this.trace = trace;
    }

    /** The handle whose calls may fail. */
    AuthStores stores() {
        return way.stores();
    }

    /** Whether a call has failed. */
    boolean hasFailed() {
        return hit;
    }

    /** Whether a call of the backend was to fail after its effect, and has. */
    boolean hasLostAnAnswer() {
        return hit && way.isOfBackend() && way.moment() == BackendFaults.Moment.AFTER_EFFECT;
    }

    /**
     * What became of an action: an answer, or a failure.
     *
     * @param answer what was answered; null if there is a failure, or the store answered null
     * @param failure what was thrown, if anything
     */
    record Outcome(@Nullable Object answer, @Nullable StoreException failure) {}

    /** Lets the call fail while an action runs. */
    Outcome attempt(Supplier<? extends @Nullable Object> action) {
        Object answer = null;
        RuntimeException thrown = null;
        way.faults().arm(call, way.moment());
        try {
            answer = action.get();
        } catch (RuntimeException e) {
            thrown = e;
        } finally {
            hit = way.faults().disarm();
        }
        if (!hit) {
            trace.add("no call has failed: there are fewer");
        }
        if (thrown == null) {
            return new Outcome(answer, null);
        } else if (!hit) {
            throw thrown;
        } else if (thrown instanceof StoreException failure) {
            return new Outcome(null, failure);
        }
        Unmet unmet = new Unmet("what is thrown when a call fails", "StoreException", RuleReport.shown(thrown));
        unmet.initCause(thrown);
        throw unmet;
    }
}
