package dev.minotaur.auth;

import java.time.Instant;
import java.util.Objects;

/**
 * A link that is good, as the page behind it shows it. To look at a link uses nothing, as often as it is looked at.
 *
 * @param email the address that it was sent to
 * @param expiresAt the first instant at which it is no longer good
 */
public record PendingLink(EmailAddress email, Instant expiresAt) {

    /**
     * Makes the result.
     *
     * @param email the address
     * @param expiresAt the end
     */
    public PendingLink {
        Objects.requireNonNull(email, "email");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }
}
