package dev.minotaur.auth;

import dev.minotaur.auth.PresentedSessions.Found;
import dev.minotaur.auth.PresentedSessions.Secret;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoredToken;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What the use of a good session writes: the time of use, and now and then a fresh secret in place of the former. */
final class SessionRenewal {

    private static final int MAX_ROUNDS = 10;

    private final Kernel kernel;
    private final PresentedSessions presented;

    SessionRenewal(Kernel kernel, PresentedSessions presented) {
        this.kernel = kernel;
        this.presented = presented;
    }

    /** A session after its use, with the fresh token if it was renewed. */
    record Used(StoredToken session, Optional<RawToken> renewed) {}

    /** Renews what is due, and touches the rest. A write that fails or comes second leaves the session as good as it was. */
    Used use(Found found, Instant now) {
        StoredToken session = found.session();
        if (isDue(found, now)) {
            Instant moment = later(now, session.lastUsedAt());
            return renew(found, now, "due", fresh -> fresh.previousDigest(session.digest())
                    .rotatedAt(moment)
                    .lastUsedAt(moment));
        }
        if (isAnswerLost(found, now)) {
            // Used by now, so that the next such request is not given another one, which would end this.
            return renew(found, now, "answer_lost", fresh -> fresh.lastUsedAt(now));
        }
        return new Used(touch(found, now), Optional.empty());
    }

    private boolean isDue(Found found, Instant now) {
        StoredToken session = found.session();
        Instant since = session.rotatedAt().orElse(session.issuedAt());
        return found.secret() == Secret.CURRENT
                && kernel.sessionPolicy
                        .renewal()
                        .filter(renewal -> !now.isBefore(since.plus(renewal.after())))
                        .isPresent();
    }

    /** Whoever uses the former secret that late has not got the new one, which nobody has used. */
    private boolean isAnswerLost(Found found, Instant now) {
        StoredToken session = found.session();
        return found.secret() == Secret.FORMER
                && isSuccessorUnused(session)
                && kernel.sessionPolicy
                        .renewal()
                        .filter(renewal -> !now.isBefore(
                                session.lastUsedAt().plus(renewal.grace().dividedBy(2))))
                        .isPresent();
    }

    private static boolean isSuccessorUnused(StoredToken session) {
        return session.previousDigest().isPresent()
                && session.rotatedAt().filter(session.lastUsedAt()::equals).isPresent();
    }

    private Used renew(Found found, Instant now, String why, UnaryOperator<StoredToken.Builder> change) {
        StoredToken session = found.session();
        RawToken fresh = kernel.mint.secretFor(session.id());
        StoredToken replacement =
                change.apply(session.toBuilder().digest(fresh.digest())).build();
        try {
            if (!kernel.writes.rotate(replacement, session.digest())) {
                return new Used(session, Optional.empty());
            }
        } catch (StoreException failure) {
            kernel.tell(AuthEvent.of(AuthEvent.Type.SYS_HOUSEKEEPING_FAIL, now)
                    .user(session.user())
                    .session(session.id())
                    .reason("renew"));
            return new Used(touch(found, now), Optional.empty());
        }
        kernel.tell(AuthEvent.of(AuthEvent.Type.SESSION_RENEWED, now)
                .user(session.user())
                .session(session.id())
                .reason(why));
        return new Used(replacement, Optional.of(fresh));
    }

    /**
     * Moves the time of last use if that is due. The first use of a renewed secret is recorded at once, and as later than the
     * renewal; the use of a former secret never is, as it would pass for that.
     */
    StoredToken touch(Found found, Instant now) {
        StoredToken session = found.session();
        Instant used = now;
        if (found.secret() == Secret.FORMER) {
            return session;
        } else if (isSuccessorUnused(session)) {
            used = later(now, session.lastUsedAt().plus(1, ChronoUnit.MICROS));
        } else if (now.isBefore(session.lastUsedAt().plus(kernel.sessionPolicy.touchInterval()))
                || !now.isAfter(session.lastUsedAt())) {
            return session;
        }
        Instant at = used;
        kernel.housekeeping(session.user(), "touch", now, () -> {
            var unused = kernel.stores.tokens().touch(session.id(), at);
        });
        return session.toBuilder().lastUsedAt(at).build();
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /**
     * Gives a session a fresh secret because its user has proved the password in it. No former digest is kept: who stole the
     * old secret must not have it a moment longer. Goes on over a renewal at the same moment.
     *
     * @return the fresh token, or empty if the session was ended, or its secret replaced in this way by somebody else, or its user
     *     changed
     */
    Optional<Sessions.Issued> replaceSecret(Found found, SecurityStamp stamp, Instant now) {
        Optional<Found> current = Optional.of(found);
        for (int round = 0; round < MAX_ROUNDS && current.isPresent(); round++) {
            StoredToken session = current.get().session();
            RawToken fresh = kernel.mint.secretFor(session.id());
            StoredToken replacement = session.toBuilder()
                    .digest(fresh.digest())
                    .previousDigest(null)
                    .rotatedAt(now)
                    .lastUsedAt(now)
                    .authenticatedAt(now)
                    .stamp(stamp)
                    .build();
            if (kernel.writes.rotate(replacement, session.digest())) {
                return Optional.of(new Sessions.Issued(Session.of(replacement, kernel.sessionPolicy), fresh));
            }
            current = presented
                    .find(found.token(), now)
                    .filter(again -> again.user().stamp().equals(stamp));
        }
        return Optional.empty();
    }
}
