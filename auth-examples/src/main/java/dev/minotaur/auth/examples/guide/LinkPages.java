package dev.minotaur.auth.examples.guide;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.PasswordResetResult;
import dev.minotaur.auth.examples.Sentences;
import dev.minotaur.auth.password.RawPassword;

/** The pages behind a link in a mail; each method is one request, and the framework around it is the application's. */
final class LinkPages {

    private final Accounts accounts;

    LinkPages(Accounts accounts) {
        this.accounts = accounts;
    }

    // region pages
    /** GET, by whoever opens the link: its owner, or a program that scans mail. Uses nothing. */
    String form(String token) {
        return accounts.passwordReset()
                .look(token)
                .map(link -> "Set a new password for " + link.email().entered() + ".")
                .orElse("That link is not good, or no longer. Ask for another.");
    }

    /** POST, by the form of that page. */
    String submit(String token, RawPassword next) {
        PasswordResetResult result = accounts.passwordReset().use(token, next);
        return result instanceof PasswordResetResult.Refused refused
                ? Sentences.of(refused.reason(), refused.passwordProblem())
                : "Your password is set. Sign in with it.";
    }
    // end region
}
