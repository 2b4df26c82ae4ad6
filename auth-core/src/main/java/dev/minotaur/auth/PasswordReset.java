package dev.minotaur.auth;

import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.PasswordProblem;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** How a forgotten password is set anew. Got from {@link Accounts#passwordReset}. */
public final class PasswordReset {

    private final Kernel kernel;
    private final Sessions sessions;

    PasswordReset(Kernel kernel, Sessions sessions) {
        this.kernel = kernel;
        this.sessions = sessions;
    }

    /**
     * Sends a link to an address, if it is that of an active account. It goes to the address as stored, never to one that only
     * looks alike. The answer and all that is done before it are the same whatever account the address has, or none (ASVS
     * 6.3.8); the rest is done on another thread. A new link replaces the one before.
     *
     * @param email the e-mail address as entered
     * @return what became of it
     * @throws IllegalStateException if there is no mailer
     * @throws StoreException if the store fails that counts the mails; none is sent
     */
    public LinkRequest request(String email) {
        Instant now = kernel.now();
        return kernel.post.request(TokenPurpose.PASSWORD_RESET, email, now, address -> kernel.stores
                .users()
                .findByEmail(address.canonical())
                .ifPresent(user -> link(user, now).ifPresent(link -> kernel.post.send(user.id(), link, now))));
    }

    /** Stores a link for an active user, and says what to send. */
    Optional<MailMessage> link(UserRecord user, Instant now) {
        if (user.status() != UserStatus.ACTIVE) {
            return Optional.empty();
        }
        Optional<Links.Minted> minted =
                kernel.links.mint(TokenPurpose.PASSWORD_RESET, user, user.email(), kernel.linkPolicy.resetLife(), now);
        minted.ifPresent(link -> kernel.tell(AuthEvent.of(AuthEvent.Type.AUTHN_TOKEN_CREATED, now)
                .user(user.id())
                .session(link.token().id())
                .reason("password_reset")));
        return minted.map(link -> new MailMessage.PasswordResetLink(user.email(), link.token(), link.expiresAt()));
    }

    /**
     * Looks at a link, for the page behind it. Uses nothing.
     *
     * @param presented the token of the link, of any length and content
     * @return the address and the end of the link, or empty if it is not good
     * @throws StoreException if a store fails
     */
    public Optional<PendingLink> look(String presented) {
        return kernel.links
                .findOfUser(TokenPurpose.PASSWORD_RESET, presented, kernel.now())
                .map(found ->
                        new PendingLink(found.user().email(), found.token().expiresAt()));
    }

    /**
     * Sets a new password. In the same write the user gets a new stamp, so that no session, no other link and no second use of
     * this one is good from then on, also none that begins at the same moment; and the address, which the link has proven,
     * is confirmed if it was not. The attempts counted against the account are forgotten, and its owner is told by mail. Nobody
     * is signed in.
     *
     * <p>A refusal leaves the link good, if it was, and so does a failure of the store of attempts. Of several uses at the same
     * moment one succeeds.
     *
     * @param presented the token of the link, of any length and content
     * @param next the new password, which stays the caller's to close
     * @return what became of it
     * @throws StoreException if a store fails; after an unknown outcome the password may be set
     */
    public PasswordResetResult use(String presented, RawPassword next) {
        Objects.requireNonNull(next, "next");
        Instant now = kernel.now();
        Optional<Links.FoundOfUser> found = kernel.links.findOfUser(TokenPurpose.PASSWORD_RESET, presented, now);
        if (found.isEmpty()) {
            return notGood(Optional.empty(), now);
        }
        Optional<PasswordProblem> problem =
                kernel.newPasswords.problem(next, found.get().user());
        if (problem.isPresent()) {
            return new PasswordResetResult.Refused(
                    PasswordResetRefusal.PASSWORD_NOT_ACCEPTED, problem, Optional.empty());
        }
        Optional<PasswordHash> hash = kernel.hashing.hash(next);
        if (hash.isEmpty()) {
            return new PasswordResetResult.Refused(
                    PasswordResetRefusal.BUSY, Optional.empty(), kernel.hashing.retryAfter());
        }
        Optional<PasswordProblem> breach =
                kernel.newPasswords.breach(next, Optional.of(found.get().user().id()), now);
        if (breach.isPresent()) {
            return new PasswordResetResult.Refused(
                    PasswordResetRefusal.PASSWORD_NOT_ACCEPTED, breach, Optional.empty());
        }
        return store(found.get(), hash.get(), now);
    }

    private PasswordResetResult store(Links.FoundOfUser found, PasswordHash hash, Instant now) {
        SecurityStamp stamp = kernel.mint.stamp();
        UserId id = found.user().id();
        // Before the write as well: what stayed counted would be taken for guesses at the new password.
        kernel.guard.forget(found.user());
        Optional<UserRecord> changed = kernel.writes.change(
                id,
                before -> Links.isOf(found.token(), before)
                        ? Optional.of(UserChanges.next(before, now)
                                .passwordHash(hash)
                                .emailConfirmedAt(before.emailConfirmedAt().orElse(now))
                                .stamp(stamp)
                                .build())
                        : Optional.empty());
        if (changed.isEmpty()) {
            return notGood(Optional.of(id), now);
        }
        UserRecord user = changed.get();
        kernel.tell(AuthEvent.of(AuthEvent.Type.AUTHN_PASSWORD_CHANGE, now)
                .user(id)
                .session(found.token().id())
                .reason("reset"));
        kernel.forgetAttempts(id, now, () -> kernel.guard.forget(user));
        sessions.tidyUp(id, TokenScope.everything().endedBy(stamp), now, "password_reset");
        var unused = kernel.post.tell(id, new MailMessage.PasswordReset(user.email(), now), now);
        return new PasswordResetResult.Reset(User.of(user));
    }

    private PasswordResetResult notGood(Optional<UserId> user, Instant now) {
        AuthEvent event = AuthEvent.of(AuthEvent.Type.AUTHN_LINK_FAIL, now).reason("password_reset");
        kernel.tell(user.map(event::user).orElse(event));
        return new PasswordResetResult.Refused(PasswordResetRefusal.LINK_NOT_GOOD, Optional.empty(), Optional.empty());
    }
}
