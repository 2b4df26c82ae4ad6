package dev.minotaur.auth;

import java.util.Objects;

/** Whether a session token is good. */
public sealed interface SessionCheck {

    /**
     * It is.
     *
     * @param user its user
     * @param session the session
     */
    record Live(User user, Session session) implements SessionCheck {

        /**
         * Makes the result.
         *
         * @param user its user
         * @param session the session
         */
        public Live {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(session, "session");
        }
    }

    /**
     * It is not.
     *
     * @param reason why
     */
    record Refused(SessionRefusal reason) implements SessionCheck {

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
