package dev.minotaur.auth.examples.readme;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.inmemory.InMemoryAuthStores;
import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.password.RawPassword;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Signs a user up, signs in, checks the session and ends it. */
public final class ReadmeExample {

    private ReadmeExample() {}

    /**
     * Runs the example.
     *
     * @param args not used
     * @throws InterruptedException if it is told to stop while it waits for the mail
     */
    public static void main(String[] args) throws InterruptedException {
        // region example
        BlockingQueue<MailMessage> outbox = new LinkedBlockingQueue<>();
        Accounts.Builder options =
                Accounts.builder(InMemoryAuthStores.create()).mailer(outbox::add); // an application sends it
        try (Accounts accounts = options.build();
                RawPassword password = RawPassword.ofString("correct horse battery staple")) {

            accounts.signUp().request("Ada@Example.org");
            if (outbox.take() instanceof MailMessage.SignUpLink link) { // what the owner of the address opens
                var registered = accounts.signUp().confirm(link.token().reveal(), "ada", password);
                if (registered instanceof RegistrationResult.Refused refused) {
                    System.out.println("not registered: " + refused.reason());
                }
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
