package dev.minotaur.auth.examples.quickstart;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.EmailChangeRequest;
import dev.minotaur.auth.EmailChangeResult;
import dev.minotaur.auth.LinkRequest;
import dev.minotaur.auth.PasswordChangeResult;
import dev.minotaur.auth.PasswordResetResult;
import dev.minotaur.auth.RawToken;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.Session;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.User;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.examples.Sentences;
import dev.minotaur.auth.password.RawPassword;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the commands do. Each answers in one line, which starts with ok or refused. */
final class Commands {

    private final Accounts accounts;

    Commands(Accounts accounts) {
        this.accounts = accounts;
    }

    String register(String email) {
        return asked(accounts.signUp().request(email));
    }

    String confirm(String link, Optional<String> username, RawPassword password) {
        RegistrationResult result = username.isPresent()
                ? accounts.signUp().confirm(link, username.get(), password)
                : accounts.signUp().confirm(link, password);
        if (result instanceof RegistrationResult.Refused refused) {
            return refused(Sentences.of(refused.reason(), refused.passwordProblem()));
        }
        return "ok: " + nameOf(((RegistrationResult.Registered) result).user()) + " is registered";
    }

    String login(String identifier, RawPassword password) {
        SignInResult result = accounts.signIn().withPassword(identifier, password);
        if (result instanceof SignInResult.Refused refused) {
            return refused(Sentences.of(refused.reason(), refused.retryAfter()));
        }
        if (result instanceof SignInResult.SignedIn signedIn) {
            return "ok: " + nameOf(signedIn.user()) + " is signed in, token "
                    + signedIn.token().reveal();
        }
        return refused("This account needs a second factor, which the quick start does not know.");
    }

    String check(String token) {
        return ifLive(
                token,
                live -> "ok: " + nameOf(live.user()) + " is signed in, session "
                        + live.session().id() + " until " + live.session().expiresAt());
    }

    String sessions(String token) {
        return ifLive(token, live -> {
            List<Session> sessions = accounts.sessions().list(live.user().id());
            return "ok: " + sessions.size() + " of " + nameOf(live.user()) + ": "
                    + sessions.stream()
                            .map(session -> session.id() + " since " + session.issuedAt()
                                    + (session.id().equals(live.session().id()) ? " (this one)" : ""))
                            .collect(Collectors.joining(", "));
        });
    }

    String logout(String token) {
        return accounts.sessions().end(token) ? "ok: signed out" : refused("There is no session with that token.");
    }

    String logoutOthers(String token) {
        return ifLive(
                token,
                live -> "ok: other sessions ended: "
                        + accounts.sessions()
                                .endOthers(live.user().id(), live.session().id()));
    }

    String passwd(String token, RawPassword current, RawPassword next) {
        PasswordChangeResult result = accounts.passwords().change(token, current, next);
        if (result instanceof PasswordChangeResult.Refused refused) {
            return refused(Sentences.of(refused.reason(), refused.passwordProblem(), refused.retryAfter()));
        }
        Optional<RawToken> fresh = ((PasswordChangeResult.Changed) result).token();
        return "ok: the password is changed and all other sessions have ended, "
                + fresh.map(renewed -> "token " + renewed.reveal()).orElse("this one too: sign in again");
    }

    String forgot(String email) {
        return asked(accounts.passwordReset().request(email));
    }

    String reset(String link, RawPassword next) {
        PasswordResetResult result = accounts.passwordReset().use(link, next);
        if (result instanceof PasswordResetResult.Refused refused) {
            return refused(Sentences.of(refused.reason(), refused.passwordProblem()));
        }
        return "ok: the password is set and all sessions have ended: sign in";
    }

    String changeEmail(String token, String email) {
        return accounts.emailChange().request(token, email) instanceof EmailChangeRequest.Refused refused
                ? refused(Sentences.of(refused.reason(), refused.retryAfter()))
                : "ok: a link was sent to the new address";
    }

    String confirmEmail(String link) {
        EmailChangeResult result = accounts.emailChange().confirm(link);
        if (result instanceof EmailChangeResult.Refused refused) {
            return refused(Sentences.of(refused.reason()));
        }
        return "ok: the address is "
                + ((EmailChangeResult.Changed) result).user().email().entered()
                + " and all sessions have ended: sign in";
    }

    /** The same whoever has the address. */
    private static String asked(LinkRequest request) {
        return request instanceof LinkRequest.Refused refused
                ? refused(Sentences.of(refused.reason(), refused.retryAfter()))
                : "ok: the mail tells how to go on";
    }

    private String ifLive(String token, Function<SessionCheck.Live, String> answer) {
        SessionCheck check = accounts.sessions().check(token);
        return check instanceof SessionCheck.Live live
                ? answer.apply(live)
                : refused(Sentences.of(((SessionCheck.Refused) check).reason()));
    }

    private static String refused(String sentence) {
        return "refused: " + sentence;
    }

    private static String nameOf(User user) {
        return user.username().map(Username::entered).orElse(user.email().entered());
    }
}
