package dev.minotaur.auth.examples.guide;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.CloseResult;
import dev.minotaur.auth.RawToken;
import dev.minotaur.auth.ReauthenticationResult;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SessionRefusal;
import dev.minotaur.auth.password.RawPassword;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/** What asks for a fresh proof, unless there was one a moment ago. */
final class FreshProof {

    private final Accounts accounts;

    FreshProof(Accounts accounts) {
        this.accounts = accounts;
    }

    // region fresh-proof
    static final Duration RECENT = Duration.ofMinutes(5);

    /** For a page of the application's own. Gives the page to go to. */
    String showInvoices(String token, Consumer<RawToken> setCookie) {
        SessionCheck check = accounts.sessions().checkRecent(token, RECENT);
        if (check instanceof SessionCheck.Live live) {
            live.renewed().ifPresent(setCookie);
            return "/invoices";
        }
        return instead(((SessionCheck.Refused) check).reason() == SessionRefusal.NOT_RECENT);
    }

    /** What changes the account looks for itself, by recentWithin. */
    String closeAccount(String token) {
        return accounts.closing().close(token) instanceof CloseResult.Refused refused
                ? instead(refused.reason() == CloseResult.Reason.NOT_RECENT)
                : "/goodbye";
    }

    private static String instead(boolean signedIn) {
        return signedIn ? "/password-once-more" : "/login";
    }

    /** Gives the token to set as the cookie, if the password is right. */
    Optional<RawToken> prove(String token, RawPassword password) {
        ReauthenticationResult result = accounts.sessions().reauthenticate(token, password);
        return result instanceof ReauthenticationResult.Reauthenticated proved
                ? Optional.of(proved.token())
                : Optional.empty();
    }
    // end region
}
