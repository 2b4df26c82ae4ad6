package dev.minotaur.auth.spi;

import java.util.Objects;

/**
 * A token and the user it was made for.
 *
 * @param token the token
 * @param user the user whose id the token carries
 */
public record TokenWithUser(StoredToken token, UserRecord user) {

    /**
     * Makes the pair.
     *
     * @param token the token
     * @param user its user
     * @throws IllegalArgumentException if the token is another user's
     */
    public TokenWithUser {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(user, "user");
        if (!token.user().equals(user.id())) {
            throw new IllegalArgumentException("the token is another user's");
        }
    }
}
