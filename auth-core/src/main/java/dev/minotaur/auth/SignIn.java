package dev.minotaur.auth;

import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.PasswordVerification;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** How a session begins. Got from {@link Accounts#signIn}. */
public final class SignIn {

    private static final String WRONG_PASSWORD = "wrong_password";
    private static final String PASSWORD_DISABLED = "password_disabled";

    private final Kernel kernel;
    private final Sessions sessions;

    SignIn(Kernel kernel, Sessions sessions) {
        this.kernel = kernel;
        this.sessions = sessions;
    }

    /**
     * Signs in without options; otherwise as {@link #withPassword(String, RawPassword, SessionOptions)}.
     *
     * @param identifier the e-mail address or username as entered
     * @param password the password, which stays the caller's to close
     * @return what became of it
     * @throws StoreException if a store fails; nobody is signed in
     */
    public SignInResult withPassword(String identifier, RawPassword password) {
        return withPassword(identifier, password, SessionOptions.none());
    }

    /**
     * Signs a user in by e-mail address or username, and password, and issues a session.
     *
     * <p>The answer, the work of one hash verification, and the kind and number of store calls before the answer are the same
     * whether the account is unknown, has no password, may not be used, or the password is wrong (ASVS 6.3.8). The attempt is
     * counted before the password is looked at; see {@link AttemptPolicy}.
     *
     * <p>The session is bound to the account as this call read it: if the password is changed, or the account disabled or
     * deleted, at the same moment, the session is dead on arrival. A stored hash that is not up to date is replaced without
     * ending any session, and never over a newer change.
     *
     * @param identifier the e-mail address or username as entered, of any length and content; one with an '@' is an address
     * @param password the password, which stays the caller's to close
     * @param options what is wanted of the session
     * @return what became of it
     * @throws StoreException if a store fails; nobody is signed in
     */
    public SignInResult withPassword(String identifier, RawPassword password, SessionOptions options) {
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(options, "options");
        Instant now = kernel.now();
        Identifier entered = kernel.read(identifier);
        Optional<UserRecord> found = entered.find(kernel.stores.users());
        AttemptKey key = AttemptGuard.keyOf(entered);
        GuardedLook.Outcome<Verified> outcome =
                kernel.guarded.look(key, (hashing, inRow) -> verify(hashing, found, password, inRow), now);
        if (outcome.busy()) {
            return refuse(
                    SignInRefusal.BUSY, outcome.retryAfter(), AuthEvent.Type.AUTHN_LOGIN_FAIL, found, "busy", now);
        }
        if (outcome.seen().isEmpty()) {
            return refuse(
                    SignInRefusal.TOO_MANY_ATTEMPTS,
                    outcome.retryAfter(),
                    AuthEvent.Type.AUTHN_LOGIN_FAIL_MAX,
                    found,
                    "too_many_attempts",
                    now);
        }
        Verified verified = outcome.seen().get();
        if (verified.refusal().isPresent()) {
            String why = verified.refusal().get();
            if (why.equals(WRONG_PASSWORD) || why.equals(PASSWORD_DISABLED)) {
                kernel.lock.failed(found.orElseThrow(), key, outcome.inRow(), now);
            }
            return refuse(
                    SignInRefusal.BAD_CREDENTIALS, Optional.empty(), AuthEvent.Type.AUTHN_LOGIN_FAIL, found, why, now);
        }
        UserRecord user = found.orElseThrow();
        // Before the session is stored: a store that fails to do that must not cost its owner attempts.
        kernel.forgetAttempts(user.id(), now, () -> kernel.guard.forget(user));
        Optional<Sessions.Issued> issued = sessions.issue(user, options, now);
        if (issued.isEmpty()) {
            return refuse(
                    SignInRefusal.BAD_CREDENTIALS,
                    Optional.empty(),
                    AuthEvent.Type.AUTHN_LOGIN_FAIL,
                    found,
                    "deleted_meanwhile",
                    now);
        }
        if (verified.outdated()) {
            verified.rehashed()
                    .ifPresentOrElse(
                            hash -> kernel.housekeeping(user.id(), "rehash", now, () -> replaceHash(user, hash, now)),
                            () -> kernel.housekeepingFailed(user.id(), "rehash", now));
        }
        kernel.tell(AuthEvent.of(AuthEvent.Type.AUTHN_LOGIN_SUCCESS, now)
                .user(user.id())
                .session(issued.get().session().id()));
        return new SignInResult.SignedIn(
                User.of(user), issued.get().session(), issued.get().token());
    }

    private record Verified(Optional<String> refusal, boolean outdated, Optional<PasswordHash> rehashed) {
        static Verified refused(String why) {
            return new Verified(Optional.of(why), false, Optional.empty());
        }
    }

    private Verified verify(HashingGate.Permit permit, Optional<UserRecord> found, RawPassword password, int inRow) {
        Optional<PasswordVerification> verification = permit.verify(password, found.flatMap(UserRecord::passwordHash));
        if (found.isEmpty()) {
            return Verified.refused("unknown_user");
        }
        if (verification.isEmpty()) {
            return Verified.refused("no_password");
        }
        switch (verification.get()) {
            case SUCCEEDED, SUCCEEDED_REHASH_NEEDED -> {}
            case FAILED -> {
                return Verified.refused(WRONG_PASSWORD);
            }
            case UNREADABLE -> {
                return Verified.refused("unreadable_hash");
            }
        }
        if (found.get().status() != UserStatus.ACTIVE) {
            return Verified.refused("not_active");
        }
        if (!kernel.isProvenEnough(found.get())) {
            return Verified.refused("email_not_confirmed");
        }
        if (kernel.lock.isDue(found.get(), inRow)) {
            return Verified.refused(PASSWORD_DISABLED);
        }
        boolean outdated = verification.get() == PasswordVerification.SUCCEEDED_REHASH_NEEDED;
        return new Verified(Optional.empty(), outdated, outdated ? rehash(permit, password) : Optional.empty());
    }

    /** Empty if it cannot be hashed anew: what was verified keeps nobody out. */
    private static Optional<PasswordHash> rehash(HashingGate.Permit permit, RawPassword password) {
        try {
            return Optional.of(permit.hash(password));
        } catch (RuntimeException notTaken) {
            return Optional.empty();
        }
    }

    /** Only over the very record that was verified, and with its stamp: no session ends, no newer change is undone. */
    private void replaceHash(UserRecord verified, PasswordHash hash, Instant now) {
        UserRecord after = verified.toBuilder()
                .passwordHash(hash)
                .version(verified.version() + 1)
                .updatedAt(now)
                .build();
        var unused = kernel.stores.users().update(after, verified.version());
    }

    private SignInResult refuse(
            SignInRefusal reason,
            Optional<Duration> retryAfter,
            AuthEvent.Type type,
            Optional<UserRecord> found,
            String why,
            Instant now) {
        AuthEvent event = AuthEvent.of(type, now).reason(why);
        kernel.tell(found.map(user -> event.user(user.id())).orElse(event));
        return new SignInResult.Refused(reason, retryAfter);
    }
}
