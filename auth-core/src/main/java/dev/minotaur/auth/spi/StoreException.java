package dev.minotaur.auth.spi;

import dev.minotaur.auth.AuthException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A store could not do its work: the backend is away, slow, full, or out of step with the code. It is never an expected
 * conflict, and "not found" is never reported by it or instead of it.
 *
 * <p>Neither the message nor that of any cause carries an identifier, a hash, a token or the backend's own text, which
 * often quotes the values; a store that has such a cause gives its class, its code and its stack trace, no more.
 */
public final class StoreException extends AuthException {

    private static final long serialVersionUID = 1L;

    /** What is known about the effect of the call that failed. */
    public enum Effect {
        /** Nothing has changed, and nothing will change later because of this call. */
        NONE,
        /** The change may have been made, or may still be made: whoever needs to know reads again. */
        UNKNOWN
    }

    /** What is known; also for the serialized form. */
    private final Effect effect;

    private StoreException(String message, Effect effect, @Nullable Throwable cause) {
        super(message, cause);
        this.effect = Objects.requireNonNull(effect, "effect");
    }

    /**
     * For a call that is known to have changed nothing; a read always is.
     *
     * @param message what failed, without any identifier or secret
     * @param cause a cause that carries none either, or null
     * @return the exception
     */
    public static StoreException nothingHappened(String message, @Nullable Throwable cause) {
        return new StoreException(message, Effect.NONE, cause);
    }

    /**
     * For a write whose answer was lost.
     *
     * @param message what failed, without any identifier or secret
     * @param cause a cause that carries none either, or null
     * @return the exception
     */
    public static StoreException outcomeUnknown(String message, @Nullable Throwable cause) {
        return new StoreException(message, Effect.UNKNOWN, cause);
    }

    /**
     * Tells what is known about the effect of the call.
     *
     * @return the effect
     */
    public Effect effect() {
        return effect;
    }
}
