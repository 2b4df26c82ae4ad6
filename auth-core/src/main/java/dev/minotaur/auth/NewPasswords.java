package dev.minotaur.auth;

import dev.minotaur.auth.password.PasswordProblem;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
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

    /**
     * By the application's breach check, if there is one: last of all, after the password is hashed and before it is written. So a
     * machine that is busy asks nobody, and asking needs no turn to hash.
     */
    Optional<PasswordProblem> breach(RawPassword password, Optional<UserId> user, Instant now) {
        Optional<PasswordProblem> problem = kernel.passwordPolicy.checkBreached(password);
        if (problem.isEmpty() || problem.get() != PasswordProblem.UNCHECKED) {
            return problem;
        }
        boolean accepted = kernel.passwordPolicy.allowsUnchecked();
        AuthEvent event =
                AuthEvent.of(AuthEvent.Type.SYS_BREACH_CHECK_FAIL, now).reason(accepted ? "accepted" : "refused");
        kernel.tell(user.map(event::user).orElse(event));
        return accepted ? Optional.empty() : problem;
    }
}
