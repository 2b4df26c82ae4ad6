package dev.minotaur.auth.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.RawToken;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.SessionPolicy;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.inmemory.InMemoryAuthStores;
import dev.minotaur.auth.password.BcryptSha256PasswordHasher;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FreshProofTest {

    private static final String PASSWORD = "correct horse battery staple";

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-02T03:04:05Z"));
    private final Accounts accounts = Accounts.builder(InMemoryAuthStores.create())
            .allowUnconfirmedSignIn()
            .revealTakenEmail()
            .sessionPolicy(SessionPolicy.defaults().withRenewal(Duration.ofMinutes(2), Duration.ofMinutes(1)))
            .clock(clock)
            .hasher(BcryptSha256PasswordHasher.insecurelyCheapForTests(4))
            .build();
    private final FreshProof proof = new FreshProof(accounts);
    private final List<RawToken> cookies = new ArrayList<>();

    private String adaSignsIn() {
        try (RawPassword right = RawPassword.ofString(PASSWORD)) {
            var registered = accounts.registration().registerUnconfirmed("ada@example.org", "ada", right);
            assertThat(registered).isInstanceOf(RegistrationResult.Registered.class);
            var signedIn = (SignInResult.SignedIn) accounts.signIn().withPassword("ada", right);
            return signedIn.token().reveal();
        }
    }

    private Optional<RawToken> prove(String token, String typed) {
        try (RawPassword password = RawPassword.ofString(typed)) {
            return proof.prove(token, password);
        }
    }

    @Test
    void aPageIsShownOnAFreshProofOnly() {
        String token = adaSignsIn();
        clock.advance(FreshProof.RECENT);

        assertThat(proof.showInvoices(token, cookies::add)).isEqualTo("/password-once-more");
        assertThat(prove(token, "wrong")).isEmpty();
        String fresh = prove(token, PASSWORD).orElseThrow().reveal();
        assertThat(proof.showInvoices(token, cookies::add)).isEqualTo("/login");
        assertThat(proof.showInvoices(fresh, cookies::add)).isEqualTo("/invoices");
        assertThat(cookies).isEmpty();
        clock.advance(Duration.ofMinutes(2));
        assertThat(proof.showInvoices(fresh, cookies::add)).isEqualTo("/invoices");
        assertThat(cookies).hasSize(1);
    }

    @Test
    void anAccountIsClosedOnAFreshProofOnly() {
        String token = adaSignsIn();
        clock.advance(Duration.ofMinutes(15));

        assertThat(proof.closeAccount(token)).isEqualTo("/password-once-more");
        String fresh = prove(token, PASSWORD).orElseThrow().reveal();
        assertThat(proof.closeAccount(token)).isEqualTo("/login");
        assertThat(accounts.administration().find("ada").orElseThrow().status()).isEqualTo(UserStatus.ACTIVE);
        assertThat(proof.closeAccount(fresh)).isEqualTo("/goodbye");
        assertThat(accounts.administration().find("ada").orElseThrow().status()).isEqualTo(UserStatus.CLOSED);
        assertThat(proof.closeAccount(fresh)).isEqualTo("/login");
    }
}
