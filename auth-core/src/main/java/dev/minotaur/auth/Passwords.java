package dev.minotaur.auth;

import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.PasswordProblem;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** How a password is changed. Got from {@link Accounts#passwords}. */
public final class Passwords {

    private final Kernel kernel;
    private final Sessions sessions;
    private final CurrentPassword currentPassword;

    Passwords(Kernel kernel, Sessions sessions) {
        this.kernel = kernel;
        this.sessions = sessions;
        this.currentPassword = new CurrentPassword(kernel);
    }

    /**
     * Changes the password of a signed-in user who gives the current one (ASVS 6.2.3). The user gets a new stamp in the same
     * write, so that from then on no older session and no other token bound to the user is good (ASVS 7.4.3); this session
     * goes on under a fresh secret, with the same id and the same end.
     *
     * <p>The current password is guarded like a sign-in, on the same budget of attempts. Of two changes at the same moment one
     * succeeds: the other finds its session ended.
     *
     * @param presented the client's session token, of any length and content
     * @param current the current password, which stays the caller's to close
     * @param next the new password, which stays the caller's to close
     * @return what became of it
     * @throws StoreException if a store fails; after an unknown outcome the password may be changed, and the session ended
     */
    public PasswordChangeResult change(String presented, RawPassword current, RawPassword next) {
        Objects.requireNonNull(current, "current");
        Objects.requireNonNull(next, "next");
        Instant now = kernel.now();
        Optional<PresentedSessions.Found> found = sessions.findLive(presented, now);
        if (found.isEmpty()) {
            return PasswordChangeResult.Refused.of(PasswordChangeRefusal.NOT_SIGNED_IN);
        }
        UserRecord user = found.get().user();
        Optional<PasswordProblem> problem = kernel.newPasswords.problem(next, user);
        if (problem.isPresent()) {
            return notAccepted(problem);
        }
        CurrentPassword.Proof<PasswordHash> proof =
                currentPassword.prove(user, current, permit -> permit.hash(next), now);
        if (proof.refusal().isPresent()) {
            CurrentPassword.Refusal why = proof.refusal().get();
            return refuse(user, reason(why), proof.retryAfter(), why.word(), now);
        }
        Optional<PasswordProblem> breach = kernel.newPasswords.breach(next, Optional.of(user.id()), now);
        return breach.isPresent()
                ? notAccepted(breach)
                : store(found.get(), proof.made().orElseThrow(), now);
    }

    private static PasswordChangeResult notAccepted(Optional<PasswordProblem> problem) {
        return new PasswordChangeResult.Refused(PasswordChangeRefusal.PASSWORD_NOT_ACCEPTED, problem, Optional.empty());
    }

    private static PasswordChangeRefusal reason(CurrentPassword.Refusal why) {
        return switch (why) {
            case BUSY -> PasswordChangeRefusal.BUSY;
            case TOO_MANY_ATTEMPTS -> PasswordChangeRefusal.TOO_MANY_ATTEMPTS;
            case WRONG_PASSWORD, UNREADABLE_HASH -> PasswordChangeRefusal.WRONG_PASSWORD;
        };
    }

    private PasswordChangeResult store(PresentedSessions.Found found, PasswordHash hash, Instant now) {
        SecurityStamp stamp = kernel.mint.stamp();
        Optional<UserRecord> changed = kernel.writes.change(
                found.user().id(),
                before -> isStillVerified(before, found.user())
                        ? Optional.of(UserChanges.next(before, now)
                                .passwordHash(hash)
                                .stamp(stamp)
                                .build())
                        : Optional.empty());
        if (changed.isEmpty()) {
            return refuse(
                    found.user(),
                    PasswordChangeRefusal.NOT_SIGNED_IN,
                    Optional.empty(),
                    "session_ended_meanwhile",
                    now);
        }
        UserRecord user = changed.get();
        kernel.forgetAttempts(user.id(), now, () -> kernel.guard.forget(user));
        kernel.tell(AuthEvent.of(AuthEvent.Type.AUTHN_PASSWORD_CHANGE, now)
                .user(user.id())
                .session(found.session().id()));
        Optional<RawToken> fresh = renew(found, user, now);
        sessions.tidyUp(user.id(), TokenScope.everything().endedBy(user.stamp()), now, "password_changed");
        var unused = kernel.post.tell(user.id(), new MailMessage.PasswordChanged(user.email(), now), now);
        return new PasswordChangeResult.Changed(User.of(user), fresh);
    }

    /**
     * While the stamp is unchanged nothing has happened that ends the session; the hash may have been made anew of the same
     * password.
     */
    private static boolean isStillVerified(UserRecord before, UserRecord verified) {
        return before.stamp().equals(verified.stamp()) && before.status() == UserStatus.ACTIVE;
    }

    private Optional<RawToken> renew(PresentedSessions.Found found, UserRecord user, Instant now) {
        try {
            return sessions.replaceSecret(found, user.stamp(), now).map(Sessions.Issued::token);
        } catch (StoreException failure) {
            kernel.tell(AuthEvent.of(AuthEvent.Type.SYS_HOUSEKEEPING_FAIL, now)
                    .user(user.id())
                    .session(found.session().id())
                    .reason("renew"));
            return Optional.empty();
        }
    }

    private PasswordChangeResult refuse(
            UserRecord user, PasswordChangeRefusal reason, Optional<Duration> retryAfter, String why, Instant now) {
        kernel.tell(AuthEvent.of(AuthEvent.Type.AUTHN_PASSWORD_CHANGE_FAIL, now)
                .user(user.id())
                .reason(why));
        return new PasswordChangeResult.Refused(reason, Optional.empty(), retryAfter);
    }
}
