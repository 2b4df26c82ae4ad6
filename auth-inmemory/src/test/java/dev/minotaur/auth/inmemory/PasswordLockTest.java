package dev.minotaur.auth.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AttemptPolicy;
import dev.minotaur.auth.AuthEvent;
import dev.minotaur.auth.ImportResult;
import dev.minotaur.auth.ImportedUser;
import dev.minotaur.auth.PasswordChangeRefusal;
import dev.minotaur.auth.PasswordChangeResult;
import dev.minotaur.auth.PasswordResetResult;
import dev.minotaur.auth.ReauthenticationRefusal;
import dev.minotaur.auth.ReauthenticationResult;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.SignInRefusal;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UsernameChangeResult;
import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a password that is guessed at is disabled, and when not. */
class PasswordLockTest {

    private static final String EMAIL = "ada@example.com";
    private static final RawPassword PASSWORD = RawPassword.ofString("correct horse battery");
    private static final RawPassword NEXT = RawPassword.ofString("correct horse staple!");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final AttemptPolicy FREE = new AttemptPolicy(100, Duration.ofHours(1), Duration.ofHours(1));

    private final InMemoryAuthStores stores = InMemoryAuthStores.create();
    private final MutableClock clock = new MutableClock(NOW);
    private final CountingHasher hasher = new CountingHasher();
    private final Mails mails = new Mails();
    private final List<AuthEvent> events = new ArrayList<>();
    private final Queue<Runnable> jobs = new ArrayDeque<>();

    @Test
    void atTheDefaultsItTakesAHundredGuessesAndDays() {
        Accounts accounts = settings().build();
        UserId ada = imported(accounts);
        int guesses = 0;
        while (hash(ada).isPresent()) {
            SignInResult.Refused refused =
                    (SignInResult.Refused) accounts.signIn().withPassword(EMAIL, RawPassword.ofString("wrong"));
            if (refused.reason() == SignInRefusal.TOO_MANY_ATTEMPTS) {
                clock.advance(refused.retryAfter().orElseThrow());
            } else {
                guesses++;
                run();
            }
        }
        assertThat(guesses).isEqualTo(100);
        assertThat(Duration.between(NOW, clock.instant())).isGreaterThan(Duration.ofDays(3));
        assertThat(mails.all()).hasSize(1).first().isInstanceOf(MailMessage.PasswordDisabled.class);
        assertThat(events)
                .filteredOn(event -> event.type() == AuthEvent.Type.AUTHN_LOGIN_LOCK)
                .singleElement()
                .matches(event -> event.user().equals(Optional.of(ada)));
    }

    @Test
    void whatWaitsIsNoFailure() {
        Accounts accounts = settings().passwordDisabledAfter(10).build();
        UserId ada = imported(accounts);
        for (int i = 0; i < 500; i++) {
            assertThat(accounts.signIn().withPassword(EMAIL, RawPassword.ofString("wrong")))
                    .isInstanceOf(SignInResult.Refused.class);
        }
        run();
        assertThat(hash(ada)).isPresent();
    }

    @Test
    void guessesInASessionCountToo() {
        Accounts accounts = lockingAtTen();
        UserId ada = imported(accounts);
        String session = session(accounts);
        for (int i = 0; i < 5; i++) {
            var first = accounts.passwords().change(session, RawPassword.ofString("wrong"), NEXT);
            var second = accounts.sessions().reauthenticate(session, RawPassword.ofString("wrong"));
            assertThat(hash(ada)).as("after %s and %s", first, second).isPresent();
        }
        run();
        assertThat(hash(ada)).isEmpty();
    }

