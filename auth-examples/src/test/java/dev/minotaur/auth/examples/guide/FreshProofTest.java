package dev.minotaur.auth.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.inmemory.InMemoryAuthStores;
import dev.minotaur.auth.password.BcryptSha256PasswordHasher;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.testkit.MutableClock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class FreshProofTest {

    private static final String PASSWORD = "correct horse battery staple";

    @Test
    void anAccountIsDeletedOnAFreshProofOnly() {
        MutableClock clock = new MutableClock(Instant.parse("2026-01-02T03:04:05Z"));
        try (Accounts accounts = Accounts.builder(InMemoryAuthStores.create())
                        .allowUnconfirmedSignIn()
                        .revealTakenEmail()
                        .clock(clock)
                        .hasher(BcryptSha256PasswordHasher.insecurelyCheapForTests(4))
                        .build();
                RawPassword right = RawPassword.ofString(PASSWORD);
                RawPassword wrong = RawPassword.ofString("wrong")) {
            var registered = accounts.registration().registerUnconfirmed("ada@example.org", "ada", right);
            var signedIn = (SignInResult.SignedIn) accounts.signIn().withPassword("ada", right);
            String token = signedIn.token().reveal();
            FreshProof proof = new FreshProof(accounts);

            clock.advance(FreshProof.RECENT);
            assertThat(registered).isNotNull();
            assertThat(proof.deleteAccount(token)).isEqualTo("/password-once-more");
            assertThat(proof.prove(token, wrong)).isEmpty();
            String fresh = proof.prove(token, right).orElseThrow().reveal();
            assertThat(proof.deleteAccount(token)).isEqualTo("/login");
            assertThat(accounts.administration().find("ada")).isPresent();
            assertThat(proof.deleteAccount(fresh)).isEqualTo("/goodbye");
            assertThat(accounts.administration().find("ada")).isEmpty();
        }
    }
}
