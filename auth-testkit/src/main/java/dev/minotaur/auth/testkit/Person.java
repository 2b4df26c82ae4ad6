package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.LinkRequest;
import dev.minotaur.auth.PasswordChangeResult;
import dev.minotaur.auth.PasswordResetResult;
import dev.minotaur.auth.ReauthenticationResult;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.Session;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SessionOptions;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.User;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.password.RawPassword;
import java.util.List;

/** Somebody with an account that no other test has, and what they do with it. */
final class Person {

    static final String PASSWORD = "correct horse battery";
    static final String NEXT_PASSWORD = "correct horse staples";

    private final String email = "Ada." + Samples.unique() + "@Example.org";
    private final String username = "Ada_" + Samples.unique().substring(0, 20);

    String email() {
        return email;
    }

    String username() {
        return username;
    }

    RegistrationResult register(Accounts accounts) {
        return accounts.registration().registerUnconfirmed(email, username, RawPassword.ofString(PASSWORD));
    }

    Person registered(Accounts accounts) {
        RegistrationResult result = register(accounts);
        if (!(result instanceof RegistrationResult.Registered)) {
            throw new Unmet("register", "Registered", result.toString());
        }
        return this;
    }

    User user(Accounts accounts) {
        return accounts.administration()
                .find(email)
                .orElseThrow(() -> new Unmet("find of a registered user by e-mail address", "the user", "empty"));
    }

    UserId id(Accounts accounts) {
        return user(accounts).id();
    }

    SignInResult signIn(Accounts accounts, String password) {
        return accounts.signIn().withPassword(email, RawPassword.ofString(password));
    }

    SignInResult.SignedIn signedIn(Accounts accounts, String password) {
        SignInResult result = signIn(accounts, password);
        if (result instanceof SignInResult.SignedIn signedIn) {
            return signedIn;
        }
        throw new Unmet("sign in", "SignedIn", result.toString());
    }

    SignInResult.SignedIn signedIn(Accounts accounts, SessionOptions options) {
        SignInResult result = accounts.signIn().withPassword(email, RawPassword.ofString(PASSWORD), options);
        if (result instanceof SignInResult.SignedIn signedIn) {
            return signedIn;
        }
        throw new Unmet("sign in", "SignedIn", result.toString());
    }

    /** Signs in and gives the token as a client has it. */
    String token(Accounts accounts) {
        return signedIn(accounts, PASSWORD).token().reveal();
    }

    PasswordChangeResult change(Accounts accounts, String token, String current, String next) {
        return accounts.passwords().change(token, RawPassword.ofString(current), RawPassword.ofString(next));
    }

    PasswordChangeResult.Changed changed(Accounts accounts, String token) {
        PasswordChangeResult result = change(accounts, token, PASSWORD, NEXT_PASSWORD);
        if (result instanceof PasswordChangeResult.Changed changed) {
            return changed;
        }
        throw new Unmet("change the password", "Changed", result.toString());
    }

    LinkRequest askToSignUp(Accounts accounts) {
        return accounts.signUp().request(email);
    }

    /** Makes the account behind a link. */
    RegistrationResult confirm(Accounts accounts, String token) {
        return accounts.signUp().confirm(token, username, RawPassword.ofString(PASSWORD));
    }

    LinkRequest askToReset(Accounts accounts) {
        return accounts.passwordReset().request(email);
    }

    /** Sets the next password behind a link. */
    PasswordResetResult reset(Accounts accounts, String token) {
        return accounts.passwordReset().use(token, RawPassword.ofString(NEXT_PASSWORD));
    }

    ReauthenticationResult reauthenticate(Accounts accounts, String token, String password) {
        return accounts.sessions().reauthenticate(token, RawPassword.ofString(password));
    }

    List<Session> sessions(Accounts accounts) {
        return accounts.sessions().list(id(accounts));
    }

    /** LIVE, or why the session is refused. */
    static String check(Accounts accounts, String token) {
        SessionCheck check = accounts.sessions().check(token);
        return check instanceof SessionCheck.Refused refused ? refused.reason().name() : "LIVE";
    }

    /** SIGNED_IN, or why the sign-in is refused. */
    static String told(SignInResult result) {
        return result instanceof SignInResult.Refused refused ? refused.reason().name() : "SIGNED_IN";
    }

    /** CHANGED, or why the change is refused. */
    static String told(PasswordChangeResult result) {
        return result instanceof PasswordChangeResult.Refused refused
                ? refused.reason().name()
                : "CHANGED";
    }

    /** REAUTHENTICATED, or why the password is not proved. */
    static String told(ReauthenticationResult result) {
        return result instanceof ReauthenticationResult.Refused refused
                ? refused.reason().name()
                : "REAUTHENTICATED";
    }

    /** REGISTERED, or why the registration is refused. */
    static String told(RegistrationResult result) {
        return result instanceof RegistrationResult.Refused refused
                ? refused.reason().name()
                : "REGISTERED";
    }

    /** RESET, or why the reset is refused. */
    static String told(PasswordResetResult result) {
        return result instanceof PasswordResetResult.Refused refused
                ? refused.reason().name()
                : "RESET";
    }

    /** ACCEPTED, or why the request for a link is refused. */
    static String told(LinkRequest result) {
        return result instanceof LinkRequest.Refused refused ? refused.reason().name() : "ACCEPTED";
    }
}
