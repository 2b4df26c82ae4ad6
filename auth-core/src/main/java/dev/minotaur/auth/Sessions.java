package dev.minotaur.auth;

import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * How a session is checked, listed and ended. Got from {@link Accounts#sessions}.
 *
 * <p>A presented token is what a client sent, of any length and content; the methods that take a {@link UserId} are for an
 * application that has checked whose request it is, or that acts for an operator.
 */
public final class Sessions {

    private static final Comparator<StoredToken> BY_AGE = Comparator.comparing(StoredToken::issuedAt)
            .thenComparing(token -> token.id().toString());

    private final Kernel kernel;

    Sessions(Kernel kernel) {
        this.kernel = kernel;
    }

    /** A new session with its token. */
    record Issued(Session session, RawToken token) {}

    /** A session that was found good, as stored. */
    record Found(RawToken token, StoredToken session, UserRecord user) {}

    /**
     * Checks a session token and gives its user: one read, and within the touch interval no write. A session is expired when
     * now is not before its end, idle or absolute.
     *
     * @param presented what the client sent
     * @return the user and session, or why it is refused
     * @throws StoreException if a store fails to answer; that the time of last use could not be written is told to the listener
     *     only
     */
    public SessionCheck check(String presented) {
        Instant now = kernel.now();
        Optional<RawToken> token = RawToken.parse(presented);
        Optional<Found> found = token.flatMap(this::find);
        if (found.isEmpty()) {
            return new SessionCheck.Refused(SessionRefusal.INVALID);
        }
        StoredToken session = found.get().session();
        UserRecord user = found.get().user();
        Optional<SessionRefusal> refusal = refusal(session, user, now);
        if (refusal.isPresent()) {
            kernel.tell(AuthEvent.of(AuthEvent.Type.SESSION_USE_AFTER_EXPIRE, now)
                    .user(user.id())
                    .session(session.id()));
            return new SessionCheck.Refused(refusal.get());
        }
        return new SessionCheck.Live(User.of(user), Session.of(touched(session, now)));
    }

    /**
     * Lists a user's good sessions, the oldest first.
     *
     * @param user the user
     * @return the sessions; empty if there are none or no such user
     * @throws StoreException if a store fails
     */
    public List<Session> list(UserId user) {
        Objects.requireNonNull(user, "user");
        Instant now = kernel.now();
        List<StoredToken> tokens = kernel.stores.tokens().listByUser(user, TokenPurpose.SESSION);
        Optional<UserRecord> owner = kernel.stores.users().findById(user);
        return owner.stream()
                .flatMap(record -> tokens.stream()
                        .filter(token -> refusal(token, record, now).isEmpty()))
                .map(Session::of)
                .toList();
    }

    /**
     * Ends the session of a presented token, whether it is still good or not: signing out.
     *
     * @param presented what the client sent
     * @return whether this call ended it; false if there is no session with this id and secret
     * @throws StoreException if a store fails; after an unknown outcome the session may have ended
     */
    public boolean end(String presented) {
        Instant now = kernel.now();
        return endPresented(presented, now);
    }

    private boolean endPresented(String presented, Instant now) {
        Optional<StoredToken> ended = RawToken.parse(presented)
                .flatMap(token -> kernel.stores.tokens().consume(token.id(), TokenPurpose.SESSION, token.digest()));
        ended.ifPresent(session -> tellRevoked(session.user(), session.id(), "ended", now));
        return ended.isPresent();
    }

    /**
     * Ends one session of a user by its public id.
     *
     * @param user the user
     * @param session the session's id
     * @return whether this call ended it; false if the user has no such session, also if another user has it
     * @throws StoreException if a store fails; after an unknown outcome the session may have ended
     */
    public boolean end(UserId user, TokenId session) {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(session, "session");
        Instant now = kernel.now();
        boolean ended = kernel.stores
                        .tokens()
                        .find(session)
                        .filter(found ->
                                found.user().equals(user) && found.purpose().equals(TokenPurpose.SESSION))
                        .isPresent()
                && kernel.stores.tokens().delete(session);
        if (ended) {
            tellRevoked(user, session, "ended", now);
        }
        return ended;
    }

    /**
     * Ends all sessions of a user but one. One that begins at the same moment may live on.
     *
     * @param user the user
     * @param kept the id of the session to keep
     * @return how many were ended
     * @throws StoreException if a store fails; after an unknown outcome they may have ended
     */
    public int endOthers(UserId user, TokenId kept) {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(kept, "kept");
        Instant now = kernel.now();
        int ended = kernel.stores
                .tokens()
                .deleteByUser(user, TokenScope.of(TokenPurpose.SESSION).butNot(kept));
        kernel.tell(
                AuthEvent.of(AuthEvent.Type.AUTHN_TOKEN_REVOKED, now).user(user).reason("others_ended"));
        return ended;
    }

    /**
     * Ends all sessions of a user at once, in one write: also one that begins at the same moment, and all other tokens bound
     * to the user.
     *
     * @param user the user
     * @return whether there is such a user
     * @throws StoreException if a store fails; after an unknown outcome they may have ended
     */
    public boolean endAll(UserId user) {
        Objects.requireNonNull(user, "user");
        Instant now = kernel.now();
        Optional<UserRecord> changed = kernel.writes.change(
                user,
                before -> Optional.of(
                        UserChanges.next(before, now).stamp(kernel.mint.stamp()).build()));
        changed.ifPresent(after -> tidyUp(user, TokenScope.everything().endedBy(after.stamp()), now, "all_ended"));
        return changed.isPresent();
    }

    /** Removes tokens that a new stamp or the absence of their user has ended already. */
    void tidyUp(UserId user, TokenScope scope, Instant now, String reason) {
        kernel.housekeeping(user, "delete_ended", now, () -> {
            var unused = kernel.stores.tokens().deleteByUser(user, scope);
        });
        kernel.tell(
                AuthEvent.of(AuthEvent.Type.AUTHN_TOKEN_REVOKED, now).user(user).reason(reason));
    }

    /** The good session of a presented token. */
    Optional<Found> findLive(String presented, Instant now) {
        return RawToken.parse(presented).flatMap(this::find).filter(found -> refusal(found.session(), found.user(), now)
                .isEmpty());
    }

    private Optional<Found> find(RawToken token) {
        Optional<TokenWithUser> stored = kernel.stores.findTokenWithUser(token.id());
        if (stored.isPresent() && !stored.get().token().id().equals(token.id())) {
            throw StoreException.nothingHappened("the store answered with another token than it was asked for", null);
        }
        return stored.filter(found -> found.token().purpose().equals(TokenPurpose.SESSION)
                        && found.token().digest().equals(token.digest()))
                .map(found -> new Found(token, found.token(), found.user()));
    }

    private Optional<SessionRefusal> refusal(StoredToken session, UserRecord user, Instant now) {
        boolean bound = session.stamp().filter(user.stamp()::equals).isPresent();
        boolean usable = user.status() == UserStatus.ACTIVE
                && (user.emailConfirmedAt().isPresent() || kernel.unconfirmedMaySignIn);
        boolean declaredVoid =
                kernel.voidIssuedBefore.filter(session.issuedAt()::isBefore).isPresent();
        if (!bound || !usable || declaredVoid) {
            return Optional.of(SessionRefusal.REVOKED);
        }
        Instant idleEnd = session.lastUsedAt().plus(kernel.sessionPolicy.idleTimeout());
        boolean live = now.isBefore(session.expiresAt()) && now.isBefore(idleEnd);
        return live ? Optional.empty() : Optional.of(SessionRefusal.EXPIRED);
    }

    private StoredToken touched(StoredToken session, Instant now) {
        Instant due = session.lastUsedAt().plus(kernel.sessionPolicy.touchInterval());
        if (now.isBefore(due) || !now.isAfter(session.lastUsedAt())) {
            return session;
        }
        kernel.housekeeping(session.user(), "touch", now, () -> {
            var unused = kernel.stores.tokens().touch(session.id(), now);
        });
        return session.toBuilder().lastUsedAt(now).build();
    }

    /** Issues a session bound to the user as read; empty if a store that looks finds the user gone. */
    Optional<Issued> issue(UserRecord user, SessionOptions options, Instant now) {
        RawToken token = kernel.mint.token(now);
        StoredToken session = StoredToken.builder()
                .id(token.id())
                .user(user.id())
                .purpose(TokenPurpose.SESSION)
                .digest(token.digest())
                .issuedAt(now)
                .expiresAt(now.plus(kernel.sessionPolicy.absoluteTimeout()).truncatedTo(ChronoUnit.MICROS))
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
                        previous -> kernel.housekeeping(user.id(), "replace", now, () -> endPresented(previous, now)));
        kernel.housekeeping(user.id(), "limit", now, () -> trim(user, session, now));
        return Optional.of(new Issued(Session.of(session), token));
    }

    /**
     * Dead sessions go first, then the oldest; never the new one, nor one that a sign-in at the same moment has made since.
     * Deleted one by one: bulk deletes in two orders would deadlock.
     */
    private void trim(UserRecord user, StoredToken fresh, Instant now) {
        List<StoredToken> all = kernel.stores.tokens().listByUser(user.id(), TokenPurpose.SESSION);
        int excess = all.size() - kernel.sessionPolicy.limit();
        if (excess <= 0) {
            return;
        }
        Predicate<StoredToken> dead = token -> refusal(token, user, now).isPresent();
        all.stream()
                .filter(token -> dead.test(token) || BY_AGE.compare(token, fresh) < 0)
                .sorted(Comparator.comparingInt((StoredToken token) -> dead.test(token) ? 0 : 1)
                        .thenComparing(BY_AGE))
                .limit(excess)
                .filter(token -> kernel.stores.tokens().delete(token.id()))
                .forEach(token -> tellRevoked(user.id(), token.id(), "limit", now));
    }

    private void tellRevoked(UserId user, TokenId session, String why, Instant now) {
        kernel.tell(AuthEvent.of(AuthEvent.Type.AUTHN_TOKEN_REVOKED, now)
                .user(user)
                .session(session)
                .reason(why));
    }
}
