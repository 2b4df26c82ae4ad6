package dev.minotaur.auth.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.SignInRefusal;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.inmemory.InMemoryAuthStores;
import dev.minotaur.auth.password.BcryptSha256PasswordHasher;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AttemptsPerClientTest {

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-02T03:04:05Z"));
    private final Accounts accounts = Accounts.builder(InMemoryAuthStores.create())
            .hasher(BcryptSha256PasswordHasher.insecurelyCheapForTests(4))
            .clock(clock)
            .clientLimit(new AttemptsPerClient(3))
            .build();

    @Test
    void oneClientThatTriesManyNamesIsHeldAndNoOther() {
        for (int name = 0; name < 3; name++) {
            assertThat(tried("192.0.2.1", "name" + name).reason()).isEqualTo(SignInRefusal.BAD_CREDENTIALS);
            clock.advance(Duration.ofMinutes(10));
        }
        assertThat(tried("192.0.2.1", "another"))
                .isEqualTo(
                        new SignInResult.Refused(SignInRefusal.TOO_MANY_ATTEMPTS, Optional.of(Duration.ofMinutes(30))));
        assertThat(tried("192.0.2.2", "another").reason()).isEqualTo(SignInRefusal.BAD_CREDENTIALS);
        clock.advance(Duration.ofMinutes(30));
        assertThat(tried("192.0.2.1", "another").reason()).isEqualTo(SignInRefusal.BAD_CREDENTIALS);
    }

    @Test
    void theSignInOfAClientIsBounded() {
        ClientLogin login = new ClientLogin(Accounts.builder(InMemoryAuthStores.create())
                .hasher(BcryptSha256PasswordHasher.insecurelyCheapForTests(4)));
        SignInRefusal last = null;
        for (int i = 0; i < 101; i++) {
            SignInResult result = login.signIn("192.0.2.1", "name" + i, RawPassword.ofString("Summer2026!Summer"));
            last = ((SignInResult.Refused) result).reason();
        }
        assertThat(last).isEqualTo(SignInRefusal.TOO_MANY_ATTEMPTS);
    }

    @Test
    void whoNamesNoClientIsRefused() {
        assertThat(((SignInResult.Refused) accounts.signIn().withPassword("name", RawPassword.ofString("wrong")))
                        .reason())
                .isEqualTo(SignInRefusal.TOO_MANY_ATTEMPTS);
    }

    private SignInResult.Refused tried(String client, String name) {
        return (SignInResult.Refused)
                accounts.forClient(client).signIn().withPassword(name, RawPassword.ofString("Summer2026!Summer"));
    }
}
