package dev.minotaur.auth;

import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Issues sessions, and ends those that a new one is too many for or takes the place of. */
final class SessionIssuer {

    private static final Comparator<StoredToken> BY_AGE = Comparator.comparing(StoredToken::issuedAt)
            .thenComparing(token -> token.id().toString());

    private final Kernel kernel;
    private final PresentedSessions presented;

    SessionIssuer(Kernel kernel, PresentedSessions presented) {
        this.kernel = kernel;
        this.presented = presented;
    }

    Optional<Sessions.Issued> issue(UserRecord user, SessionOptions options, Instant now) {
        RawToken token = kernel.mint.token(now);
        StoredToken session = StoredToken.builder()
                .id(token.id())
                .user(user.id())
                .purpose(TokenPurpose.SESSION)
                .digest(token.digest())
                .issuedAt(now)
                .expiresAt(kernel.sessionPolicy.end(now, options.isRemembered()))
                .lastUsedAt(now)
                .authenticatedAt(now)
                .label(options.label().orElse(null))
                .stamp(user.stamp())
                .build();
        InsertTokenOutcome outcome = kernel.writes.insert(session);
        switch (outcome) {
            case INSERTED, ALREADY_INSERTED -> {}
            case NO_SUCH_USER -> {
                return Optional.empty();
            }
            case ID_TAKEN, SLOT_KEPT ->
                throw StoreException.outcomeUnknown("the store has another token with a fresh id", null);
        }
        options.replaces()
                .ifPresent(
                        previous -> kernel.housekeeping(user.id(), "replace", now, () -> presented.end(previous, now)));
        kernel.housekeeping(user.id(), "limit", now, () -> trim(session, now));
        return Optional.of(new Sessions.Issued(Session.of(session, kernel.sessionPolicy), token));
    }

    /**
     * Dead sessions go first, then the oldest; never the new one, nor one that a sign-in at the same moment has made since.
     * Deleted one by one: bulk deletes in two orders would deadlock. Which are dead is told by the user as it is by now: a
     * session that begins under a stamp of before is itself dead, and ends none.
     */
    private void trim(StoredToken fresh, Instant now) {
        List<StoredToken> all = kernel.stores.tokens().listByUser(fresh.user(), TokenPurpose.SESSION);
        int excess = all.size() - kernel.sessionPolicy.limit();
        Optional<UserRecord> asIs = excess > 0 ? kernel.stores.users().findById(fresh.user()) : Optional.empty();
        if (asIs.filter(user -> presented.refusal(fresh, user, now).isEmpty()).isEmpty()) {
            return;
        }
        UserRecord user = asIs.get();
        Predicate<StoredToken> dead =
                token -> presented.refusal(token, user, now).isPresent();
        all.stream()
                .filter(token -> dead.test(token) || BY_AGE.compare(token, fresh) < 0)
                .sorted(Comparator.comparingInt((StoredToken token) -> dead.test(token) ? 0 : 1)
                        .thenComparing(BY_AGE))
                .limit(excess)
                .filter(token -> kernel.stores.tokens().delete(token.id()))
                .forEach(token -> kernel.tell(AuthEvent.revoked(user.id(), token.id(), "limit", now)));
    }
}
