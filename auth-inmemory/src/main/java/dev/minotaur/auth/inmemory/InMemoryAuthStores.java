package dev.minotaur.auth.inmemory;

import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UserStore;

/**
 * The stores on the heap: for tests, and for programs that need no database. Everything is gone when the object is.
 *
 * <p>Every verb holds one lock of its store for its whole length, so verbs are linearizable; none waits for anything else. Users
 * and tokens are not bounded: what is not purged stays. Attempts are, for a stranger makes them: see {@link
 * #withAttemptRecords}.
 */
public final class InMemoryAuthStores implements AuthStores {

    /** How many records of attempts are kept by default. */
    public static final int DEFAULT_ATTEMPT_RECORDS = 250_000;

    private final UserStore users = new InMemoryUserStore();
    private final TokenStore tokens = new InMemoryTokenStore();
    private final AttemptStore attempts;

    private InMemoryAuthStores(int attemptRecords) {
        this.attempts = new InMemoryAttemptStore(attemptRecords);
    }

    /**
     * Makes empty stores that keep {@link #DEFAULT_ATTEMPT_RECORDS} records of attempts.
     *
     * @return stores that share nothing with any others
     */
    public static InMemoryAuthStores create() {
        return withAttemptRecords(DEFAULT_ATTEMPT_RECORDS);
    }

    /**
     * Makes empty stores that keep so many records of attempts at the same time, about 200 bytes each. When there are as many,
     * one whose last attempt is a week older than a new one, longer than any policy waits, gives way to it. If there is none,
     * the new one is refused with a {@link dev.minotaur.auth.spi.StoreException}, and so is the sign-in: no record that somebody
     * has to wait for is dropped to make room, and nobody guesses uncounted.
     *
     * @param most how many records, at least 1
     * @return stores that share nothing with any others
     * @throws IllegalArgumentException if it is below 1
     */
    public static InMemoryAuthStores withAttemptRecords(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("at least one record of attempts is kept");
        }
        return new InMemoryAuthStores(most);
    }

    @Override
    public UserStore users() {
        return users;
    }

    @Override
    public TokenStore tokens() {
        return tokens;
    }

    @Override
    public AttemptStore attempts() {
        return attempts;
    }
}
