package dev.minotaur.auth.examples.guide;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.ImportResult;
import dev.minotaur.auth.ImportedUser;
import dev.minotaur.auth.password.PasswordHash;

/** Takes over the users of another system with the hashes they have. */
final class LegacyUsers {

    private final Accounts accounts;

    LegacyUsers(Accounts accounts) {
        this.accounts = accounts;
    }

    // region adopt
    /** A row of the other system; the hash is as that system wrote it, and empty if the user had no password. */
    record LegacyUser(String email, String hash, boolean emailConfirmed) {}

    /** May be run again after it was interrupted: who is there already stays as they are. */
    ImportResult adopt(LegacyUser legacy) {
        ImportedUser user = ImportedUser.of(legacy.email());
        if (!legacy.hash().isEmpty()) {
            user = user.passwordHash(PasswordHash.of(legacy.hash()));
        }
        return accounts.userImport().add(legacy.emailConfirmed() ? user.emailProven() : user);
    }
    // end region
}
