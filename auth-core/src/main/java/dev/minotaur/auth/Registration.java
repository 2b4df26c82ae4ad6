package dev.minotaur.auth;

import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.PasswordProblem;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** How users come to be. Got from {@link Accounts#registration}. */
public final class Registration {

    private final Kernel kernel;

    Registration(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Registers a user without a username; otherwise as {@link #registerUnconfirmed(String, String, RawPassword)}.
     *
     * @param email the e-mail address as entered
     * @param password the password, which stays the caller's to close
     * @return what became of it
     * @throws IllegalStateException if either of the two options is not set
     * @throws StoreException if a store fails; after an unknown outcome the user may exist
     */
    public RegistrationResult registerUnconfirmed(String email, RawPassword password) {
        return register(email, Optional.empty(), password);
    }

    /**
     * Registers a user whose e-mail address nobody has proven: the open form of registration, which needs {@link
     * Accounts.Builder#allowUnconfirmedSignIn} and {@link Accounts.Builder#revealTakenEmail}, where it is said what they cost.
     * Nobody is signed in.
     *
     * <p>Atomic: the user is stored whole or not at all. Of registrations at the same moment with the same e-mail address or
     * username one succeeds and the others are told; it is the store's constraint that decides. If both are taken, either may
     * be told.
     *
     * @param email the e-mail address as entered; see {@link EmailPolicy}
     * @param username the username as entered; see {@link UsernamePolicy}
     * @param password the password, which stays the caller's to close
     * @return what became of it
     * @throws IllegalStateException if either of the two options is not set
     * @throws StoreException if a store fails; after an unknown outcome the user may exist
     */
    public RegistrationResult registerUnconfirmed(String email, String username, RawPassword password) {
        return register(email, Optional.of(username), password);
    }

    private RegistrationResult register(String email, Optional<String> username, RawPassword password) {
        Objects.requireNonNull(password, "password");
        if (!kernel.unconfirmedMaySignIn || !kernel.takenEmailIsRevealed) {
            throw new IllegalStateException(
                    "registering without proof of the address needs allowUnconfirmedSignIn() and revealTakenEmail()");
        }
        Instant now = kernel.now();
        Optional<EmailAddress> address = kernel.emailPolicy.parse(email);
        if (address.isEmpty()) {
            return RegistrationResult.Refused.of(RegistrationRefusal.EMAIL_NOT_ACCEPTED);
        }
        Optional<Username> name = username.flatMap(kernel.usernamePolicy::parse);
        if (username.isPresent() && name.isEmpty()) {
            return RegistrationResult.Refused.of(RegistrationRefusal.USERNAME_NOT_ACCEPTED);
        }
        Optional<PasswordProblem> problem = kernel.newPasswords.problem(password, address.get(), name);
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
                .id(kernel.mint.userId())
                .version(1)
                .email(address.get())
                .username(name.orElse(null))
                .passwordHash(hash.get())
                .status(UserStatus.ACTIVE)
                .stamp(kernel.mint.stamp())
                .createdAt(now)
                .updatedAt(now)
                .build();
        return told(user, kernel.writes.insert(user), now);
    }

    private RegistrationResult told(UserRecord user, InsertUserOutcome outcome, Instant now) {
        return switch (outcome) {
            case INSERTED, ALREADY_INSERTED -> {
                kernel.forgetAttempts(user.id(), now, () -> kernel.guard.forget(user));
                kernel.tell(AuthEvent.of(AuthEvent.Type.USER_CREATED, now).user(user.id()));
                yield new RegistrationResult.Registered(User.of(user));
            }
            case EMAIL_TAKEN -> RegistrationResult.Refused.of(RegistrationRefusal.EMAIL_TAKEN);
            case USERNAME_TAKEN -> RegistrationResult.Refused.of(RegistrationRefusal.USERNAME_TAKEN);
            case ID_TAKEN -> throw StoreException.outcomeUnknown("the store has another user with a fresh id", null);
        };
    }
}
