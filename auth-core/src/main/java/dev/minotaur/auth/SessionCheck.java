package dev.minotaur.auth;

import java.util.Objects;
import java.util.Optional;

/** Whether a session token is good. */
public sealed interface SessionCheck {

    /**
     * It is.
     *
     * @param user its user
     * @param session the session
     * @param renewed the fresh token of this session, which the application hands to its client in place of the one that the
     *     client presented; empty if that one stays. Never there without {@link SessionPolicy#withRenewal}
     */
    record Live(User user, Session session, Optional<RawToken> renewed) implements SessionCheck {

        /**
         * Makes the result.
         *
         * @param user its user
         * @param session the session
         * @param renewed its fresh token
         */
        public Live {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(session, "session");
            Objects.requireNonNull(renewed, "renewed");
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
