package dev.minotaur.auth.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AuthEvent;
import dev.minotaur.auth.PasswordChangeResult;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SessionPolicy;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.User;
import dev.minotaur.auth.password.BcryptPasswordHasher;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What the rules make of a store that fails: never a wrong answer, and of a lost one the truth where it can be found. */
class AccountsUnderFailureTest {

    private static final String EMAIL = "ada@example.com";
    private static final String PASSWORD = "correct horse battery";
    private static final String NEXT = "correct horse staple!";

    private final InMemoryAuthStores real = InMemoryAuthStores.create();
    private final Faults faults = new Faults(real);
    private final List<AuthEvent> events = new ArrayList<>();
    private final Accounts accounts = Accounts.builder(faults.stores())
            .hasher(BcryptPasswordHasher.insecurelyCheapForTests(4))
            .sessionPolicy(SessionPolicy.defaults().withTouchInterval(Duration.ZERO))
            .allowUnconfirmedSignIn()
            .revealTakenEmail()
            .listener(events::add)
            .build();

    @Test
    void aRegistrationWhoseAnswerIsLostSucceedsOnce() {
        faults.loseAnswerOf("users.insert");

        User user = registered();

        assertThat(real.users().findByEmail(EMAIL).map(UserRecord::id)).contains(user.id());
    }

    @Test
    void aRegistrationWhoseRequestIsLostIsMade() {
        faults.loseRequestOf("users.insert");

        User user = registered();

        assertThat(real.users().findByEmail(EMAIL).map(UserRecord::id)).contains(user.id());
    }

    @Test
    void aRegistrationThatFailsLeavesNothing() {
        faults.breakDown("users.insert");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(this::register)
                .satisfies(failure -> assertThat(failure.effect()).isEqualTo(StoreException.Effect.NONE));
        assertThat(real.users().findByEmail(EMAIL)).isEmpty();
    }

    @Test
    void aSignInWhoseSessionIsStoredButUnansweredHasOneSession() {
        User user = registered();
        faults.loseAnswerOf("tokens.insert");

        String token = signedIn(PASSWORD);

        assertThat(accounts.sessions().check(token)).isInstanceOf(SessionCheck.Live.class);
        assertThat(accounts.sessions().list(user.id())).hasSize(1);
    }

    @Test
    void aStoreThatIsDownSignsNobodyInAndNeverSaysUnknown() {
        var unused = registered();
        for (String verb : List.of("users.findByEmail", "attempts.record", "tokens.insert")) {
            faults.breakDown(verb);
            assertThatExceptionOfType(StoreException.class).as(verb).isThrownBy(() -> signIn(PASSWORD));
            faults.mend(verb);
        }
    }

