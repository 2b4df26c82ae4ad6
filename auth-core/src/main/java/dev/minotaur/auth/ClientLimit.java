package dev.minotaur.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A coarser bound on guessing, by who asks: the application implements it, on whatever counts its requests. It is asked before
 * a password waits for its turn to be looked at, by each rule that proves one. The bound by identifier ({@link AttemptPolicy})
 * holds in any case: whoever tries one password at many names meets only this one.
 *
 * <p>Safe for use by many threads. It is asked on the caller's thread, which waits.
 */
@FunctionalInterface
public interface ClientLimit {

    /**
     * Counts an attempt of a client, or says how long it has to wait. It knows nothing of the account, and is asked the same
     * whether there is one.
     *
     * @param client what was given to {@link Accounts#forClient}, escaped as {@link AuthEvent#client} says; empty if nothing
     *     was
     * @param now the time of the call
     * @return how long the attempt has to wait, above zero; empty if it may go ahead. Null or another wait makes it 30 seconds
     * @throws RuntimeException for whatever reason: the attempt is refused then, as one that has to wait for 30 seconds
     */
    Optional<Duration> admit(Optional<String> client, Instant now);
}
