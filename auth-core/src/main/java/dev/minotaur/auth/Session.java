package dev.minotaur.auth;

import dev.minotaur.auth.spi.StoredToken;
import java.time.Instant;
import java.util.Optional;

/**
 * A session as an application shows it: a snapshot without any secret. Its id ends it and names it in lists and logs, and
 * proves nothing.
 *
 * @param id the public id
 * @param issuedAt when the user signed in
 * @param expiresAt the first instant at which the session is no longer good, however much it is used
 * @param lastUsedAt when it was last used, behind by up to {@link SessionPolicy#touchInterval}
 * @param authenticatedAt when the user last proved a credential in this session: the password, or by having signed in by a link
 * @param label what the application named it, or empty
 * @param remembered whether it has the longer timeouts of {@link SessionPolicy#withRememberedTimeouts}
 */
public record Session(
        TokenId id,
        Instant issuedAt,
        Instant expiresAt,
        Instant lastUsedAt,
        Instant authenticatedAt,
        Optional<String> label,
        boolean remembered) {

    static Session of(StoredToken token, SessionPolicy policy) {
        return new Session(
                token.id(),
                token.issuedAt(),
                token.expiresAt(),
                token.lastUsedAt(),
                token.authenticatedAt().orElse(token.issuedAt()),
                token.label(),
                policy.isRemembered(token));
    }

    /**
     * Gives the times and the id; not the label, which is whatever the client sent.
     *
     * @return a text that may be logged
     */
    @Override
    public String toString() {
        return "Session[id=" + id + ", issuedAt=" + issuedAt + ", expiresAt=" + expiresAt + ", lastUsedAt=" + lastUsedAt
                + ", authenticatedAt=" + authenticatedAt + ", remembered=" + remembered + "]";
    }
}
