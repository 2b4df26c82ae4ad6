package dev.minotaur.auth.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.ImportedUser;
import dev.minotaur.auth.PasswordChangeResult;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SessionPolicy;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Whom a limit of sessions signs out, when the password changes between the verification and the session. */
class SessionLimitTest {

    private static final String EMAIL = "ada@example.com";
    private static final RawPassword PASSWORD = RawPassword.ofString("correct horse battery");
    private static final RawPassword NEXT = RawPassword.ofString("correct horse staple!");

    private final Faults faults = new Faults(InMemoryAuthStores.create());
    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-02T03:04:05.678901Z"));
    private final CountingHasher hasher = new CountingHasher();
    private final Accounts accounts = Accounts.builder(faults.stores())
            .hasher(hasher)
            .clock(clock)
            .sessionPolicy(SessionPolicy.defaults().withLimit(1))
            .build();

    @Test
    void aSessionThatIsDeadFromTheBeginningEndsNone() {
        var unused = accounts.userImport()
                .add(ImportedUser.of(EMAIL).passwordHash(hasher.hash(PASSWORD)).emailProven());
        String owner = signedIn(PASSWORD);
        AtomicReference<String> changed = new AtomicReference<>();
        faults.before("tokens.insert", () -> changed.set(change(owner)));
        String late = signedIn(PASSWORD);

        assertThat(accounts.sessions().check(late)).isInstanceOf(SessionCheck.Refused.class);
        assertThat(accounts.sessions().check(changed.get())).isInstanceOf(SessionCheck.Live.class);
    }

    @Test
    void noSessionOfAfterTheChangeIsEndedEither() {
        var unused = accounts.userImport()
                .add(ImportedUser.of(EMAIL).passwordHash(hasher.hash(PASSWORD)).emailProven());
        String owner = signedIn(PASSWORD);
        AtomicReference<String> newer = new AtomicReference<>();
        faults.before("tokens.insert", () -> {
            var ignored = change(owner);
            clock.advance(Duration.ofSeconds(1));
            newer.set(signedIn(NEXT));
        });
        String late = signedIn(PASSWORD);

        assertThat(accounts.sessions().check(late)).isInstanceOf(SessionCheck.Refused.class);
        assertThat(accounts.sessions().check(newer.get())).isInstanceOf(SessionCheck.Live.class);
    }

    private String change(String session) {
        PasswordChangeResult result = accounts.passwords().change(session, PASSWORD, NEXT);
        return ((PasswordChangeResult.Changed) result).token().orElseThrow().reveal();
    }

    private String signedIn(RawPassword password) {
        return ((SignInResult.SignedIn) accounts.signIn().withPassword(EMAIL, password))
                .token()
                .reveal();
    }
}
