package dev.minotaur.auth;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Bounds the mails to one address, by counting them where attempts are counted. A refused request writes nothing.
 *
 * <p>The stored count goes from 1 to 100, and from 101 to 200 when counting begins anew, and back: so it changes with each mail,
 * and of requests at the same moment one is counted and the others read again.
 */
final class MailLimit {

    private static final int MAX_ROUNDS = 1000;
    private static final int TURN = 100;

    private final AttemptStore attempts;
    private final LinkPolicy policy;

    MailLimit(AttemptStore attempts, LinkPolicy policy) {
        this.attempts = attempts;
        this.policy = policy;
    }

    /** A key that no identifier has: none has a NUL. */
    private static AttemptKey keyOf(String kind, EmailAddress address) {
        return AttemptKey.of(Digests.sha256("mail\0" + kind + "\0" + address.canonical()));
    }

    /**
     * Counts a mail, unless it has to wait. The first try assumes that none is counted yet.
     *
     * @param kind what is counted by itself: the name of a purpose, or of something else that sends mail
     * @return how long it has to wait, or empty if it is counted and may go
     */
    Optional<Duration> admit(String kind, EmailAddress address, Instant now) {
        AttemptKey key = keyOf(kind, address);
        Optional<Attempts> sent = Optional.empty();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Optional<Duration> wait = sent.flatMap(some -> waitAfter(some, now));
            if (wait.isPresent()) {
                return wait;
            }
            int stored = sent.map(Attempts::count).orElse(0);
            int next = sent.map(some -> next(some, now)).orElse(1);
            if (attempts.record(key, stored, new Attempts(next, now))) {
                return Optional.empty();
            }
            sent = attempts.find(key);
        }
        throw StoreException.nothingHappened("the mails were counted by others all the time", null);
    }

    /** At the exact end of the wait it may go. What a clock far ahead has counted makes nobody wait. */
    private Optional<Duration> waitAfter(Attempts sent, Instant now) {
        Duration waited = Duration.between(sent.lastAt(), now);
        if (waited.negated().compareTo(policy.pause()) > 0) {
            return Optional.empty();
        }
        Duration all = inTurn(sent) < policy.mails() ? policy.interval() : policy.pause();
        Duration left = all.minus(waited.isNegative() ? Duration.ZERO : waited);
        return left.isNegative() || left.isZero() ? Optional.empty() : Optional.of(left);
    }

    private int next(Attempts sent, Instant now) {
        boolean anew = Duration.between(sent.lastAt(), now).abs().compareTo(policy.pause()) >= 0;
        if (anew) {
            return sent.count() <= TURN ? TURN + 1 : 1;
        }
        return sent.count() + 1;
    }

    private static int inTurn(Attempts sent) {
        return sent.count() <= TURN ? sent.count() : sent.count() - TURN;
    }
}
