package dev.minotaur.auth.spi;

import dev.minotaur.auth.TokenId;
import java.util.Objects;
import java.util.Optional;

/**
 * The three stores that the account rules work on, which may lie in different backends, and the one read that is worth a
 * join.
 */
public interface AuthStores {

    /**
     * Groups three stores.
     *
     * @param users keeps the users
     * @param tokens keeps the tokens
     * @param attempts counts attempts
     * @return the group
     */
    static AuthStores of(UserStore users, TokenStore tokens, AttemptStore attempts) {
        Objects.requireNonNull(users, "users");
        Objects.requireNonNull(tokens, "tokens");
        Objects.requireNonNull(attempts, "attempts");
        record Group(UserStore users, TokenStore tokens, AttemptStore attempts) implements AuthStores {}
        return new Group(users, tokens, attempts);
    }

    /**
     * Gives the store of users.
     *
     * @return the same store each time
     */
    UserStore users();

    /**
     * Gives the store of tokens.
     *
     * @return the same store each time
     */
    TokenStore tokens();

    /**
     * Gives the store of attempts.
     *
     * @return the same store each time
     */
    AttemptStore attempts();

    /**
     * Finds a token and its user. A store that can do so in one step overrides this. The default reads the token first and
     * then the user: a user changed in between then has a stamp that the token does not carry, and the token is refused.
     * The other order could call a token good after it had been ended.
     *
     * @param id the token's id
     * @return the two, or empty if there is no such token or its user is absent
     * @throws StoreException if a backend fails
     */
    default Optional<TokenWithUser> findTokenWithUser(TokenId id) {
        return tokens().find(id)
                .flatMap(token -> users().findById(token.user()).map(user -> new TokenWithUser(token, user)));
    }
}
