package dev.minotaur.auth;

import java.util.Objects;

/** What became of the import of a user. */
public sealed interface ImportResult {

    /** Why a user was not imported. A constant may be added in a minor version. */
    enum Reason {
        /** The policy does not accept the e-mail address. */
        EMAIL_NOT_ACCEPTED,
        /** The policy does not accept the username. */
        USERNAME_NOT_ACCEPTED,
        /** The hasher cannot read the hash, or it costs more than the hasher will ever spend. */
        HASH_NOT_ACCEPTED,
        /** Another user has the e-mail address. */
        EMAIL_TAKEN,
        /** Another user has the username. */
        USERNAME_TAKEN
    }

    /**
     * The user is stored.
     *
     * @param user the new user
     */
    record Imported(User user) implements ImportResult {

        /**
         * Makes the result.
         *
         * @param user the user
         */
        public Imported {
            Objects.requireNonNull(user, "user");
        }
    }

    /**
     * The import is refused, and nothing is stored.
     *
     * @param reason why
     */
    record Refused(Reason reason) implements ImportResult {

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
