package dev.minotaur.auth;

import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * How a session begins by a link in a mail: only with {@link Accounts.Builder#allowSignInByEmailedLink}, where it is said what
 * that costs. Got from {@link Accounts#signInLink}.
 */
public final class SignInLink {

    private final Kernel kernel;
    private final Sessions sessions;

    SignInLink(Kernel kernel, Sessions sessions) {
        this.kernel = kernel;
        this.sessions = sessions;
    }

    /**
     * Sends a link to an address, if it is that of an active account, as {@link PasswordReset#request} does.
     *
     * @param email the e-mail address as entered
     * @return what became of it
     * @throws IllegalStateException if there is no mailer, or the option is not set
     * @throws StoreException if the store fails that counts the mails; none is sent
     */
    public LinkRequest request(String email) {
        Instant now = kernel.now();
        requireAllowed();
        return kernel.post.request(TokenPurpose.SIGN_IN_LINK, email, now, address -> kernel.stores
                .users()
                .findByEmail(address.canonical())
                .filter(user -> user.status() == UserStatus.ACTIVE)
                .ifPresent(user -> send(user, now)));
    }

    private void send(UserRecord user, Instant now) {
        kernel.links
                .mint(TokenPurpose.SIGN_IN_LINK, user, user.email(), kernel.linkPolicy.signInLife(), now)
                .ifPresent(link -> {
                    kernel.tell(AuthEvent.of(AuthEvent.Type.AUTHN_TOKEN_CREATED, now)
                            .user(user.id())
                            .session(link.token().id())
                            .reason("sign_in_link"));
                    kernel.post.send(
                            user.id(), new MailMessage.SignInLink(user.email(), link.token(), link.expiresAt()), now);
                });
    }

    /**
     * Looks at a link, for the page behind it. Uses nothing.
     *
     * @param presented the token of the link, of any length and content
     * @return the address and the end of the link, or empty if it is not good
     * @throws IllegalStateException if the option is not set
     * @throws StoreException if a store fails
     */
    public Optional<PendingLink> look(String presented) {
        Instant now = kernel.now();
        requireAllowed();
        return kernel.links
                .findOfUser(TokenPurpose.SIGN_IN_LINK, presented, now)
                .map(found ->
                        new PendingLink(found.user().email(), found.token().expiresAt()));
    }

    /**
     * Signs in without options; otherwise as {@link #use(String, SessionOptions)}.
     *
     * @param presented the token of the link, of any length and content
     * @return what became of it
     * @throws IllegalStateException if the option is not set
     * @throws StoreException if a store fails; nobody is signed in, and the link may be used
     */
    public SignInResult use(String presented) {
        return use(presented, SessionOptions.none());
    }

    /**
     * Uses a link up and signs its user in. Of several uses at the same moment one succeeds.
     *
     * <p>If the address was not confirmed yet, as in the open form of registration, the link confirms it; whatever somebody may have
     * laid there before the owner came is dropped in the same write: the password, all sessions and all other links.
     *
     * @param presented the token of the link, of any length and content
     * @param options what is wanted of the session
     * @return what became of it; refused by {@link SignInRefusal#LINK_NOT_GOOD} only
     * @throws IllegalStateException if the option is not set
     * @throws StoreException if a store fails; nobody is signed in, and the link may be used
     */
    public SignInResult use(String presented, SessionOptions options) {
        Objects.requireNonNull(options, "options");
        Instant now = kernel.now();
        requireAllowed();
        Optional<UserRecord> user = kernel.links
                .findOfUser(TokenPurpose.SIGN_IN_LINK, presented, now)
                .filter(found -> isUsedUp(found.token()))
                .flatMap(found -> confirmed(found, now));
        Optional<Sessions.Issued> issued = user.flatMap(owner -> sessions.issue(owner, options, now));
        if (issued.isEmpty()) {
            kernel.tell(AuthEvent.of(AuthEvent.Type.AUTHN_LINK_FAIL, now).reason("sign_in_link"));
            return SignInResult.Refused.of(SignInRefusal.LINK_NOT_GOOD);
        }
        UserRecord owner = user.orElseThrow();
        Session session = issued.get().session();
        kernel.forgetAttempts(owner.id(), now, () -> kernel.guard.forget(owner));
        kernel.tell(AuthEvent.of(AuthEvent.Type.AUTHN_LOGIN_SUCCESS, now)
                .user(owner.id())
                .session(session.id())
                .reason("link"));
        return new SignInResult.SignedIn(User.of(owner), session, issued.get().token());
    }

    private boolean isUsedUp(StoredToken link) {
        return kernel.stores
                .tokens()
                .consume(link.id(), TokenPurpose.SIGN_IN_LINK, link.digest())
                .isPresent();
    }

    /** The user as read, or as this link has confirmed it; empty if something else has happened to the account meanwhile. */
    private Optional<UserRecord> confirmed(Links.FoundOfUser found, Instant now) {
        if (found.user().emailConfirmedAt().isPresent()) {
            return Optional.of(found.user());
        }
        Optional<UserRecord> confirmed = kernel.writes.change(
                found.user().id(),
                before -> Links.isOf(found.token(), before)
                        ? Optional.of(UserChanges.next(before, now)
                                .passwordHash(null)
                                .emailConfirmedAt(now)
                                .stamp(kernel.mint.stamp())
                                .build())
                        : Optional.empty());
        confirmed.ifPresent(user -> {
            kernel.tell(AuthEvent.of(AuthEvent.Type.USER_UPDATED, now)
                    .user(user.id())
                    .reason("email_confirmed"));
            sessions.tidyUp(user.id(), TokenScope.everything().endedBy(user.stamp()), now, "email_confirmed");
        });
        return confirmed;
    }

    private void requireAllowed() {
        if (!kernel.emailedLinkSignsIn) {
            throw new IllegalStateException("signing in by a link in a mail needs allowSignInByEmailedLink()");
        }
    }
}
