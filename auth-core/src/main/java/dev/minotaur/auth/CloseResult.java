package dev.minotaur.auth;

import java.util.Objects;

/** What became of closing an account. */
public sealed interface CloseResult {

    /** Why an account was not closed. A constant may be added in a minor version. */
    enum Reason {
        /** The session is not good, or was ended while the account was to be closed. */
        NOT_SIGNED_IN,
        /** The user proved a credential too long ago in this session: ask for a fresh proof. */
        NOT_RECENT
    }

    /**
     * The account is closed, and every session has ended.
     *
     * @param user the user as it is now
     */
    record Closed(User user) implements CloseResult {

        /**
         * Makes the result.
         *
         * @param user the user
         */
        public Closed {
            Objects.requireNonNull(user, "user");
        }
    }

    /**
     * The account is not closed, and nothing has ended.
     *
     * @param reason why
     */
    record Refused(Reason reason) implements CloseResult {

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
