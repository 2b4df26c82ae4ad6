package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.AuthException;
import org.jspecify.annotations.Nullable;

/**
 * The tables are not there, are of another version, may not be used, or could not be made. The message says what to run.
 *
 * <p>Neither the message nor that of a cause carries a URL, a password or the content of a row.
 */
public final class SchemaException extends AuthException {

    private static final long serialVersionUID = 1L;

    /**
     * Makes the exception.
     *
     * @param message what is wrong and what to run, without any secret
     * @param cause what made it fail, without any secret, or null
     */
    public SchemaException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
