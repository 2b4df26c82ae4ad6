package dev.minotaur.auth.examples.guide;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.password.RawPassword;

/** Sign-ins that are bounded by client. */
final class ClientLogin {

    private final Accounts accounts;

    // region client-login
    ClientLogin(Accounts.Builder settings) {
        this.accounts = settings.clientLimit(new AttemptsPerClient(100)).build();
    }

    SignInResult signIn(String address, String identifier, RawPassword password) {
        return accounts.forClient(address).signIn().withPassword(identifier, password);
    }
    // end region
}
