package dev.minotaur.auth;

import dev.minotaur.auth.password.PasswordHash;
import java.util.Objects;
import java.util.Optional;

/**
 * Somebody who has an account in another system, to be brought over by {@link UserImport}. Immutable; each method gives a
 * changed copy.
 */
public final class ImportedUser {

    private final String email;
    private final Optional<String> username;
    private final Optional<PasswordHash> passwordHash;
    private final boolean emailProven;

    private ImportedUser(
            String email, Optional<String> username, Optional<PasswordHash> passwordHash, boolean emailProven) {
        this.email = email;
        this.username = username;
        this.passwordHash = passwordHash;
        this.emailProven = emailProven;
    }

    /**
     * Somebody of whom no more is known than the address, which is not proven.
     *
     * @param email the e-mail address; see {@link EmailPolicy}
     * @return the user
     */
    public static ImportedUser of(String email) {
        return new ImportedUser(Objects.requireNonNull(email, "email"), Optional.empty(), Optional.empty(), false);
    }

    /**
     * With a username.
     *
     * @param username the username; see {@link UsernamePolicy}
     * @return a changed copy
     */
    public ImportedUser username(String username) {
        return new ImportedUser(email, Optional.of(username), passwordHash, emailProven);
    }

    /**
     * With the hash of the password, as the other system has it. Without one the user sets a password by {@link PasswordReset}.
     *
     * @param hash the hash; the hasher of these accounts must be able to read it
     * @return a changed copy
     */
    public ImportedUser passwordHash(PasswordHash hash) {
        return new ImportedUser(email, username, Optional.of(hash), emailProven);
    }

    /**
     * With an address that the user has proven to the other system.
     *
     * @return a changed copy
     */
    public ImportedUser emailProven() {
        return new ImportedUser(email, username, passwordHash, true);
    }

    String email() {
        return email;
    }

    Optional<String> username() {
        return username;
    }

    Optional<PasswordHash> passwordHash() {
        return passwordHash;
    }

    boolean isEmailProven() {
        return emailProven;
    }

    /** {@return the name of the type only} */
    @Override
    public String toString() {
        return "ImportedUser[redacted]";
    }
}
