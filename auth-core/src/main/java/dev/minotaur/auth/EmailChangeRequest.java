package dev.minotaur.auth;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/** What became of a request to change the e-mail address. It is the same whether somebody else has the address. */
public sealed interface EmailChangeRequest {

    /** The request is taken: the mail is sent after this answer. */
    record Accepted() implements EmailChangeRequest {}

    /**
     * The request is refused, and no mail is sent.
     *
     * @param reason why
     * @param retryAfter how long to wait before the next request for the address, or empty
     */
    record Refused(EmailChangeRefusal reason, Optional<Duration> retryAfter) implements EmailChangeRequest {

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

        static Refused of(EmailChangeRefusal reason) {
            return new Refused(reason, Optional.empty());
        }
    }
}