    @Test
    void nothingIsHashedWhenTheAttemptCannotBeCounted() {
        var unused = registered();
        CountingHasher hasher = new CountingHasher();
        Accounts counting = Accounts.builder(faults.stores()).hasher(hasher).build();
        faults.breakDown("attempts.record");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> counting.signIn().withPassword(EMAIL, RawPassword.ofString(PASSWORD)));
        assertThat(hasher.computations()).isZero();
    }

    @Test
    void aSignInStandsThoughTidyingUpFails() {
        var unused = registered();
        faults.breakDown("attempts.clear");
        faults.breakDown("tokens.listByUser");

        String token = signedIn(PASSWORD);

        assertThat(accounts.sessions().check(token)).isInstanceOf(SessionCheck.Live.class);
        assertThat(events)
                .filteredOn(event -> event.type() == AuthEvent.Type.SYS_HOUSEKEEPING_FAIL)
                .hasSize(2);
    }

    @Test
    void aSessionIsGoodThoughItsTouchFails() {
        var unused = registered();
        String token = signedIn(PASSWORD);
        faults.breakDown("tokens.touch");

        assertThat(accounts.sessions().check(token)).isInstanceOf(SessionCheck.Live.class);
        assertThat(events).extracting(AuthEvent::type).contains(AuthEvent.Type.SYS_HOUSEKEEPING_FAIL);
    }

    @Test
    void aSessionThatCannotBeReadIsNeitherGoodNorBad() {
        var unused = registered();
        String token = signedIn(PASSWORD);
        for (String verb : List.of("tokens.find", "users.findById")) {
            faults.breakDown(verb);
            assertThatExceptionOfType(StoreException.class).as(verb).isThrownBy(() -> accounts.sessions()
                    .check(token));
            faults.mend(verb);
        }
    }

    @Test
    void aPasswordChangeWhoseAnswerIsLostIsKnownToBeDone() {
        User user = registered();
        String token = signedIn(PASSWORD);
        faults.loseAnswerOf("users.update");

        PasswordChangeResult.Changed changed = changed(token);

        assertThat(accounts.sessions().check(changed.token().orElseThrow().reveal()))
                .isInstanceOf(SessionCheck.Live.class);
        assertThat(accounts.sessions().list(user.id())).hasSize(1);
        assertThat(signedIn(NEXT)).isNotEmpty();
    }

    @Test
    void aPasswordChangeWhoseAnswerIsLostIsKnownByItsStampThoughTheRowWentOn() {
        User user = registered();
        String token = signedIn(PASSWORD);
        faults.loseAnswerOf("users.update");
        faults.before("users.findById", () -> faults.before("users.findById", () -> bumpVersion(user)));

        assertThat(changed(token).token()).isPresent();
    }

    @Test
    void aPasswordChangeWhoseRequestIsLostIsMadeOnce() {
        var unused = registered();
        String token = signedIn(PASSWORD);
        faults.loseRequestOf("users.update");

        assertThat(changed(token).token()).isPresent();
        assertThat(signedIn(NEXT)).isNotEmpty();
    }

    @Test
    void aRenewalWhoseAnswerIsLostIsKnownToBeDone() {
        var unused = registered();
        String token = signedIn(PASSWORD);
        faults.loseAnswerOf("tokens.rotate");

        String fresh = changed(token).token().orElseThrow().reveal();

        assertThat(accounts.sessions().check(fresh)).isInstanceOf(SessionCheck.Live.class);
        assertThat(accounts.sessions().check(token)).isInstanceOf(SessionCheck.Refused.class);
    }

    @Test
    void aPasswordChangeStandsThoughItsSessionCannotBeRenewed() {
        User user = registered();
        String token = signedIn(PASSWORD);
        faults.breakDown("tokens.rotate");
        faults.breakDown("tokens.deleteByUser");

        assertThat(changed(token).token()).isEmpty();
        assertThat(accounts.sessions().check(token)).isInstanceOf(SessionCheck.Refused.class);
        assertThat(accounts.sessions().list(user.id())).isEmpty();
        assertThat(signedIn(NEXT)).isNotEmpty();
    }

    @Test
    void aPasswordChangeAmidOtherWritesIsDecidedAnew() {
        User user = registered();
        String token = signedIn(PASSWORD);
        faults.before("users.update", () -> bumpVersion(user));

        assertThat(changed(token).token()).isPresent();
    }

    @Test
    void deadSessionsStayDeadThoughTheirRowsCannotBeDeleted() {
        User user = registered();
        faults.breakDown("tokens.deleteByUser");
        List<Runnable> endings = List.of(
                () -> assertThat(accounts.sessions().endAll(user.id())).isTrue(),
                () -> assertThat(accounts.administration().disable(user.id())).isPresent(),
                () -> assertThat(accounts.administration().delete(user.id())).isTrue());
        for (Runnable ending : endings) {
            String token = signedIn(PASSWORD);
            ending.run();
            assertThat(accounts.sessions().check(token)).isInstanceOf(SessionCheck.Refused.class);
            assertThat(accounts.sessions().list(user.id())).isEmpty();
            var unused = accounts.administration().enable(user.id());
            assertThat(accounts.sessions().check(token)).isInstanceOf(SessionCheck.Refused.class);
        }
    }

    @Test
    void whatIsUnknownStaysUnknownWhateverTheSecondLookSays() {
        faults.loseAnswerOf("users.insert");
        faults.onceThen("users.insert", () -> faults.breakDown("users.insert"));
        requireUnknown(this::register);
        faults.mend("users.insert");

        String token = signedIn(PASSWORD);
        faults.loseAnswerOf("users.update");
        faults.onceThen("users.update", () -> faults.breakDown("users.findById"));
        requireUnknown(() -> change(token));
        faults.mend("users.findById");
        assertThat(signedIn(NEXT)).isNotEmpty();
    }

    @Test
    void aPasswordChangeThatWasStillUnderWayIsKnownToBeDone() {
        var unused = registered();
        String token = signedIn(PASSWORD);
        faults.delay("users.update");

        String fresh = changed(token).token().orElseThrow().reveal();

        assertThat(accounts.sessions().check(fresh)).isInstanceOf(SessionCheck.Live.class);
        assertThat(signedIn(NEXT)).isNotEmpty();
    }

    @Test
    void aPasswordChangeThatNobodyCanTellOfIsNeverCalledRefused() {
        User user = registered();
        String token = signedIn(PASSWORD);
        faults.loseAnswerOf("users.update");
        faults.onceThen("users.update", () -> {
            UserRecord now = real.users().findById(user.id()).orElseThrow();
            var unused = real.users()
                    .update(
                            now.toBuilder()
                                    .version(now.version() + 1)
                                    .stamp(new SecurityStamp(UUID.randomUUID()))
                                    .build(),
                            now.version());
        });

        requireUnknown(() -> change(token));
    }

    @Test
    void aRenewalThatWasStillUnderWayIsKnownToBeDone() {
        var unused = registered();
        String token = signedIn(PASSWORD);
        faults.delay("tokens.rotate");

        String fresh = changed(token).token().orElseThrow().reveal();

        assertThat(accounts.sessions().check(fresh)).isInstanceOf(SessionCheck.Live.class);
    }

    @Test
    void anOutageOfTheTokenStoreCostsNobodyAttempts() {
        var unused = registered();
        faults.breakDown("tokens.insert");
        for (int i = 0; i < 20; i++) {
            assertThatExceptionOfType(StoreException.class).isThrownBy(() -> signIn(PASSWORD));
        }
        faults.mend("tokens.insert");

        assertThat(signedIn(PASSWORD)).isNotEmpty();
    }

    @Test
    void tidyingUpDeletesOnlyWhatIsDead() {
        User user = registered();
        String token = signedIn(PASSWORD);
        StoredToken own = StoredToken.builder()
                .id(new TokenId(UUID.randomUUID()))
                .user(user.id())
                .purpose(new TokenPurpose("app-own"))
                .digest(TokenDigest.of(new byte[TokenDigest.LENGTH]))
                .issuedAt(Instant.EPOCH)
                .expiresAt(Instant.EPOCH)
                .lastUsedAt(Instant.EPOCH)
                .build();
        var unused = real.tokens().insert(own);
        List<String> meanwhile = new ArrayList<>();
        faults.before("tokens.deleteByUser", () -> meanwhile.add(signedIn(NEXT)));

        var changed = changed(token);

        assertThat(changed.token()).isPresent();
        assertThat(meanwhile).hasSize(1).allSatisfy(fresh -> assertThat(
                        accounts.sessions().check(fresh))
                .isInstanceOf(SessionCheck.Live.class));
        assertThat(real.tokens().find(own.id())).contains(own);
        assertThat(accounts.sessions().endAll(user.id())).isTrue();
        assertThat(real.tokens().listByUser(user.id(), TokenPurpose.SESSION)).isEmpty();
        assertThat(real.tokens().find(own.id())).contains(own);
    }

    private void requireUnknown(ThrowingCallable call) {
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(call)
                .satisfies(failure -> assertThat(failure.effect()).isEqualTo(StoreException.Effect.UNKNOWN));
    }

    private void bumpVersion(User user) {
        UserRecord now = real.users().findById(user.id()).orElseThrow();
        var unused =
                real.users().update(now.toBuilder().version(now.version() + 1).build(), now.version());
    }

    private RegistrationResult register() {
        return accounts.registration().registerUnconfirmed(EMAIL, RawPassword.ofString(PASSWORD));
    }

    private User registered() {
        RegistrationResult result = register();
        assertThat(result).isInstanceOf(RegistrationResult.Registered.class);
        return ((RegistrationResult.Registered) result).user();
    }

    private SignInResult signIn(String password) {
        return accounts.signIn().withPassword(EMAIL, RawPassword.ofString(password));
    }

    private String signedIn(String password) {
        SignInResult result = signIn(password);
        assertThat(result).isInstanceOf(SignInResult.SignedIn.class);
        return ((SignInResult.SignedIn) result).token().reveal();
    }

    private PasswordChangeResult change(String token) {
        return accounts.passwords().change(token, RawPassword.ofString(PASSWORD), RawPassword.ofString(NEXT));
    }

    private PasswordChangeResult.Changed changed(String token) {
        PasswordChangeResult result = change(token);
        assertThat(result).isInstanceOf(PasswordChangeResult.Changed.class);
        return (PasswordChangeResult.Changed) result;
    }
}
