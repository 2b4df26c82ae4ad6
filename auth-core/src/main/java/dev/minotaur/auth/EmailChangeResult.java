package dev.minotaur.auth;

import java.util.Objects;

/** What became of the change of an e-mail address by its link. */
public sealed interface EmailChangeResult {

    /** Why the address was not changed. A constant may be added in a minor version. */
    enum Reason {
        /** The link is not good: unknown, used, expired, replaced by a newer one, or overtaken by a change of the account. */
        LINK_NOT_GOOD,
        /** Somebody else has the address by now. */
        EMAIL_TAKEN
    }

    /**
     * The address is changed, and every session has ended.
     *
     * @param user the user as it is now
     */
    record Changed(User user) implements EmailChangeResult {

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
     * The address is not changed, and nothing has ended.
     *
     * @param reason why
     */
    record Refused(Reason reason) implements EmailChangeResult {

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
