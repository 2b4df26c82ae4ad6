package dev.minotaur.auth;

import dev.minotaur.auth.password.PasswordProblem;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What became of a registration. */
public sealed interface RegistrationResult {

    /**
     * The user is stored.
     *
     * @param user the new user
     */
    record Registered(User user) implements RegistrationResult {

        /**
         * Makes the result.
         *
         * @param user the new user
         */
        public Registered {
            Objects.requireNonNull(user, "user");
        }
    }

    /**
     * The registration is refused, and nothing is stored.
     *
     * @param reason why
     * @param passwordProblem what is wrong with the password, if that is the reason
     * @param retryAfter how long to wait before it is tried again, if the machine is busy
     */
    record Refused(RegistrationRefusal reason, Optional<PasswordProblem> passwordProblem, Optional<Duration> retryAfter)
            implements RegistrationResult {

        /**
         * Makes the result.
         *
         * @param reason why
         * @param passwordProblem what is wrong with the password
         * @param retryAfter how long to wait
         */
        public Refused {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(passwordProblem, "passwordProblem");
            Objects.requireNonNull(retryAfter, "retryAfter");
        }

        static Refused of(RegistrationRefusal reason) {
            return new Refused(reason, Optional.empty(), Optional.empty());
        }
    }
}
