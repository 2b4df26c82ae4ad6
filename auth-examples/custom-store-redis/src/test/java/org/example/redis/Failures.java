package org.example.redis;

import dev.minotaur.auth.testkit.BackendFaults;
import java.util.List;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/** Makes a call of Redis fail as if the connection had broken, before or after the script has run. */
final class Failures implements BackendFaults {

    private int callsUntilFailure;
    private Moment moment = Moment.BEFORE_EFFECT;
    private boolean failed;

    Scripts over(UnifiedJedis redis) {
        return new Scripts(redis) {
            @Override
            Object call(Script script, String verb, List<String> arguments) {
                if (!isNextToFail()) {
                    return super.call(script, verb, arguments);
                }
                if (moment == Moment.AFTER_EFFECT) {
                    super.call(script, verb, arguments);
                }
                throw new JedisConnectionException("made to fail");
            }
        };
    }

    private synchronized boolean isNextToFail() {
        boolean fails = callsUntilFailure == 1;
        callsUntilFailure = Math.max(0, callsUntilFailure - 1);
        failed |= fails;
        return fails;
    }

    @Override
    public synchronized void arm(int call, Moment moment) {
        if (call < 1) {
            throw new IllegalArgumentException("the number of a call is below 1");
        }
        this.callsUntilFailure = call;
        this.moment = moment;
        this.failed = false;
    }

    @Override
    public synchronized boolean disarm() {
        callsUntilFailure = 0;
        return failed;
    }
}
