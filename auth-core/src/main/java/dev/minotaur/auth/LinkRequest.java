package dev.minotaur.auth;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a request for a link by mail. It is the same whether the address has an account, and of whatever kind (ASVS
 * 6.3.8).
 */
public sealed interface LinkRequest {

    /** The request is taken: if a mail is to be sent for it, it is sent after this answer. */
    record Accepted() implements LinkRequest {}

    /**
     * The request is refused, and no mail is sent.
     *
     * @param reason why
     * @param retryAfter how long to wait before the next request for the address, or empty
     */
    record Refused(LinkRequestRefusal reason, Optional<Duration> retryAfter) implements LinkRequest {

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

        static Refused of(LinkRequestRefusal reason) {
            return new Refused(reason, Optional.empty());
        }
    }
}
