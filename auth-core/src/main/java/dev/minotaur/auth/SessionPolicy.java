package dev.minotaur.auth;

import dev.minotaur.auth.spi.StoredToken;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How long sessions live, how many a user may have, and whether their secrets are renewed. Immutable; each {@code with} method
 * gives a changed copy.
 *
 * <p>A session is good while now is before its issue plus the absolute timeout, and before its recorded last use plus the idle
 * timeout (ASVS 7.3.1 and 7.3.2). The recorded one may be behind the true one by the touch interval, so a session can end that
 * much early, and never late. The absolute timeout is fixed when a session is issued; a change of policy does not move it.
 */
public final class SessionPolicy {

    private static final Duration LONGEST = Duration.ofDays(366);
    private static final SessionPolicy DEFAULTS = new SessionPolicy(
            new Timeouts(Duration.ofDays(7), Duration.ofDays(30)),
            new Timeouts(Duration.ofDays(30), Duration.ofDays(90)),
            Duration.ofHours(1),
            25,
            Optional.empty());

    private final Timeouts ordinary;
    private final Timeouts remembered;
    private final Duration touchInterval;
    private final int limit;
    private final Optional<Renewal> renewal;

    private SessionPolicy(
            Timeouts ordinary, Timeouts remembered, Duration touchInterval, int limit, Optional<Renewal> renewal) {
        if (touchInterval.isNegative() || touchInterval.compareTo(ordinary.idle.dividedBy(2)) > 0) {
            throw new IllegalArgumentException("the touch interval is 0 to half the idle timeout");
        }
        if (limit < 1) {
            throw new IllegalArgumentException("the session limit is at least 1");
        }
        this.ordinary = ordinary;
        this.remembered = remembered;
        this.touchInterval = touchInterval;
        this.limit = limit;
        this.renewal = renewal;
    }

    private record Timeouts(Duration idle, Duration absolute) {

        Timeouts {
            if (idle.isZero() || idle.isNegative() || idle.compareTo(absolute) > 0) {
                throw new IllegalArgumentException("the idle timeout is above 0 and at most the absolute timeout");
            }
            if (absolute.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("the absolute timeout is at most 366 days");
            }
        }

        boolean areAtLeast(Timeouts other) {
            return idle.compareTo(other.idle) >= 0 && absolute.compareTo(other.absolute) >= 0;
        }

        Timeouts orLonger(Timeouts other) {
            return new Timeouts(
                    idle.compareTo(other.idle) < 0 ? other.idle : idle,
                    absolute.compareTo(other.absolute) < 0 ? other.absolute : absolute);
        }

        Instant end(Instant issuedAt) {
            return issuedAt.plus(absolute).truncatedTo(ChronoUnit.MICROS);
        }
    }

    /** When a secret is renewed, and how long the former one is good beside it. */
    record Renewal(Duration after, Duration grace) {}

    /**
     * Idle 7 days, absolute 30 days (the most that NIST SP 800-63B-4 section 2.1.3 allows for AAL1), touched once an hour at most,
     * 25 sessions a user; remembered sessions idle 30 days, absolute 90 days; no renewal.
     *
     * @return the default policy
     */
    public static SessionPolicy defaults() {
        return DEFAULTS;
    }

    /**
     * Sets both timeouts, and the touch interval to the lesser of an hour and a tenth of the idle timeout. The timeouts of
     * remembered sessions are raised to these where they are shorter.
     *
     * @param idle how long a session may lie unused: above 0, at most the absolute timeout
     * @param absolute how long a session may last: at most 366 days
     * @return a changed copy
     * @throws IllegalArgumentException if either is out of its range
     */
    public SessionPolicy withTimeouts(Duration idle, Duration absolute) {
        Duration tenth = idle.dividedBy(10);
        Duration hour = Duration.ofHours(1);
        Timeouts timeouts = new Timeouts(idle, absolute);
        return new SessionPolicy(
                timeouts, remembered.orLonger(timeouts), tenth.compareTo(hour) < 0 ? tenth : hour, limit, renewal);
    }

