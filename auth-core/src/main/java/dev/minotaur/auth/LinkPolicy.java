package dev.minotaur.auth;

import java.time.Duration;

/**
 * How long the links in mails are good, and how many mails go to one address. Immutable; each {@code with} method gives a
 * changed copy.
 *
 * <p>A link is good while now is before its issue plus its life. For each purpose, sign-up, reset and so on, one address gets
 * a mail at most once per interval, and only so many before a pause: after the last of them none is sent until the pause is over
 * (ASVS 2.4.1). Requests that are refused count nothing, but for one that the executor refuses. What is counted is the
 * canonical form of the entered address, whether it has an account or not.
 */
public final class LinkPolicy {

    private static final LinkPolicy DEFAULTS = new LinkPolicy(
            Duration.ofHours(24),
            Duration.ofHours(1),
            Duration.ofHours(24),
            Duration.ofMinutes(15),
            Duration.ofMinutes(2),
            5,
            Duration.ofHours(24));

    private final Duration signUpLife;
    private final Duration resetLife;
    private final Duration emailChangeLife;
    private final Duration signInLife;
    private final Duration interval;
    private final int mails;
    private final Duration pause;

    private LinkPolicy(
            Duration signUpLife,
            Duration resetLife,
            Duration emailChangeLife,
            Duration signInLife,
            Duration interval,
            int mails,
            Duration pause) {
        this.signUpLife = within(signUpLife, Duration.ofDays(7), "a sign-up link");
        this.resetLife = within(resetLife, Duration.ofHours(24), "a reset link");
        this.emailChangeLife = within(emailChangeLife, Duration.ofHours(24), "an e-mail change link");
        this.signInLife = within(signInLife, Duration.ofHours(1), "a sign-in link");
        if (interval.isNegative() || interval.compareTo(pause) > 0 || pause.compareTo(Duration.ofDays(7)) > 0) {
            throw new IllegalArgumentException("the interval is 0 to the pause, which is at most 7 days");
        }
        if (mails < 1 || mails > 100) {
            throw new IllegalArgumentException("1 to 100 mails go to an address before a pause");
        }
        this.interval = interval;
        this.mails = mails;
        this.pause = pause;
    }

    /**
     * Sign-up and change of e-mail address 24 hours, reset of a password 1 hour, sign-in 15 minutes; a mail every 2 minutes at
     * most, and a pause of 24 hours after 5.
     *
     * @return the default policy
     */
    public static LinkPolicy defaults() {
        return DEFAULTS;
    }

    /**
     * Sets how long a sign-up link is good.
     *
     * @param life a minute to 7 days
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of its range
     */
    public LinkPolicy withSignUpLife(Duration life) {
        return new LinkPolicy(life, resetLife, emailChangeLife, signInLife, interval, mails, pause);
    }

    /**
     * Sets how long a reset link is good.
     *
     * @param life a minute to 24 hours, the most that NIST SP 800-63B-4 section 4.2.1.2 gives a code sent by e-mail
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of its range
     */
    public LinkPolicy withResetLife(Duration life) {
        return new LinkPolicy(signUpLife, life, emailChangeLife, signInLife, interval, mails, pause);
    }

    /**
     * Sets how long the link to a new e-mail address is good.
     *
     * @param life a minute to 24 hours
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of its range
     */
    public LinkPolicy withEmailChangeLife(Duration life) {
        return new LinkPolicy(signUpLife, resetLife, life, signInLife, interval, mails, pause);
    }

    /**
     * Sets how long a sign-in link is good.
     *
     * @param life a minute to an hour
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of its range
     */
    public LinkPolicy withSignInLife(Duration life) {
        return new LinkPolicy(signUpLife, resetLife, emailChangeLife, life, interval, mails, pause);
    }

    /**
     * Sets how many mails of one purpose go to one address.
     *
     * @param interval how long after one mail the next may be asked for: 0 to the pause
     * @param mails how many before a pause: 1 to 100
     * @param pause how long after the last of them the count begins anew: at most 7 days
     * @return a changed copy
     * @throws IllegalArgumentException if a value is out of its range
     */
    public LinkPolicy withLimit(Duration interval, int mails, Duration pause) {
        return new LinkPolicy(signUpLife, resetLife, emailChangeLife, signInLife, interval, mails, pause);
    }

    /**
     * How long a sign-up link is good.
     *
     * @return its life
     */
    public Duration signUpLife() {
        return signUpLife;
    }

    /**
     * How long a reset link is good.
     *
     * @return its life
     */
    public Duration resetLife() {
        return resetLife;
    }

    /**
     * How long the link to a new e-mail address is good.
     *
     * @return its life
     */
    public Duration emailChangeLife() {
        return emailChangeLife;
    }

    /**
     * How long a sign-in link is good.
     *
     * @return its life
     */
    public Duration signInLife() {
        return signInLife;
    }

    Duration interval() {
        return interval;
    }

    int mails() {
        return mails;
    }

    Duration pause() {
        return pause;
    }

    private static Duration within(Duration life, Duration longest, String what) {
        if (life.compareTo(Duration.ofMinutes(1)) < 0 || life.compareTo(longest) > 0) {
            throw new IllegalArgumentException(what + " is good for a minute to " + longest.toHours() + " hours");
        }
        return life;
    }
}
