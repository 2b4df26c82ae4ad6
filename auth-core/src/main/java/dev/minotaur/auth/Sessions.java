package dev.minotaur.auth;

import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a session is checked, renewed, listed and ended. Got from {@link Accounts#sessions}.
 *
 * <p>A presented token is what a client sent, of any length and content; the methods that take a {@link UserId} are for an
 * application that has checked whose request it is, or that acts for an operator.
 */
public final class Sessions {

    private static final Duration MOST_RECENT = Duration.ofDays(366);

    private final Kernel kernel;
    private final PresentedSessions presentedSessions;
    private final SessionRenewal renewal;
    private final SessionIssuer issuer;
    private final Reauthentication reauthentication;

    Sessions(Kernel kernel) {
        this.kernel = kernel;
        this.presentedSessions = new PresentedSessions(kernel);
        this.renewal = new SessionRenewal(kernel, presentedSessions);
        this.issuer = new SessionIssuer(kernel, presentedSessions);
        this.reauthentication = new Reauthentication(kernel, presentedSessions, renewal);
    }

    /** A session with its fresh token. */
    record Issued(Session session, RawToken token) {}

    /**
     * Checks a session token and gives its user: one read, and within the touch interval no write. A session is expired when
     * now is not before its end, idle or absolute.
     *
     * <p>With {@link SessionPolicy#withRenewal} it also renews the secret of a session that is due, in one step: of any number of
     * checks at once one gives the fresh token, and all find the session good. The id, the label, the absolute end and the time
     * of authentication stay. Until the grace ends the former secret is good too. From half of the grace on it is given another
     * fresh token, once, if nobody has used the first; the grace is not extended. At the end of the grace and later it is
     * refused as {@link SessionRefusal#INVALID}, ends its session and no other, and is told to the listener as {@link
     * AuthEvent.Type#AUTHN_TOKEN_REUSE}. A secret that is neither the current one nor the one before is refused and ends nothing.
     *
     * @param presented what the client sent
     * @return the user and session, or why it is refused
     * @throws StoreException if a store fails to answer, or to end the session of a former secret; that the time of last use or a
     *     fresh secret could not be written is told to the listener only
     */
    public SessionCheck check(String presented) {
        return check(presented, Optional.empty(), kernel.now());
    }

    /**
     * Checks a session token like {@link #check}, and that its user has proved a credential within some time: for what deserves
     * a fresh proof (ASVS 7.5.1 and 7.5.3). A good session is refused as {@link SessionRefusal#NOT_RECENT} when now is at or
     * after its {@link Session#authenticatedAt} plus {@code within}; it goes on, and is not renewed by this call. A renewal does
     * not make a session recent, {@link #reauthenticate} does.
     *
     * @param presented what the client sent
     * @param within how long ago the proof may be: above 0, at most 366 days
     * @return the user and session, or why it is refused
     * @throws IllegalArgumentException if the time is out of its range
     * @throws StoreException as by {@link #check}
     */
    public SessionCheck checkRecent(String presented, Duration within) {
        Objects.requireNonNull(presented, "presented");
        if (within.isZero() || within.isNegative() || within.compareTo(MOST_RECENT) > 0) {
            throw new IllegalArgumentException("recent is within a time above 0 and at most 366 days");
        }
        return check(presented, Optional.of(within), kernel.now());
    }

    private SessionCheck check(String presented, Optional<Duration> within, Instant now) {
        Optional<PresentedSessions.Found> found =
                RawToken.parse(presented).flatMap(token -> presentedSessions.find(token, now));
        if (found.isEmpty()) {
            return new SessionCheck.Refused(SessionRefusal.INVALID);
        }
        StoredToken session = found.get().session();
        UserRecord user = found.get().user();
        Optional<SessionRefusal> refusal = presentedSessions.refusal(session, user, now);
        if (refusal.isPresent()) {
            kernel.tell(AuthEvent.of(AuthEvent.Type.SESSION_USE_AFTER_EXPIRE, now)
                    .user(user.id())
                    .session(session.id()));
            return new SessionCheck.Refused(refusal.get());
        }
        Instant authenticatedAt = session.authenticatedAt().orElse(session.issuedAt());
        if (within.filter(most -> !now.isBefore(authenticatedAt.plus(most))).isPresent()) {
            var unused = renewal.touch(found.get(), now);
            return new SessionCheck.Refused(SessionRefusal.NOT_RECENT);
        }
        SessionRenewal.Used used = renewal.use(found.get(), now);
        return new SessionCheck.Live(User.of(user), Session.of(used.session(), kernel.sessionPolicy), used.renewed());
    }

    /**
     * Lets the user of a good session prove the password once more (ASVS 7.5.1 and 7.5.3). Then the session goes on under a fresh
     * secret (ASVS 7.2.4), with the same id and the same end, and its {@link Session#authenticatedAt} is now; the former secret is
     * dead at once, also for requests that are under way.
     *
     * <p>The password is guarded like a sign-in, on the same budget of attempts. If it is changed at the same moment, the session
     * that proved the old one is dead, whichever came first. Of several such calls at once with one token one succeeds.
     *
     * @param presented the client's session token, of any length and content
     * @param password the password, which stays the caller's to close
     * @return what became of it
     * @throws StoreException if a store fails; after an unknown outcome the session may have ended
     */
    public ReauthenticationResult reauthenticate(String presented, RawPassword password) {
        Objects.requireNonNull(password, "password");
        return reauthentication.reauthenticate(presented, password, kernel.now());
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
                        .filter(token ->
                                presentedSessions.refusal(token, record, now).isEmpty()))
                .map(token -> Session.of(token, kernel.sessionPolicy))
                .toList();
    }

    /**
     * Ends the session of a presented token, whether it is still good or not: signing out. With {@link
     * SessionPolicy#withRenewal} a former secret ends it too: within the grace, so that another tab can sign out, and after it,
     * as by {@link #check}.
     *
     * @param presented what the client sent
     * @return whether this call ended it; false if there is no session with this id and secret
     * @throws StoreException if a store fails; after an unknown outcome the session may have ended
     */
    public boolean end(String presented) {
        return presentedSessions.end(presented, kernel.now());
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
            kernel.tell(AuthEvent.revoked(user, session, "ended", now));
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
    Optional<PresentedSessions.Found> findLive(String presented, Instant now) {
        return presentedSessions.findLive(presented, now);
    }

    /** Gives a session a fresh secret; empty if it was ended meanwhile. */
    Optional<Issued> replaceSecret(PresentedSessions.Found found, SecurityStamp stamp, Instant now) {
        return renewal.replaceSecret(found, stamp, now);
    }

    /** Issues a session bound to the user as read; empty if a store that looks finds the user gone. */
    Optional<Issued> issue(UserRecord user, SessionOptions options, Instant now) {
        return issuer.issue(user, options, now);
    }
}
