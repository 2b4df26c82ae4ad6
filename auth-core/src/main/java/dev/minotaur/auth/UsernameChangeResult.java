package dev.minotaur.auth;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What became of the change of a username. */
public sealed interface UsernameChangeResult {

    /** Why a username was not changed. A constant may be added in a minor version. */
    enum Reason {
        /** The session is not good, or was ended while the change was under way. */
        NOT_SIGNED_IN,
        /** The user proved a credential too long ago in this session: ask for a fresh proof. */
        NOT_RECENT,
        /** The policy does not accept the username. */
        USERNAME_NOT_ACCEPTED,
        /** Another user has the username. */
        USERNAME_TAKEN,
        /** It was tried too often: the result says for how long to wait. */
        TOO_SOON
    }

    /**
     * The username is as was asked for.
     *
     * @param user the user as it is now
     */
    record Changed(User user) implements UsernameChangeResult {

        /**
         * Makes the result.
         *
         * @param user the user
         */
        public Changed {
            Objects.requireNonNull(user, "user");
        }
    }

    /**
     * The username is as it was.
     *
     * @param reason why
     * @param retryAfter how long to wait, if it was tried too often
     */
    record Refused(Reason reason, Optional<Duration> retryAfter) implements UsernameChangeResult {

        /**
         * Makes the result.
         *
         * @param reason why
         * @param retryAfter how long to wait
         */
        public Refused {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(retryAfter, "retryAfter");
        }
    }
}
