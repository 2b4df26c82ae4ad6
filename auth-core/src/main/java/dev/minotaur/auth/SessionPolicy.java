package dev.minotaur.auth;

import java.time.Duration;

/**
 * How long sessions live and how many a user may have. Immutable; each {@code with} method gives a changed copy.
 *
 * <p>A session is good while now is before its issue plus the absolute timeout, and before its recorded last use plus the idle
 * timeout (ASVS 7.3.1 and 7.3.2). The recorded one may be behind the true one by the touch interval, so a session can end that
 * much early, and never late. The absolute timeout is fixed when a session is issued; a change of policy does not move it.
 */
public final class SessionPolicy {

    private static final SessionPolicy DEFAULTS =
            new SessionPolicy(Duration.ofDays(7), Duration.ofDays(30), Duration.ofHours(1), 25);

    private final Duration idleTimeout;
    private final Duration absoluteTimeout;
    private final Duration touchInterval;
    private final int limit;

    private SessionPolicy(Duration idleTimeout, Duration absoluteTimeout, Duration touchInterval, int limit) {
        if (touchInterval.isNegative() || touchInterval.multipliedBy(2).compareTo(idleTimeout) > 0) {
            throw new IllegalArgumentException("the touch interval is 0 to half the idle timeout");
        }
        if (idleTimeout.isZero() || idleTimeout.compareTo(absoluteTimeout) > 0) {
            throw new IllegalArgumentException("the idle timeout is above 0 and at most the absolute timeout");
        }
        if (absoluteTimeout.compareTo(Duration.ofDays(366)) > 0) {
            throw new IllegalArgumentException("the absolute timeout is at most 366 days");
        }
        if (limit < 1) {
            throw new IllegalArgumentException("the session limit is at least 1");
        }
        this.idleTimeout = idleTimeout;
        this.absoluteTimeout = absoluteTimeout;
        this.touchInterval = touchInterval;
        this.limit = limit;
    }

    /**
     * Idle 7 days, absolute 30 days (the most that NIST SP 800-63B-4 section 2.1.3 allows for AAL1), touched once an hour at most,
     * 25 sessions a user.
     *
     * @return the default policy
     */
    public static SessionPolicy defaults() {
        return DEFAULTS;
    }

    /**
     * Sets both timeouts, and the touch interval to the lesser of an hour and a tenth of the idle timeout.
     *
     * @param idle how long a session may lie unused: above 0, at most the absolute timeout
     * @param absolute how long a session may last: at most 366 days
     * @return a changed copy
     * @throws IllegalArgumentException if either is out of its range
     */
    public SessionPolicy withTimeouts(Duration idle, Duration absolute) {
        Duration tenth = idle.dividedBy(10);
        Duration hour = Duration.ofHours(1);
        return new SessionPolicy(idle, absolute, tenth.compareTo(hour) < 0 ? tenth : hour, limit);
    }

    /**
     * Sets how much the recorded time of last use may be behind. A check within the interval writes nothing; of several at the
     * moment it ends, more than one may.
     *
     * @param interval 0 to half the idle timeout
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of its range
     */
    public SessionPolicy withTouchInterval(Duration interval) {
        return new SessionPolicy(idleTimeout, absoluteTimeout, interval, limit);
    }

    /**
     * Sets how many sessions a user may have. When a sign-in exceeds it, sessions that are no longer good go first, then the
     * oldest, never the new one nor one newer than that; sign-ins at the same moment may exceed it until the next.
     *
     * @param sessions at least 1
     * @return a changed copy
     * @throws IllegalArgumentException if it is below 1
     */
    public SessionPolicy withLimit(int sessions) {
        return new SessionPolicy(idleTimeout, absoluteTimeout, touchInterval, sessions);
    }

    /**
     * How long a session may lie unused.
     *
     * @return the idle timeout
     */
    public Duration idleTimeout() {
        return idleTimeout;
    }

    /**
     * How long a session may last.
     *
     * @return the absolute timeout
     */
    public Duration absoluteTimeout() {
        return absoluteTimeout;
    }

    /**
     * How much the recorded time of last use may be behind.
     *
     * @return the interval
     */
    public Duration touchInterval() {
        return touchInterval;
    }

    /**
     * How many sessions a user may have.
     *
     * @return the limit
     */
    public int limit() {
        return limit;
    }
}
