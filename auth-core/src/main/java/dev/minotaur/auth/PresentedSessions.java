package dev.minotaur.auth;

import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.Optional;

/** Finds and ends the session of a presented token, and tells whether a session is good. */
final class PresentedSessions {

    private final Kernel kernel;

    PresentedSessions(Kernel kernel) {
        this.kernel = kernel;
    }

    /** What a presented secret is to the session with its id. */
    enum Secret {
        CURRENT,
        /** It was replaced by a renewal, and its grace lasts. */
        FORMER,
        /** It was replaced by a renewal, and its grace is over: there is a copy of it. */
        REUSED,
        WRONG
    }

    /** A session as stored, whose current or former secret was presented. */
    record Found(RawToken token, StoredToken session, UserRecord user, Secret secret) {}

    /** The session of a token, good or not; a secret that is reused ends it and finds nothing. */
    Optional<Found> find(RawToken token, Instant now) {
        Optional<TokenWithUser> stored = kernel.stores.findTokenWithUser(token.id());
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        StoredToken session = stored.get().token();
        Secret secret = secretOf(session, token, now);
        if (secret == Secret.REUSED) {
            endReused(session, now);
        }
        return secret == Secret.CURRENT || secret == Secret.FORMER
                ? Optional.of(new Found(token, session, stored.get().user(), secret))
                : Optional.empty();
    }

    /** The good session of a presented token. */
    Optional<Found> findLive(String presented, Instant now) {
        return RawToken.parse(presented)
                .flatMap(token -> find(token, now))
                .filter(found -> refusal(found.session(), found.user(), now).isEmpty());
    }

    /** Ends the session of a presented token, whether it is good or not; tells whether this call did. */
    boolean end(String presented, Instant now) {
        Optional<RawToken> token = RawToken.parse(presented);
        Optional<StoredToken> ended =
                token.flatMap(own -> kernel.stores.tokens().consume(own.id(), TokenPurpose.SESSION, own.digest()));
        ended.ifPresent(session -> kernel.tell(AuthEvent.revoked(session.user(), session.id(), "ended", now)));
        return ended.isPresent()
                || (kernel.sessionPolicy.renewal().isPresent()
                        && token.filter(own -> endRenewed(own, now)).isPresent());
    }

    /** Consuming goes by the current digest; this finds the session by a former one, or by one that was renewed meanwhile. */
    private boolean endRenewed(RawToken token, Instant now) {
        Optional<StoredToken> found = kernel.stores.tokens().find(token.id());
        return found.isPresent()
                && switch (secretOf(found.get(), token, now)) {
                    case CURRENT, FORMER -> delete(found.get(), "ended", now);
                    case REUSED -> endReused(found.get(), now);
                    case WRONG -> false;
                };
    }

    private boolean endReused(StoredToken session, Instant now) {
        kernel.tell(AuthEvent.of(AuthEvent.Type.AUTHN_TOKEN_REUSE, now)
                .user(session.user())
                .session(session.id()));
        return delete(session, "reused", now);
    }

    private boolean delete(StoredToken session, String why, Instant now) {
        boolean ended = kernel.stores.tokens().delete(session.id());
        if (ended) {
            kernel.tell(AuthEvent.revoked(session.user(), session.id(), why, now));
        }
        return ended;
    }

    private Secret secretOf(StoredToken session, RawToken presented, Instant now) {
        if (!session.id().equals(presented.id())) {
            throw StoreException.nothingHappened("the store answered with another token than it was asked for", null);
        }
        if (!session.purpose().equals(TokenPurpose.SESSION)) {
            return Secret.WRONG;
        }
        if (session.digest().equals(presented.digest())) {
            return Secret.CURRENT;
        }
        Optional<Instant> graceEnd = kernel.sessionPolicy.renewal().flatMap(renewal -> session.rotatedAt()
                .map(at -> at.plus(renewal.grace())));
        boolean replaced =
                session.previousDigest().filter(presented.digest()::equals).isPresent();
        if (!replaced || graceEnd.isEmpty()) {
            return Secret.WRONG;
        }
        return now.isBefore(graceEnd.get()) ? Secret.FORMER : Secret.REUSED;
    }

    /** Why a session is not good, whatever secret was presented. */
    Optional<SessionRefusal> refusal(StoredToken session, UserRecord user, Instant now) {
        boolean bound = session.stamp().filter(user.stamp()::equals).isPresent();
        boolean usable = user.status() == UserStatus.ACTIVE
                && (user.emailConfirmedAt().isPresent() || kernel.unconfirmedMaySignIn);
        boolean declaredVoid =
                kernel.voidIssuedBefore.filter(session.issuedAt()::isBefore).isPresent();
        if (!bound || !usable || declaredVoid) {
            return Optional.of(SessionRefusal.REVOKED);
        }
        boolean live = now.isBefore(session.expiresAt()) && now.isBefore(kernel.sessionPolicy.idleEnd(session));
        return live ? Optional.empty() : Optional.of(SessionRefusal.EXPIRED);
    }
}
