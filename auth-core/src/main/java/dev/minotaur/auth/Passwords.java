package dev.minotaur.auth;

import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.PasswordProblem;
import dev.minotaur.auth.password.PasswordVerification;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoredToken;
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

    Passwords(Kernel kernel, Sessions sessions) {
        this.kernel = kernel;
        this.sessions = sessions;
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
        Optional<Sessions.Found> found = sessions.findLive(presented, now);
        if (found.isEmpty()) {
            return PasswordChangeResult.Refused.of(PasswordChangeRefusal.NOT_SIGNED_IN);
        }
        UserRecord user = found.get().user();
        Optional<PasswordProblem> problem = kernel.passwordPolicy.check(next, kernel.hashing.maxUtf8Bytes());
        if (problem.isPresent()) {
            return new PasswordChangeResult.Refused(
                    PasswordChangeRefusal.PASSWORD_NOT_ACCEPTED, problem, Optional.empty());
        }
        Optional<HashingGate.Permit> permit = kernel.hashing.enter();
        if (permit.isEmpty()) {
            return refuse(user, PasswordChangeRefusal.BUSY, Optional.empty(), "busy", now);
        }
        Optional<Duration> wait;
        Optional<PasswordHash> hash = Optional.empty();
        try (HashingGate.Permit entered = permit.get()) {
            wait = kernel.guard.admit(AttemptGuard.keyOf(user), now);
            if (wait.isEmpty() && isRight(entered.verify(current, user.passwordHash()))) {
                hash = Optional.of(entered.hash(next));
            }
        }
        if (wait.isPresent()) {
            return refuse(user, PasswordChangeRefusal.TOO_MANY_ATTEMPTS, wait, "too_many_attempts", now);
        }
        if (hash.isEmpty()) {
            return refuse(user, PasswordChangeRefusal.WRONG_PASSWORD, Optional.empty(), "wrong_password", now);
        }
        kernel.housekeeping(user.id(), "forget_attempts", now, () -> kernel.guard.forget(user));
        return store(found.get(), hash.get(), now);
    }

    private PasswordChangeResult store(Sessions.Found found, PasswordHash hash, Instant now) {
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
        kernel.tell(AuthEvent.of(AuthEvent.Type.AUTHN_PASSWORD_CHANGE, now)
                .user(user.id())
                .session(found.session().id()));
        Optional<RawToken> fresh = renew(found, user, now);
        sessions.tidyUp(user.id(), TokenScope.everything().endedBy(user.stamp()), now, "password_changed");
        var unused = kernel.post.tell(user.id(), new MailMessage.PasswordChanged(user.email(), now), now);
        return new PasswordChangeResult.Changed(User.of(user), fresh);
    }

    /** While the stamp is unchanged nothing has happened that ends the session; the hash may have been made anew of the same password. */
    private static boolean isStillVerified(UserRecord before, UserRecord verified) {
        return before.stamp().equals(verified.stamp()) && before.status() == UserStatus.ACTIVE;
    }

    /** No previous digest is kept: who stole the old secret must not have it a moment longer. */
    private Optional<RawToken> renew(Sessions.Found found, UserRecord user, Instant now) {
        RawToken fresh = kernel.mint.secretFor(found.session().id());
        StoredToken replacement = found.session().toBuilder()
                .digest(fresh.digest())
                .previousDigest(null)
                .rotatedAt(now)
                .lastUsedAt(now)
                .authenticatedAt(now)
                .stamp(user.stamp())
                .build();
        try {
            boolean renewed = kernel.writes.rotate(replacement, found.session().digest());
            return renewed ? Optional.of(fresh) : Optional.empty();
        } catch (StoreException failure) {
            kernel.tell(AuthEvent.of(AuthEvent.Type.SYS_HOUSEKEEPING_FAIL, now)
                    .user(user.id())
                    .session(fresh.id())
                    .reason("renew"));
            return Optional.empty();
        }
    }

    private static boolean isRight(Optional<PasswordVerification> verification) {
        return verification
                .filter(found -> found == PasswordVerification.SUCCEEDED
                        || found == PasswordVerification.SUCCEEDED_REHASH_NEEDED)
                .isPresent();
    }

    private PasswordChangeResult refuse(
            UserRecord user, PasswordChangeRefusal reason, Optional<Duration> retryAfter, String why, Instant now) {
        kernel.tell(AuthEvent.of(AuthEvent.Type.AUTHN_PASSWORD_CHANGE_FAIL, now)
                .user(user.id())
                .reason(why));
        return new PasswordChangeResult.Refused(reason, Optional.empty(), retryAfter);
    }
}
