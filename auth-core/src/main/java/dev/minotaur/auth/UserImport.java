package dev.minotaur.auth;

import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** How users of another system are brought over, by an operator. Got from {@link Accounts#userImport}. */
public final class UserImport {

    private final Kernel kernel;

    UserImport(Kernel kernel) {
        this.kernel = kernel;
    }

    /**
     * Stores a user with what the other system knows. Nothing is hashed: the given hash is kept as it is, and brought up to
     * date at the first sign-in. Sends no mail.
     *
     * <p>Atomic: the user is stored whole or not at all. A second import of the same user is refused as taken, so an import
     * that was broken off may be run again.
     *
     * @param imported the user
     * @return what became of it
     * @throws StoreException if a store fails; after an unknown outcome the user may exist
     */
    public ImportResult add(ImportedUser imported) {
        Objects.requireNonNull(imported, "imported");
        Instant now = kernel.now();
        Optional<EmailAddress> address = kernel.emailPolicy.parse(imported.email());
        if (address.isEmpty()) {
            return refused(ImportResult.Reason.EMAIL_NOT_ACCEPTED);
        }
        Optional<Username> name = imported.username().flatMap(kernel.usernamePolicy::parse);
        if (imported.username().isPresent() && name.isEmpty()) {
            return refused(ImportResult.Reason.USERNAME_NOT_ACCEPTED);
        }
        Optional<PasswordHash> hash = imported.passwordHash();
        if (hash.filter(stored -> !kernel.hashing.canRead(stored)).isPresent()) {
            return refused(ImportResult.Reason.HASH_NOT_ACCEPTED);
        }
        UserRecord user = UserRecord.builder()
                .id(kernel.mint.userId())
                .version(1)
                .email(address.get())
                .username(name.orElse(null))
                .passwordHash(hash.orElse(null))
                .status(UserStatus.ACTIVE)
                .emailConfirmedAt(imported.isEmailProven() ? now : null)
                .stamp(kernel.mint.stamp())
                .createdAt(now)
                .updatedAt(now)
                .build();
        return told(user, kernel.writes.insert(user), now);
    }

    private ImportResult told(UserRecord user, InsertUserOutcome outcome, Instant now) {
        return switch (outcome) {
            case INSERTED, ALREADY_INSERTED -> {
                kernel.forgetAttempts(user.id(), now, () -> kernel.guard.forget(user));
                kernel.tell(AuthEvent.of(AuthEvent.Type.USER_CREATED, now)
                        .user(user.id())
                        .reason("imported"));
                yield new ImportResult.Imported(User.of(user));
            }
            case EMAIL_TAKEN -> refused(ImportResult.Reason.EMAIL_TAKEN);
            case USERNAME_TAKEN -> refused(ImportResult.Reason.USERNAME_TAKEN);
            case ID_TAKEN -> throw StoreException.outcomeUnknown("the store has another user with a fresh id", null);
        };
    }

    private static ImportResult refused(ImportResult.Reason reason) {
        return new ImportResult.Refused(reason);
    }
}
