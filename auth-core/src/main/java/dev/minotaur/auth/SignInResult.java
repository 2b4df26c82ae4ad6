package dev.minotaur.auth;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What became of a sign-in. */
public sealed interface SignInResult {

    /**
     * The user is signed in.
     *
     * @param user the user
     * @param session the new session
     * @param token the session's token, to be handed to the client now: it cannot be had again
     */
    record SignedIn(User user, Session session, RawToken token) implements SignInResult {

        /**
         * Makes the result.
         *
         * @param user the user
         * @param session the new session
         * @param token its token
         */
        public SignedIn {
            Objects.requireNonNull(user, "user");
            Objects.requireNonNull(session, "session");
            Objects.requireNonNull(token, "token");
        }
    }

    /**
     * The password is right, and the account asks for a further factor: there is no session yet. No account of this version
     * does, and nobody else can make this result; the arm is here so that a caller decides now what it means.
     */
    final class FurtherFactorNeeded implements SignInResult {

        private final User user;

        FurtherFactorNeeded(User user) {
            this.user = user;
        }

        /**
         * Gives the user who is half-way in.
         *
         * @return the user
         */
        public User user() {
            return user;
        }
    }

    /**
     * The sign-in is refused.
     *
     * @param reason why, as far as a client may know
     * @param retryAfter how long to wait before another attempt is looked at, if it is refused for that or as busy; else
     *     empty
     */
    record Refused(SignInRefusal reason, Optional<Duration> retryAfter) implements SignInResult {

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

        static Refused of(SignInRefusal reason) {
            return new Refused(reason, Optional.empty());
        }
    }
}
