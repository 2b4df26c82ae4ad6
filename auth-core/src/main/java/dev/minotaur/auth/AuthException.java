package dev.minotaur.auth;

import org.jspecify.annotations.Nullable;

/**
 * The root of the unchecked exceptions of this library.
 *
 * <p>No message carries an e-mail address, a username, a password, a token, a hash or a digest.
 */
public abstract class AuthException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what failed, without any identifier or secret
     * @param cause what made it fail, or null
     */
    protected AuthException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
