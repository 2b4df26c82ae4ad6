package dev.minotaur.auth.inmemory;

import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UserStore;

/**
 * The stores on the heap: for tests, and for programs that need no database. Everything is gone when the object is.
 *
 * <p>Every verb holds one lock of its store for its whole length, so verbs are linearizable; none waits for anything else. No
 * store is bounded: what is not purged stays.
 */
public final class InMemoryAuthStores implements AuthStores {

    private final UserStore users = new InMemoryUserStore();
    private final TokenStore tokens = new InMemoryTokenStore();
    private final AttemptStore attempts = new InMemoryAttemptStore();

    private InMemoryAuthStores() {}

    /**
     * Makes empty stores.
     *
     * @return stores that share nothing with any others
     */
    public static InMemoryAuthStores create() {
        return new InMemoryAuthStores();
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
