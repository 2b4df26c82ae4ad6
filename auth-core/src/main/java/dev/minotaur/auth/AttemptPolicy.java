package dev.minotaur.auth;

import dev.minotaur.auth.spi.Attempts;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How often a password may be guessed. The first guesses in a row are free; after those each has to wait after the one
 * before, twice as long every time. A success forgets them (ASVS 6.3.1).
 *
 * <p>Live sessions go on meanwhile. Who keeps guessing at somebody's account can make its owner wait, at most the longest
 * delay, to sign in anew: that is the price of not being guessed. {@link Accounts.Builder#passwordDisabledAfter} says
 * when guessing ends altogether.
 *
 * <p>Attempts are counted by identifier, alike for one that has an account and one that has none. An account with a username so
 * has two budgets; one that were shared would tell which e-mail address a username belongs to.
 *
 * <p>A clock that ran ahead when an attempt was counted lengthens a delay by the longest delay at most.
 *
 * @param freeAttempts how many attempts are free, 1 to 100
 * @param firstDelay the delay after the last free one, at least a second
 * @param longestDelay the longest delay, at least the first and at most a day
 */
public record AttemptPolicy(int freeAttempts, Duration firstDelay, Duration longestDelay) {

    /**
     * Makes a policy.
     *
     * @param freeAttempts how many attempts are free
     * @param firstDelay the delay after the last free one
     * @param longestDelay the longest delay
     * @throws IllegalArgumentException if a value is out of its range
     */
    public AttemptPolicy {
        if (freeAttempts < 1 || freeAttempts > 100) {
            throw new IllegalArgumentException("free attempts are 1 to 100");
        }
        if (firstDelay.compareTo(Duration.ofSeconds(1)) < 0
                || longestDelay.compareTo(firstDelay) < 0
                || longestDelay.compareTo(Duration.ofDays(1)) > 0) {
            throw new IllegalArgumentException("delays are a second to a day, the first at most the longest");
        }
    }

    /**
     * Five attempts, then 30 seconds, doubling up to an hour: the range NIST SP 800-63B-4 section 3.2.2 names.
     *
     * @return the default policy
     */
    public static AttemptPolicy defaults() {
        return new AttemptPolicy(5, Duration.ofSeconds(30), Duration.ofHours(1));
    }

    /** How long the next attempt has to wait; empty if it may go ahead. At the exact end of a delay it may. */
    Optional<Duration> delayLeft(Attempts made, Instant now) {
        int excess = made.count() - freeAttempts;
        if (excess < 0) {
            return Optional.empty();
        }
        Duration delay = excess >= 30 ? longestDelay : min(firstDelay.multipliedBy(1L << excess), longestDelay);
        // Counted by a clock that ran far ahead: it must not lock the account until that time comes.
        if (made.lastAt().isAfter(now.plus(longestDelay))) {
            return Optional.empty();
        }
        Duration waited = made.lastAt().isAfter(now) ? Duration.ZERO : Duration.between(made.lastAt(), now);
        Duration left = delay.minus(waited);
        return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(left);
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
