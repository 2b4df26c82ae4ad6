package dev.minotaur.auth.examples.readme;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.inmemory.InMemoryAuthStores;
import dev.minotaur.auth.password.RawPassword;

/** Registers a user, signs in, checks the session and ends it. */
public final class ReadmeExample {

    private ReadmeExample() {}

    /**
     * Runs the example.
     *
     * @param args not used
     */
    public static void main(String[] args) {
        // region example
        Accounts.Builder options = Accounts.builder(InMemoryAuthStores.create())
                .allowUnconfirmedSignIn() // nobody has to prove an e-mail address
                .revealTakenEmail(); // and anybody can ask who is registered
        try (Accounts accounts = options.build();
                RawPassword password = RawPassword.ofString("correct horse battery staple")) {

            var registered = accounts.registration().registerUnconfirmed("Ada@Example.org", "ada", password);
            if (registered instanceof RegistrationResult.Refused refused) {
                System.out.println("not registered: " + refused.reason());
            }
            var attempt = accounts.signIn().withPassword("ada@example.org", password);
            if (attempt instanceof SignInResult.SignedIn signedIn) {
                String token = signedIn.token().reveal(); // goes into the client's cookie
                if (accounts.sessions().check(token) instanceof SessionCheck.Live live) {
                    System.out.println("signed in: " + live.user().email().entered());
                }
                accounts.sessions().end(token);
                System.out.println("afterwards: " + accounts.sessions().check(token));
            }
        }
        // end region
    }
}