    @Test
    void aPasswordThatWasSetMeanwhileStays() {
        Accounts accounts = lockingAtTen();
        UserId ada = imported(accounts);
        guess(accounts, 10);
        Runnable late = jobs.remove();
        var asked = accounts.passwordReset().request(EMAIL);
        run();
        assertThat(accounts.passwordReset().use(mails.token(), NEXT))
                .as("after %s", asked)
                .isInstanceOf(PasswordResetResult.Reset.class);
        late.run();
        assertThat(hash(ada)).isPresent();
        assertThat(accounts.signIn().withPassword(EMAIL, NEXT)).isInstanceOf(SignInResult.SignedIn.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wrong", "correct horse battery"})
    void whatCouldNotBeDoneAtTheLastIsDoneAtTheNext(String next) {
        Accounts accounts = settings()
                .attemptPolicy(FREE)
                .passwordDisabledAfter(10)
                .mailsWaiting(1)
                .build();
        UserId ada = imported(accounts);
        var asked = accounts.signUp().request("bob@example.com");
        guess(accounts, 10);
        run();
        assertThat(hash(ada)).as("after %s", asked).isPresent();
        assertThat(accounts.signIn().withPassword(EMAIL, RawPassword.ofString(next)))
                .isInstanceOf(SignInResult.Refused.class);
        run();
        assertThat(hash(ada)).isEmpty();
    }

    @Test
    void theRightPasswordIsRefusedWhileDisablingItWaits() {
        Accounts accounts = lockingAtTen();
        UserId ada = imported(accounts);
        String session = session(accounts);
        guess(accounts, 10);
        events.clear();
        assertThat(accounts.signIn().withPassword(EMAIL, PASSWORD))
                .isEqualTo(new SignInResult.Refused(SignInRefusal.BAD_CREDENTIALS, Optional.empty()));
        assertThat(accounts.sessions().reauthenticate(session, PASSWORD))
                .isEqualTo(
                        new ReauthenticationResult.Refused(ReauthenticationRefusal.WRONG_PASSWORD, Optional.empty()));
        assertThat(accounts.passwords().change(session, PASSWORD, NEXT))
                .isEqualTo(new PasswordChangeResult.Refused(
                        PasswordChangeRefusal.WRONG_PASSWORD, Optional.empty(), Optional.empty()));
        assertThat(events.get(0).reason()).contains("password_disabled");
        run();
        assertThat(hash(ada)).isEmpty();
    }

    @Test
    void theLastOneThatMayBeRightSignsIn() {
        Accounts accounts = lockingAtTen();
        UserId ada = imported(accounts);
        for (int i = 0; i < 5; i++) {
            guess(accounts, 9);
            assertThat(accounts.signIn().withPassword(EMAIL, PASSWORD)).isInstanceOf(SignInResult.SignedIn.class);
        }
        run();
        assertThat(hash(ada)).isPresent();
    }

    @Test
    void attemptsAtADisabledAccountAreForgottenWhenItIsEnabled() {
        Accounts accounts = lockingAtTen();
        UserId ada = imported(accounts);
        var unused = accounts.administration().disable(ada);
        for (int i = 0; i < 9; i++) {
            assertThat(accounts.signIn().withPassword(EMAIL, PASSWORD)).isInstanceOf(SignInResult.Refused.class);
        }
        unused = accounts.administration().enable(ada);
        guess(accounts, 9);
        run();
        assertThat(hash(ada)).isPresent();
    }

    @Test
    void aHashThatThisNodeCannotReadIsLeftAlone() {
        Accounts accounts = lockingAtTen();
        UserId ada = imported(accounts);
        String session = session(accounts);
        UserRecord user = stores.users().findById(ada).orElseThrow();
        UserRecord other = user.toBuilder()
                .passwordHash(PasswordHash.of("$pepper$v=1,k=another$"))
                .version(user.version() + 1)
                .build();
        assertThat(stores.users().update(other, user.version())).isEqualTo(UpdateUserOutcome.UPDATED);
        events.clear();
        for (int i = 0; i < 20; i++) {
            var refused = accounts.sessions().reauthenticate(session, PASSWORD);
            assertThat(refused).isInstanceOf(ReauthenticationResult.Refused.class);
        }
        run();
        assertThat(stores.users().findById(ada)).contains(other);
        assertThat(events).hasSize(20).allMatch(event -> event.reason().equals(Optional.of("unreadable_hash")));
    }

    @Test
    void whoComesToAnIdentifierBeginsWithoutTheGuessesOfBefore() {
        Accounts accounts = settings()
                .attemptPolicy(FREE)
                .passwordDisabledAfter(10)
                .allowUnconfirmedSignIn()
                .revealTakenEmail()
                .build();
        List<String> identifiers = List.of(EMAIL, "bob@example.com", "bob", "ada_l");
        for (String identifier : identifiers) {
            for (int i = 0; i < 9; i++) {
                assertThat(accounts.signIn().withPassword(identifier, RawPassword.ofString("wrong")))
                        .isInstanceOf(SignInResult.Refused.class);
            }
        }
        UserId ada = imported(accounts);
        var bob = accounts.registration().registerUnconfirmed("bob@example.com", "bob", PASSWORD);
        assertThat(bob).isInstanceOf(RegistrationResult.Registered.class);
        String session = session(accounts);
        assertThat(accounts.usernameChange().change(session, "ada_l")).isInstanceOf(UsernameChangeResult.Changed.class);
        for (String identifier : identifiers) {
            assertThat(accounts.signIn().withPassword(identifier, RawPassword.ofString("wrong")))
                    .isInstanceOf(SignInResult.Refused.class);
        }
        run();
        assertThat(hash(ada)).isPresent();
        assertThat(hash(((RegistrationResult.Registered) bob).user().id())).isPresent();
    }

    @Test
    void withoutAMailerNothingCouldSetAnother() {
        Accounts accounts = Accounts.builder(stores)
                .hasher(hasher)
                .clock(clock)
                .attemptPolicy(FREE)
                .passwordDisabledAfter(10)
                .build();
        UserId ada = imported(accounts);
        guess(accounts, 50);
        assertThat(hash(ada)).isPresent();
    }

    @Test
    void theNumberHasARange() {
        for (int wrong : new int[] {Integer.MIN_VALUE, 9, 101}) {
            assertThatIllegalArgumentException().isThrownBy(() -> settings().passwordDisabledAfter(wrong));
        }
    }

    @Test
    void rightPasswordsOfAnUnprovenAddressAreNoGuesses() {
        Accounts accounts = lockingAtTen();
        ImportResult imported = accounts.userImport().add(ImportedUser.of(EMAIL).passwordHash(hasher.hash(PASSWORD)));
        UserId ada = ((ImportResult.Imported) imported).user().id();
        for (int i = 0; i < 9; i++) {
            assertThat(accounts.signIn().withPassword(EMAIL, PASSWORD)).isInstanceOf(SignInResult.Refused.class);
        }
        guess(accounts, 20);
        run();
        assertThat(hash(ada)).isPresent();
    }

    private Accounts lockingAtTen() {
        return settings().attemptPolicy(FREE).passwordDisabledAfter(10).build();
    }

    private static String session(Accounts accounts) {
        return ((SignInResult.SignedIn) accounts.signIn().withPassword(EMAIL, PASSWORD))
                .token()
                .reveal();
    }

    private void guess(Accounts accounts, int times) {
        for (int i = 0; i < times; i++) {
            assertThat(accounts.signIn().withPassword(EMAIL, RawPassword.ofString("wrong")))
                    .isEqualTo(new SignInResult.Refused(SignInRefusal.BAD_CREDENTIALS, Optional.empty()));
        }
    }

    private void run() {
        while (!jobs.isEmpty()) {
            jobs.remove().run();
        }
    }

    private Optional<PasswordHash> hash(UserId id) {
        return stores.users().findById(id).orElseThrow().passwordHash();
    }

    private UserId imported(Accounts accounts) {
        ImportResult result = accounts.userImport()
                .add(ImportedUser.of(EMAIL).passwordHash(hasher.hash(PASSWORD)).emailProven());
        return ((ImportResult.Imported) result).user().id();
    }

    private Accounts.Builder settings() {
        return Accounts.builder(stores)
                .hasher(hasher)
                .clock(clock)
                .listener(events::add)
                .mailer(mails)
                .executor(jobs::add);
    }
}
