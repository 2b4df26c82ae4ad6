package dev.minotaur.auth;

import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How a user gets another e-mail address: it is proven before it counts. Got from {@link Accounts#emailChange}.
 */
public final class EmailChange {

    private final Kernel kernel;
    private final Sessions sessions;

    EmailChange(Kernel kernel, Sessions sessions) {
        this.kernel = kernel;
        this.sessions = sessions;
    }

    /**
     * Sends a link to the address that a signed-in user wants to change to; the user must have authenticated recently (ASVS
     * 7.5.1, {@link Accounts.Builder#recentWithin}). Nothing of the account changes. If somebody else has the address, its owner
     * is told by mail instead; the answer, and all that is done before it, are the same.
     *
     * <p>The link carries the new address and is bound to the account as it is: whatever gives the user a new stamp ends it. A
     * new link replaces the one before.
     *
     * @param presented the client's session token, of any length and content
     * @param email the new address as entered; see {@link EmailPolicy}
     * @return what became of it
     * @throws IllegalStateException if there is no mailer
     * @throws StoreException if a store fails; no mail is sent
     */
    public EmailChangeRequest request(String presented, String email) {
        Objects.requireNonNull(email, "email");
        Instant now = kernel.now();
        kernel.post.requireMailer();
        Optional<PresentedSessions.Found> found = sessions.findLive(presented, now);
        if (found.isEmpty()) {
            return EmailChangeRequest.Refused.of(EmailChangeRefusal.NOT_SIGNED_IN);
        }
        if (!kernel.isRecent(found.get().session(), now)) {
            return EmailChangeRequest.Refused.of(EmailChangeRefusal.NOT_RECENT);
        }
        UserRecord user = found.get().user();
        if (email.equals(user.email().entered())) {
            return EmailChangeRequest.Refused.of(EmailChangeRefusal.UNCHANGED);
        }
        LinkRequest request =
                kernel.post.request(TokenPurpose.EMAIL_CHANGE, email, now, address -> answer(user, address, now));
        return told(request);
    }

    /** A link is stored either way, and replaces the one before: that one would tell whether the address is taken. */
    private void answer(UserRecord user, EmailAddress address, Instant now) {
        Optional<UserRecord> owner = kernel.stores
                .users()
                .findByEmail(address.canonical())
                .filter(other -> !other.id().equals(user.id()));
        Optional<Links.Minted> minted =
                kernel.links.mint(TokenPurpose.EMAIL_CHANGE, user, address, kernel.linkPolicy.emailChangeLife(), now);
        if (owner.isPresent()) {
            kernel.post.send(
                    owner.get().id(),
                    new MailMessage.AlreadyRegistered(
                            owner.get().email(), owner.get().status()),
                    now);
            return;
        }
        minted.ifPresent(link -> {
            kernel.tell(AuthEvent.of(AuthEvent.Type.AUTHN_TOKEN_CREATED, now)
                    .user(user.id())
                    .session(link.token().id())
                    .reason("email_change"));
            kernel.post.send(user.id(), new MailMessage.EmailChangeLink(address, link.token(), link.expiresAt()), now);
        });
    }

    /**
     * Looks at a link, for the page behind it. Uses nothing.
     *
     * @param presented the token of the link, of any length and content
     * @return the new address and the end of the link, or empty if it is not good
     * @throws StoreException if a store fails
     */
    public Optional<PendingLink> look(String presented) {
        return kernel.links
                .findOfUser(TokenPurpose.EMAIL_CHANGE, presented, kernel.now())
                .flatMap(found -> addressOf(found.token())
                        .map(address -> new PendingLink(address, found.token().expiresAt())));
    }

    /**
     * Makes the link's address the user's, confirmed. In the same write the user gets a new stamp, so that no session, no other
     * link and no second use of this one is good from then on, also none that begins at the same moment; the user signs in
     * anew. The former address is told by mail (ASVS 6.3.7), unless it was never proven: it may be a
     * stranger's, who could be sent mail without end. The attempts counted against the new address, which the link has
     * proven, are forgotten.
     *
     * <p>Of several changes at the same moment one succeeds. If somebody else got the address meanwhile, it is the store's
     * constraint that decides; nothing changes then, and the link is of no more use.
     *
     * @param presented the token of the link, of any length and content
     * @return what became of it
     * @throws StoreException if a store fails; after an unknown outcome the address may be changed
     */
    public EmailChangeResult confirm(String presented) {
        Instant now = kernel.now();
        Optional<Links.FoundOfUser> found = kernel.links.findOfUser(TokenPurpose.EMAIL_CHANGE, presented, now);
        Optional<EmailAddress> address = found.flatMap(link -> addressOf(link.token()));
        if (found.isEmpty() || address.isEmpty()) {
            return notGood(Optional.empty(), now);
        }
        StoredToken link = found.get().token();
        SecurityStamp stamp = kernel.mint.stamp();
        SafeWrites.Change change = kernel.writes.changeIdentifiers(
                link.user(),
                before -> Links.isOf(link, before)
                        ? Optional.of(UserChanges.next(before, now)
                                .email(address.get())
                                .emailConfirmedAt(now)
                                .stamp(stamp)
                                .build())
                        : Optional.empty());
        if (change.outcome() == UpdateUserOutcome.EMAIL_TAKEN) {
            kernel.links.remove(link, now);
            return new EmailChangeResult.Refused(EmailChangeResult.Reason.EMAIL_TAKEN);
        }
        return change.after()
                .map(user -> done(found.get().user(), user, now))
                .orElseGet(() -> notGood(Optional.of(link.user()), now));
    }

    private EmailChangeResult done(UserRecord before, UserRecord user, Instant now) {
        kernel.forgetAttempts(user.id(), now, () -> kernel.guard.forget(user));
        kernel.tell(
                AuthEvent.of(AuthEvent.Type.USER_UPDATED, now).user(user.id()).reason("email_changed"));
        sessions.tidyUp(user.id(), TokenScope.everything().endedBy(user.stamp()), now, "email_changed");
        if (before.emailConfirmedAt().isPresent()) {
            var unused = kernel.post.tell(user.id(), new MailMessage.EmailChanged(before.email(), now), now);
        }
        return new EmailChangeResult.Changed(User.of(user));
    }

    /** The same, as any request for a link tells it. */
    private static EmailChangeRequest told(LinkRequest request) {
        if (request instanceof LinkRequest.Refused refused) {
            EmailChangeRefusal reason =
                    switch (refused.reason()) {
                        case EMAIL_NOT_ACCEPTED -> EmailChangeRefusal.EMAIL_NOT_ACCEPTED;
                        case TOO_SOON -> EmailChangeRefusal.TOO_SOON;
                        case BUSY -> EmailChangeRefusal.BUSY;
                    };
            return new EmailChangeRequest.Refused(reason, refused.retryAfter());
        }
        return new EmailChangeRequest.Accepted();
    }

    private Optional<EmailAddress> addressOf(StoredToken link) {
        return link.sentTo().flatMap(kernel.emailPolicy::parse);
    }

    private EmailChangeResult notGood(Optional<UserId> user, Instant now) {
        AuthEvent event = AuthEvent.of(AuthEvent.Type.AUTHN_LINK_FAIL, now).reason("email_change");
        kernel.tell(user.map(event::user).orElse(event));
        return new EmailChangeResult.Refused(EmailChangeResult.Reason.LINK_NOT_GOOD);
    }
}
