package dev.minotaur.auth.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AttemptPolicy;
import dev.minotaur.auth.ImportResult;
import dev.minotaur.auth.ImportedUser;
import dev.minotaur.auth.LinkRequest;
import dev.minotaur.auth.PasswordChangeResult;
import dev.minotaur.auth.PasswordResetResult;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.SignInRefusal;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What was counted against one password, or against nobody's, disables no other, whatever fails or meets. */
class ForgottenAttemptsTest {

    private static final String EMAIL = "ada@example.com";
    private static final RawPassword PASSWORD = RawPassword.ofString("correct horse battery");
    private static final RawPassword NEXT = RawPassword.ofString("correct horse staple!");
    private static final RawPassword WRONG = RawPassword.ofString("wrong");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final AttemptPolicy FREE = new AttemptPolicy(100, Duration.ofHours(1), Duration.ofHours(1));

    private final InMemoryAuthStores stores = InMemoryAuthStores.create();
    private final Faults faults = new Faults(stores);
    private final MutableClock clock = new MutableClock(NOW);
    private final CountingHasher hasher = new CountingHasher();
    private final Mails mails = new Mails();
    private final Queue<Runnable> jobs = new ConcurrentLinkedQueue<>();

    @Test
    void aResetThatCannotForgetSetsNoPasswordAndLeavesTheLinkGood() {
        Accounts accounts = settings().build();
        UserId ada = imported(accounts, ImportedUser.of(EMAIL));
        String token = linkAfterAHundredGuesses(accounts, ada);
        faults.breakDown("attempts.clear");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> accounts.passwordReset().use(token, NEXT));
        assertThat(hash(ada)).isEmpty();

