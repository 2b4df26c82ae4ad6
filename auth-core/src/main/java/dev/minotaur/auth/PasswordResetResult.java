package dev.minotaur.auth;

import dev.minotaur.auth.password.PasswordProblem;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What became of a reset. */
public sealed interface PasswordResetResult {

    /**
     * The password is set, and every session has ended. Nobody is signed in.
     *
     * @param user the user
     */
    record Reset(User user) implements PasswordResetResult {

        /**
         * Makes the result.
         *
         * @param user the user
         */
        public Reset {
            Objects.requireNonNull(user, "user");
        }
    }

    /**
     * The password is not set, and nothing has ended.
     *
     * @param reason why
     * @param passwordProblem what is wrong with the new password, if that is the reason
     * @param retryAfter how long to wait before it is tried again, if the machine is busy
     */
    record Refused(
            PasswordResetRefusal reason, Optional<PasswordProblem> passwordProblem, Optional<Duration> retryAfter)
            implements PasswordResetResult {

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
    }
}
