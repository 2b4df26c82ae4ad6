package dev.minotaur.auth.examples.guide;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.RawToken;
import dev.minotaur.auth.ReauthenticationResult;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SessionRefusal;
import dev.minotaur.auth.password.RawPassword;
import java.time.Duration;
import java.util.Optional;

/** Something that asks for the password once more, unless it was given a moment ago. */
final class FreshProof {

    private final Accounts accounts;

    FreshProof(Accounts accounts) {
        this.accounts = accounts;
    }

    // region fresh-proof
    static final Duration RECENT = Duration.ofMinutes(5);

    /** Gives the page to go to next. */
    String deleteAccount(String token) {
        SessionCheck check = accounts.sessions().checkRecent(token, RECENT);
        if (check instanceof SessionCheck.Live live) {
            accounts.administration().delete(live.user().id());
            return "/goodbye";
        }
        boolean signedIn = ((SessionCheck.Refused) check).reason() == SessionRefusal.NOT_RECENT;
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