        faults.mend("attempts.clear");
        assertThat(accounts.passwordReset().use(token, NEXT)).isInstanceOf(PasswordResetResult.Reset.class);
        expectSignedIn(accounts, NEXT, ada);
    }

    @Test
    void aPasswordThatWasSetByAResetOfUnknownOutcomeIsGood() {
        Accounts accounts = settings().build();
        UserId ada = imported(accounts, ImportedUser.of(EMAIL));
        String token = linkAfterAHundredGuesses(accounts, ada);
        loseTheOutcomeOfAnUpdate(() -> accounts.passwordReset().use(token, NEXT));

        assertThat(accounts.passwordReset().use(token, NEXT)).isInstanceOf(PasswordResetResult.Refused.class);
        expectSignedIn(accounts, NEXT, ada);
    }

    @Test
    void aGuessAtTheMomentOfAResetIsOneGuess() {
        Accounts accounts = settings().build();
        UserId ada = imported(accounts, ImportedUser.of(EMAIL));
        String token = linkAfterAHundredGuesses(accounts, ada);
        faults.before(
                "users.update",
                () -> faults.before(
                        "attempts.clear", () -> assertThat(accounts.signIn().withPassword(EMAIL, WRONG))
                                .isEqualTo(new SignInResult.Refused(SignInRefusal.BAD_CREDENTIALS, Optional.empty()))));
        assertThat(accounts.passwordReset().use(token, NEXT)).isInstanceOf(PasswordResetResult.Reset.class);
        expectSignedIn(accounts, NEXT, ada);
    }

    @Test
    void guessesAtTheMomentOfAPasswordChangeAreNoneAtTheNext() {
        Accounts accounts = lockingAtTen().build();
        UserId ada = imported(accounts, ImportedUser.of(EMAIL));
        var session = (SignInResult.SignedIn) accounts.signIn().withPassword(EMAIL, PASSWORD);
        List<SignInResult> guesses = new ArrayList<>();
        faults.before("users.update", () -> {
            for (int i = 0; i < 10; i++) {
                guesses.add(accounts.signIn().withPassword(EMAIL, WRONG));
            }
        });
        assertThat(accounts.passwords().change(session.token().reveal(), PASSWORD, NEXT))
                .isInstanceOf(PasswordChangeResult.Changed.class);
        assertThat(guesses).hasSize(10).allMatch(SignInResult.Refused.class::isInstance);
        expectSignedIn(accounts, NEXT, ada);
    }

    @Test
    void aTryAtTheMomentOfEnablingIsOneTry() {
        Accounts accounts = lockingAtTen().build();
        UserId ada = triedTenTimesWhileDisabled(accounts);
        List<SignInResult> meanwhile = new ArrayList<>();
        faults.before(
                "users.update",
                () -> faults.before(
                        "attempts.clear", () -> meanwhile.add(accounts.signIn().withPassword(EMAIL, PASSWORD))));
        assertThat(accounts.administration().enable(ada)).isPresent();
        run();
        assertThat(meanwhile).singleElement().isInstanceOf(SignInResult.SignedIn.class);
        assertThat(hash(ada)).isPresent();
    }

    @Test
    void enablingAgainAfterAnUnknownOutcomeGivesAllAttempts() {
        Accounts accounts = lockingAtTen().build();
        UserId ada = triedTenTimesWhileDisabled(accounts);
        loseTheOutcomeOfAnUpdate(() -> accounts.administration().enable(ada));
        var guess = accounts.signIn().withPassword(EMAIL, WRONG);
        assertThat(accounts.administration().enable(ada).orElseThrow().status())
                .as("after %s", guess)
                .isEqualTo(UserStatus.ACTIVE);
        assertThat(stores.attempts().deleteOlder(Instant.MAX, 10)).isZero();
    }

    @Test
    void attemptsAtAnAccountOfAnotherStatusStayCounted() {
        Accounts accounts = lockingAtTen().build();
        UserId ada = triedTenTimesWhileDisabled(accounts);
        assertThat(accounts.administration().reopen(ada).orElseThrow().status()).isEqualTo(UserStatus.DISABLED);
        assertThat(stores.attempts().deleteOlder(Instant.MAX, 10)).isEqualTo(1);
    }

    @Test
    void aNewAccountBeginsAfreshThoughForgettingFailsOnce() {
        Accounts accounts =
                lockingAtTen().allowUnconfirmedSignIn().revealTakenEmail().build();
        for (int i = 0; i < 10; i++) {
            assertThat(accounts.signIn().withPassword(EMAIL, WRONG)).isInstanceOf(SignInResult.Refused.class);
        }
        faults.loseRequestOf("attempts.clear");
        var registered = (RegistrationResult.Registered) accounts.registration().registerUnconfirmed(EMAIL, PASSWORD);
        expectSignedIn(accounts, PASSWORD, registered.user().id());
    }

    @Test
    void aSuccessForgetsThoughThatFailsOnce() {
        Accounts accounts = lockingAtTen().build();
        UserId ada = imported(accounts, ImportedUser.of(EMAIL));
        for (int i = 0; i < 20; i++) {
            faults.loseRequestOf("attempts.clear");
            expectSignedIn(accounts, PASSWORD, ada);
        }
    }

    @Test
    void aSuccessUnderTheOtherIdentifierForgetsTheFailuresOfBoth() {
        Accounts accounts = lockingAtTen().build();
        UserId ada = imported(accounts, ImportedUser.of(EMAIL).username("ada_l"));
        for (int i = 0; i < 5; i++) {
            assertThat(accounts.signIn().withPassword("ada_l", WRONG)).isInstanceOf(SignInResult.Refused.class);
        }
        assertThat(accounts.signIn().withPassword("ada_l", PASSWORD))
                .as("disabling waits")
                .isEqualTo(new SignInResult.Refused(SignInRefusal.BAD_CREDENTIALS, Optional.empty()));
        assertThat(accounts.signIn().withPassword(EMAIL, PASSWORD)).isInstanceOf(SignInResult.SignedIn.class);
        run();
        assertThat(hash(ada)).isPresent();
        assertThat(accounts.signIn().withPassword("ada_l", PASSWORD)).isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void rightPasswordsAtTheSameMomentAreNoGuesses() throws Exception {
        int clients = 8;
        Accounts accounts =
                lockingAtTen().hashingLimit(clients, Duration.ofSeconds(30)).build();
        UserId ada = imported(accounts, ImportedUser.of(EMAIL).username("ada_l"));
        CyclicBarrier together = new CyclicBarrier(clients);
        hasher.first(() -> {
            try {
                together.await(20, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        ExecutorService threads = Executors.newFixedThreadPool(clients);
        try {
            List<Future<SignInResult>> all = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                all.add(threads.submit(() -> accounts.signIn().withPassword("ada_l", PASSWORD)));
            }
            int letIn = 0;
            for (Future<SignInResult> one : all) {
                letIn += one.get() instanceof SignInResult.SignedIn ? 1 : 0;
            }
            assertThat(letIn).isEqualTo(5);
        } finally {
            threads.shutdownNow();
        }
        hasher.first(() -> {});
        expectSignedIn(accounts, PASSWORD, ada);
    }

    private void expectSignedIn(Accounts accounts, RawPassword password, UserId user) {
        run();
        clock.advance(Duration.ofHours(1));
        assertThat(accounts.signIn().withPassword(EMAIL, password)).isInstanceOf(SignInResult.SignedIn.class);
        run();
        assertThat(hash(user)).isPresent();
    }

    private String linkAfterAHundredGuesses(Accounts accounts, UserId user) {
        while (hash(user).isPresent()) {
            SignInResult.Refused refused =
                    (SignInResult.Refused) accounts.signIn().withPassword(EMAIL, WRONG);
            refused.retryAfter().ifPresent(clock::advance);
            run();
        }
        clock.advance(Duration.ofHours(1));
        assertThat(accounts.passwordReset().request(EMAIL)).isEqualTo(new LinkRequest.Accepted());
        run();
        return mails.token();
    }

    private UserId triedTenTimesWhileDisabled(Accounts accounts) {
        UserId user = imported(accounts, ImportedUser.of(EMAIL));
        assertThat(accounts.administration().disable(user)).isPresent();
        for (int i = 0; i < 10; i++) {
            assertThat(accounts.signIn().withPassword(EMAIL, PASSWORD)).isInstanceOf(SignInResult.Refused.class);
        }
        return user;
    }

    /** The update is done, its answer is lost, and so is the look at what became of it. */
    private void loseTheOutcomeOfAnUpdate(Runnable call) {
        faults.loseAnswerOf("users.update");
        faults.onceThen("users.update", () -> faults.breakDown("users.findById"));
        assertThatExceptionOfType(StoreException.class).isThrownBy(call::run);
        faults.mend("users.findById");
        faults.mend("users.update");
    }

    private void run() {
        while (!jobs.isEmpty()) {
            jobs.remove().run();
        }
    }

    private Optional<PasswordHash> hash(UserId id) {
        return stores.users().findById(id).orElseThrow().passwordHash();
    }

    private UserId imported(Accounts accounts, ImportedUser user) {
        ImportResult result = accounts.userImport()
                .add(user.passwordHash(hasher.hash(PASSWORD)).emailProven());
        return ((ImportResult.Imported) result).user().id();
    }

    private Accounts.Builder lockingAtTen() {
        return settings().attemptPolicy(FREE).passwordDisabledAfter(10);
    }

    private Accounts.Builder settings() {
        return Accounts.builder(faults.stores())
                .hasher(hasher)
                .clock(clock)
                .mailer(mails)
                .executor(jobs::add);
    }
}