    /**
     * Sets the timeouts of sessions that are issued with {@link SessionOptions#remembered}. Beyond 30 days they exceed what NIST
     * SP 800-63B-4 section 2.1.3 allows for AAL1; that is why they are asked for session by session.
     *
     * <p>A session is taken for a remembered one if it was issued to last longer than {@link #absoluteTimeout}, and at least as
     * long as {@link #rememberedAbsoluteTimeout}. So where the two are equal none is, and a remembered session that was issued
     * under a shorter timeout than is set now is from then on held to the ordinary idle timeout. One that was issued as an
     * ordinary session passes for remembered only if the ordinary timeout is shortened and the remembered one is set to what the
     * ordinary one was, or less; {@link Accounts.Builder#voidTokensIssuedBefore} ends such sessions.
     *
     * @param idle how long such a session may lie unused: at least the idle timeout, at most {@code absolute}
     * @param absolute how long such a session may last: at least the absolute timeout, at most 366 days
     * @return a changed copy
     * @throws IllegalArgumentException if either is out of its range
     */
    public SessionPolicy withRememberedTimeouts(Duration idle, Duration absolute) {
        Timeouts timeouts = new Timeouts(idle, absolute);
        if (!timeouts.areAtLeast(ordinary)) {
            throw new IllegalArgumentException("a remembered session lives at least as long as an ordinary one");
        }
        return new SessionPolicy(ordinary, timeouts, touchInterval, limit, renewal);
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
        return new SessionPolicy(ordinary, remembered, interval, limit, renewal);
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
        return new SessionPolicy(ordinary, remembered, touchInterval, sessions, renewal);
    }

    /**
     * Lets {@link Sessions#check} give a session a fresh secret now and then, under the same id, so that a stolen one is not good
     * for the whole life of the session, and its use beside the fresh one is found out. Not the default, because an application
     * that does not hand {@link SessionCheck.Live#renewed} to its client signs the client out when the grace ends.
     *
     * <p>A check is due to renew when now is at or after the last replacement of the secret, or else the issue of the session,
     * plus {@code after}. The former secret is good while now is before the renewal plus {@code grace}, for requests that were
     * under way and for a client that never got the answer; whoever presents it at that moment or later ends the session. So
     * choose a grace that outlasts the slowest request. All processes over the same stores need the same renewal and clocks that
     * agree: one without renewal refuses former secrets at once, and ends nothing.
     *
     * @param after how long a secret is in use before it is renewed: at least {@code grace}, at most 366 days
     * @param grace how long the former secret is good beside the new one: a second to an hour
     * @return a changed copy
     * @throws IllegalArgumentException if either is out of its range
     */
    public SessionPolicy withRenewal(Duration after, Duration grace) {
        if (grace.compareTo(Duration.ofSeconds(1)) < 0 || grace.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("the grace is a second to an hour");
        }
        if (after.compareTo(grace) < 0 || after.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a secret is renewed after the grace at the earliest, and 366 days");
        }
        return new SessionPolicy(ordinary, remembered, touchInterval, limit, Optional.of(new Renewal(after, grace)));
    }

    /**
     * How long a session may lie unused.
     *
     * @return the idle timeout
     */
    public Duration idleTimeout() {
        return ordinary.idle;
    }

    /**
     * How long a session may last.
     *
     * @return the absolute timeout
     */
    public Duration absoluteTimeout() {
        return ordinary.absolute;
    }

    /**
     * How long a remembered session may lie unused.
     *
     * @return the idle timeout of remembered sessions
     */
    public Duration rememberedIdleTimeout() {
        return remembered.idle;
    }

    /**
     * How long a remembered session may last.
     *
     * @return the absolute timeout of remembered sessions
     */
    public Duration rememberedAbsoluteTimeout() {
        return remembered.absolute;
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

    /**
     * How long a secret is in use before it is renewed.
     *
     * @return the time, or empty if secrets are not renewed
     */
    public Optional<Duration> renewalAfter() {
        return renewal.map(Renewal::after);
    }

    /**
     * How long the former secret is good beside a renewed one.
     *
     * @return the grace, or empty if secrets are not renewed
     */
    public Optional<Duration> renewalGrace() {
        return renewal.map(Renewal::grace);
    }

    Optional<Renewal> renewal() {
        return renewal;
    }

    Instant end(Instant issuedAt, boolean rememberedSession) {
        return (rememberedSession ? remembered : ordinary).end(issuedAt);
    }

    Instant idleEnd(StoredToken session) {
        return session.lastUsedAt().plus(isRemembered(session) ? remembered.idle : ordinary.idle);
    }

    boolean isRemembered(StoredToken session) {
        return session.expiresAt().isAfter(ordinary.end(session.issuedAt()))
                && !session.expiresAt().isBefore(remembered.end(session.issuedAt()));
    }
}
