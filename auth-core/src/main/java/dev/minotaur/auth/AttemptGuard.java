package dev.minotaur.auth;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Counts attempts: one is recorded before the password is looked at, so that attempts in parallel cannot
 * all pass before the first is counted. A refused attempt writes nothing.
 */
final class AttemptGuard {

    private static final int MAX_ROUNDS = 1000;
    private static final int MAX_ENTERED = 512;
    private static final int COARSE_BYTES = 2;

    private final AttemptStore attempts;
    private final AttemptPolicy policy;

    AttemptGuard(AttemptStore attempts, AttemptPolicy policy) {
        this.attempts = attempts;
        this.policy = policy;
    }

    /** How long an attempt has to wait; or, if it is recorded and may go ahead, how many in a row it makes. */
    record Admission(Optional<Duration> delay, int inRow) {}

    /**
     * The key of an identifier, the same whether there is such an account or not: were it another for a known one, filling one
     * budget and looking at others would tell which identifiers belong together.
     */
    static AttemptKey keyOf(Identifier identifier) {
        return identifier.canonical().map(AttemptGuard::keyOf).orElseGet(() -> coarseKeyOf(identifier.entered()));
    }

    /** The key of who is signed in: that of the e-mail address. */
    static AttemptKey keyOf(UserRecord user) {
        return keyOf(user.email().canonical());
    }

    private static AttemptKey keyOf(String canonical) {
        return AttemptKey.of(Digests.sha256(canonical));
    }

    /**
     * For what nobody can have as an identifier, and is perhaps a password in the wrong field: two bytes of a digest, from
     * which nothing can be guessed back, and which bound the number of such rows.
     */
    private static AttemptKey coarseKeyOf(String entered) {
        String bounded = entered.length() > MAX_ENTERED ? entered.substring(0, MAX_ENTERED) : entered;
        byte[] digest = Digests.sha256(bounded);
        return AttemptKey.of(Arrays.copyOf(Arrays.copyOf(digest, COARSE_BYTES), AttemptKey.LENGTH));
    }

    /**
     * Records an attempt, unless it has to wait. The first try assumes that none is recorded yet, which spares the usual
     * sign-in a read. The time is asked for after the attempts before it were read: to one that is older than they are, because
     * the caller had to wait, they would seem to be of a clock that ran ahead.
     *
     * @return whether it may go ahead
     */
    Admission admit(AttemptKey key, Supplier<Instant> clock) {
        Optional<Attempts> made = Optional.empty();
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Instant now = clock.get();
            Optional<Duration> wait = made.flatMap(some -> policy.delayLeft(some, now));
            if (wait.isPresent()) {
                return new Admission(wait, 0);
            }
            int count = made.map(Attempts::count).orElse(0);
            int next = count == Integer.MAX_VALUE ? count : count + 1;
            if (attempts.record(key, count, new Attempts(next, now))) {
                return new Admission(Optional.empty(), next);
            }
            made = attempts.find(key);
        }
        throw StoreException.nothingHappened("the attempts were counted by others all the time", null);
    }

    /** How many attempts in a row are recorded. */
    int inRow(AttemptKey key) {
        return attempts.find(key).map(Attempts::count).orElse(0);
    }

    /** Frees the budget of a username that was somebody else's, or nobody's, until now. */
    void forget(Username username) {
        attempts.clear(keyOf(username.canonical()));
    }

    /** Frees both budgets of an account: a success, and whatever proves its owner. */
    void forget(UserRecord user) {
        attempts.clear(keyOf(user));
        user.username().ifPresent(username -> attempts.clear(keyOf(username.canonical())));
    }
}
