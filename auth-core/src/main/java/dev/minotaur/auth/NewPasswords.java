package dev.minotaur.auth;

import dev.minotaur.auth.password.PasswordProblem;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.UserRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is wrong with a new password for an account: asked at every place where one is set. */
final class NewPasswords {

    private final Kernel kernel;

    NewPasswords(Kernel kernel) {
        this.kernel = kernel;
    }

    Optional<PasswordProblem> problem(RawPassword password, UserRecord user) {
        return problem(password, user.email(), user.username());
    }

    /** By the policy, with the account's own identifiers as words that are guessed first. Calls no store. */
    Optional<PasswordProblem> problem(RawPassword password, EmailAddress email, Optional<Username> username) {
        List<String> own = new ArrayList<>(List.of(email.entered(), email.canonical()));
        username.ifPresent(name -> own.addAll(List.of(name.entered(), name.canonical())));
        return kernel.passwordPolicy.check(password, kernel.hashing.maxUtf8Bytes(), own);
    }
}
