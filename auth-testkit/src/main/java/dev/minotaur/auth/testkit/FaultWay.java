package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoreException.Effect;
import dev.minotaur.auth.testkit.BackendFaults.Moment;

/**
 * One way to let a call fail.
 *
 * @param stores what to call
 * @param faults lets a call fail
 * @param moment when
 * @param calls whose calls are counted, in words
 * @param loss how the call fails, in words
 */
record FaultWay(AuthStores stores, BackendFaults faults, Moment moment, String calls, String loss) {

    private static final String BACKEND = "the backend";

    static FaultWay ofBackend(AuthStores stores, BackendFaults faults, Moment moment) {
        return new FaultWay(stores, faults, moment, BACKEND, words(moment));
    }

    static FaultWay ofStores(AuthStores stores, VerbFaults faults, Moment moment, Effect told) {
        String loss = words(moment) + " and says " + told;
        return new FaultWay(stores, faults.telling(told), moment, "the stores", loss);
    }

    boolean isOfBackend() {
        return calls.equals(BACKEND);
    }

    String words(int call) {
        return "call " + call + " of " + calls + " fails " + loss;
    }

    private static String words(Moment moment) {
        return switch (moment) {
            case BEFORE_EFFECT -> "before its effect";
            case AFTER_EFFECT -> "after its effect";
        };
    }
}
