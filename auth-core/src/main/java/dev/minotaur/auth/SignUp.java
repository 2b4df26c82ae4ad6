package dev.minotaur.auth;

import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.PasswordProblem;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.UserRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * How users come to be: there is no user before the address is proven. Got from {@link Accounts#signUp}.
 *
 * <p>A request sends a link to the address. On the page behind it the owner chooses a password and perhaps a username, and then
 * the user is stored, confirmed. So a request reserves nothing, stores nobody's password, and tells nobody whether the
 * address has an account; whoever asks in somebody else's name has nothing there that outlives the real owner's arrival.
 */
public final class SignUp {

    private final Kernel kernel;

    SignUp(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Sends a link to an address: to sign up if it has no account, and otherwise a message that it has one. The answer and all
     * that is done before it are the same in both cases (ASVS 6.3.8); the rest is done on another thread.
     *
     * <p>To ask again is how a link is sent anew, within the limits of {@link LinkPolicy}. The new link replaces the one before.
     *
     * @param email the e-mail address as entered; see {@link EmailPolicy}
     * @return what became of it
     * @throws IllegalStateException if there is no mailer
     * @throws StoreException if the store fails that counts the mails; none is sent
     */
    public LinkRequest request(String email) {
        Instant now = kernel.now();
        return kernel.post.request(TokenPurpose.SIGN_UP, email, now, address -> answer(address, now));
    }

    private void answer(EmailAddress address, Instant now) {
        Optional<UserRecord> owner = kernel.stores.users().findByEmail(address.canonical());
        if (owner.isPresent()) {
            kernel.post.send(
                    owner.get().id(),
                    new MailMessage.AlreadyRegistered(
                            owner.get().email(), owner.get().status()),
                    now);
            return;
        }
        kernel.links
                .mint(
                        TokenPurpose.SIGN_UP,
                        holderOf(address),
                        Optional.empty(),
                        address,
                        kernel.linkPolicy.signUpLife(),
                        now)
                .ifPresent(link -> {
                    kernel.tell(AuthEvent.of(AuthEvent.Type.AUTHN_TOKEN_CREATED, now)
                            .session(link.token().id())
                            .reason("sign_up"));
                    kernel.post.send(new MailMessage.SignUpLink(address, link.token(), link.expiresAt()), now);
                });
    }

    /**
     * Looks at a link, for the page behind it. Uses nothing.
     *
     * @param presented the token of the link, of any length and content
     * @return the address and the end of the link, or empty if it is not good
     * @throws StoreException if a store fails
     */
    public Optional<PendingLink> look(String presented) {
        return kernel.links.find(TokenPurpose.SIGN_UP, presented, kernel.now()).map(Links.Found::pending);
    }

    /**
     * Makes the account without a username; otherwise as {@link #confirm(String, String, RawPassword)}.
     *
     * @param presented the token of the link, of any length and content
     * @param password the password that the owner typed here, which stays the caller's to close
     * @return what became of it
     * @throws StoreException if a store fails; after an unknown outcome the user may exist
     */
    public RegistrationResult confirm(String presented, RawPassword password) {
        return confirm(presented, Optional.empty(), password);
    }

    /**
     * Makes the account at the link's address, confirmed. Nobody is signed in.
     *
     * <p>Atomic: the user is stored whole or not at all, and once for one link, however often it is used at the same moment. Of
     * several with the same address or username one succeeds; it is the store's constraint that decides. The link is of no
     * more use then, nor after {@link RegistrationRefusal#EMAIL_TAKEN}; every other refusal leaves it good.
     *
     * @param presented the token of the link, of any length and content
     * @param username the username as entered; see {@link UsernamePolicy}
     * @param password the password that the owner typed here, which stays the caller's to close
     * @return what became of it
     * @throws StoreException if a store fails; after an unknown outcome the user may exist
     */
    public RegistrationResult confirm(String presented, String username, RawPassword password) {
        return confirm(presented, Optional.of(username), password);
    }

    private RegistrationResult confirm(String presented, Optional<String> username, RawPassword password) {
        Objects.requireNonNull(password, "password");
        Instant now = kernel.now();
        Optional<Links.Found> link = kernel.links.find(TokenPurpose.SIGN_UP, presented, now);
        if (link.isEmpty()) {
            kernel.tell(AuthEvent.of(AuthEvent.Type.AUTHN_LINK_FAIL, now).reason("sign_up"));
            return RegistrationResult.Refused.of(RegistrationRefusal.LINK_NOT_GOOD);
        }
        Optional<Username> name = username.flatMap(kernel.usernamePolicy::parse);
        if (username.isPresent() && name.isEmpty()) {
            return RegistrationResult.Refused.of(RegistrationRefusal.USERNAME_NOT_ACCEPTED);
        }
        Optional<PasswordProblem> problem =
                kernel.newPasswords.problem(password, link.get().sentTo(), name);
        if (problem.isPresent()) {
            return new RegistrationResult.Refused(RegistrationRefusal.PASSWORD_NOT_ACCEPTED, problem, Optional.empty());
        }
        Optional<PasswordHash> hash = kernel.hashing.hash(password);
        if (hash.isEmpty()) {
            return new RegistrationResult.Refused(
                    RegistrationRefusal.BUSY, Optional.empty(), kernel.hashing.retryAfter());
        }
        Optional<PasswordProblem> breach = kernel.newPasswords.breach(password, Optional.empty(), now);
        if (breach.isPresent()) {
            return new RegistrationResult.Refused(RegistrationRefusal.PASSWORD_NOT_ACCEPTED, breach, Optional.empty());
        }
        UserRecord user = UserRecord.builder()
                .id(idOf(link.get().token().digest()))
                .version(1)
                .email(link.get().sentTo())
                .username(name.orElse(null))
                .passwordHash(hash.get())
                .status(UserStatus.ACTIVE)
                .emailConfirmedAt(now)
                .stamp(kernel.mint.stamp())
                .createdAt(now)
                .updatedAt(now)
                .build();
        return told(user, kernel.writes.insert(user), link.get(), now);
    }

    /** That the id is taken says that this link has made its account already. */
    private RegistrationResult told(UserRecord user, InsertUserOutcome outcome, Links.Found link, Instant now) {
        return switch (outcome) {
            case INSERTED, ALREADY_INSERTED -> {
                kernel.links.remove(link.token(), now);
                kernel.forgetAttempts(user.id(), now, () -> kernel.guard.forget(user));
                kernel.tell(AuthEvent.of(AuthEvent.Type.USER_CREATED, now).user(user.id()));
                yield new RegistrationResult.Registered(User.of(user));
            }
            case EMAIL_TAKEN, ID_TAKEN -> {
                kernel.links.remove(link.token(), now);
                yield RegistrationResult.Refused.of(RegistrationRefusal.EMAIL_TAKEN);
            }
            case USERNAME_TAKEN -> RegistrationResult.Refused.of(RegistrationRefusal.USERNAME_TAKEN);
        };
    }

    /** Stands in for the user that there is not yet, so that an address has one link at a time. No user has it as an id. */
    private static UserId holderOf(EmailAddress address) {
        return named("sign-up holder\0" + address.canonical());
    }

    /**
     * The id of the user that a link makes: told by its secret, so that it is the same however often the link is used, and tells
     * nothing.
     */
    private static UserId idOf(TokenDigest link) {
        return named("sign-up user\0" + HexFormat.of().formatHex(link.bytes()));
    }

    /** A UUID of half a digest (RFC 9562 version 8). */
    private static UserId named(String name) {
        ByteBuffer digest = ByteBuffer.wrap(Digests.sha256(name));
        long high = (digest.getLong() & ~0xF000L) | 0x8000L;
        long low = (digest.getLong() & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
        return new UserId(new UUID(high, low));
    }
}
