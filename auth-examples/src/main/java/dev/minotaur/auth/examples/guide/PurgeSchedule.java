package dev.minotaur.auth.examples.guide;

import dev.minotaur.auth.Administration;
import dev.minotaur.auth.PurgeResult;
import dev.minotaur.auth.spi.StoreException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Deletes what has expired, now and then. Any number of processes may do so at the same time. */
final class PurgeSchedule {

    private PurgeSchedule() {}

    // region purge
    static final int LIMIT = 1_000;

    static ScheduledFuture<?> start(ScheduledExecutorService timer, Administration administration, Duration every) {
        Runnable turn = () -> {
            try {
                purge(administration);
            } catch (StoreException failure) {
                // Thrown on, it would end the schedule. The next turn finds the same rows.
                System.getLogger("purge").log(System.Logger.Level.WARNING, "not purged this time", failure);
            }
        };
        return timer.scheduleWithFixedDelay(turn, 0, every.toMillis(), TimeUnit.MILLISECONDS);
    }

    static void purge(Administration administration) {
        PurgeResult done;
        do {
            done = administration.purge(LIMIT);
        } while (done.tokens() == LIMIT || done.attempts() == LIMIT || done.accounts() == LIMIT);
    }
    // end region
}
