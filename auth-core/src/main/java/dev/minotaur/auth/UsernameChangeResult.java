package dev.minotaur.auth;

import java.util.Objects;

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
        USERNAME_TAKEN
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
     */
    record Refused(Reason reason) implements UsernameChangeResult {

        /**
         * Makes the result.
         *
         * @param reason why
         */
        public Refused {
            Objects.requireNonNull(reason, "reason");
        }
    }
}
