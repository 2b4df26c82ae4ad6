package dev.minotaur.auth;

import dev.minotaur.auth.password.PasswordProblem;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What became of a change of password. */
public sealed interface PasswordChangeResult {

    /**
     * The password is changed, and every session but this one has ended.
     *
     * @param user the user
     * @param token the fresh token of this session, to be handed to the client now; the former is dead. Empty if the session was
     *     ended at the same moment or its new token could not be stored: the user signs in with the new password
     */
    record Changed(User user, Optional<RawToken> token) implements PasswordChangeResult {

        /**
         * Makes the result.
         *
         * @param user the user
         * @param token the fresh token
         */
        public Changed {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(token, "token");
        }
    }

    /**
     * The password is not changed, and no session has ended.
     *
     * @param reason why
     * @param passwordProblem what is wrong with the new password, if that is the reason
     * @param retryAfter how long to wait before another attempt is looked at, if it is refused for that or as busy; else
     *     empty
     */
    record Refused(
            PasswordChangeRefusal reason, Optional<PasswordProblem> passwordProblem, Optional<Duration> retryAfter)
            implements PasswordChangeResult {

        /**
         * Makes the result.
         *
         * @param reason why
         * @param passwordProblem what is wrong with the new password
         * @param retryAfter how long to wait
         */
        public Refused {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(passwordProblem, "passwordProblem");
            Objects.requireNonNull(retryAfter, "retryAfter");
        }

        static Refused of(PasswordChangeRefusal reason) {
            return new Refused(reason, Optional.empty(), Optional.empty());
        }
    }
}
