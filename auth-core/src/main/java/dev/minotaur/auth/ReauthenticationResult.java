package dev.minotaur.auth;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What became of proving the password once more. */
public sealed interface ReauthenticationResult {

    /**
     * The user has proved the password, just now.
     *
     * @param user the user
     * @param session the session
     * @param token its fresh token, to be handed to the client now; the former is dead
     */
    record Reauthenticated(User user, Session session, RawToken token) implements ReauthenticationResult {

        /**
         * Makes the result.
         *
         * @param user the user
         * @param session the session
         * @param token its fresh token
         */
        public Reauthenticated {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(session, "session");
            Objects.requireNonNull(token, "token");
        }
    }

    /**
     * The user has not, and the session is as it was.
     *
     * @param reason why
     * @param retryAfter how long to wait before another attempt is looked at, if it is refused for that or as busy; else
     *     empty
     */
    record Refused(ReauthenticationRefusal reason, Optional<Duration> retryAfter) implements ReauthenticationResult {

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
