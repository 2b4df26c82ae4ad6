package dev.minotaur.auth.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AttemptPolicy;
import dev.minotaur.auth.AuthEvent;
import dev.minotaur.auth.PasswordChangeResult;
import dev.minotaur.auth.ReauthenticationRefusal;
import dev.minotaur.auth.ReauthenticationResult;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.Session;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SessionOptions;
import dev.minotaur.auth.SessionPolicy;
import dev.minotaur.auth.SessionRefusal;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.User;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a password is proved once more, and how long sessions live that are remembered. */
class RecentSessionsTest {

    private static final String EMAIL = "ada@example.com";
    private static final String PASSWORD = "correct horse battery";
    private static final String NEXT = "correct horse staple!";
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private static final SessionPolicy DEFAULTS = SessionPolicy.defaults();

    private final InMemoryAuthStores real = InMemoryAuthStores.create();
    private final Faults faults = new Faults(real);
    private final MutableClock clock = new MutableClock(NOW);
    private final CountingHasher hasher = new CountingHasher();
    private final List<AuthEvent> events = new ArrayList<>();
    private final Accounts accounts = open().build();
    private User user;
    private String token;

    @BeforeEach
    void signIn() {
        RegistrationResult result = accounts.registration().registerUnconfirmed(EMAIL, RawPassword.ofString(PASSWORD));
        user = ((RegistrationResult.Registered) result).user();
        token = signedIn(accounts, SessionOptions.none());
        events.clear();
    }

    @Test
    void recentEndsAtItsExactEndAndTheSessionGoesOn() {
        clock.set(NOW.plus(FIVE_MINUTES).minusNanos(1000));
        assertThat(accounts.sessions().checkRecent(token, FIVE_MINUTES)).isInstanceOf(SessionCheck.Live.class);
        clock.set(NOW.plus(FIVE_MINUTES));
        assertThat(accounts.sessions().checkRecent(token, FIVE_MINUTES))
                .isEqualTo(new SessionCheck.Refused(SessionRefusal.NOT_RECENT));
        assertThat(accounts.sessions().check(token)).isInstanceOf(SessionCheck.Live.class);
        assertThat(accounts.sessions().checkRecent("nonsense", FIVE_MINUTES))
                .isEqualTo(new SessionCheck.Refused(SessionRefusal.INVALID));
    }

    @Test
    void refusesTimesThatMakeNoSense() {
        for (Duration within : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofDays(367))) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> accounts.sessions().checkRecent(token, within));
        }
    }

    @Test
    void whatIsNotRecentIsTouchedAndNotRenewed() {
        Accounts renewing = open().sessionPolicy(DEFAULTS.withRenewal(Duration.ofHours(2), FIVE_MINUTES))
                .build();
        clock.set(NOW.plus(Duration.ofHours(2)));

        assertThat(renewing.sessions().checkRecent(token, FIVE_MINUTES))
                .isEqualTo(new SessionCheck.Refused(SessionRefusal.NOT_RECENT));

        assertThat(only(renewing).lastUsedAt()).isEqualTo(NOW.plus(Duration.ofHours(2)));
        SessionCheck check = renewing.sessions().check(token);
        assertThat(((SessionCheck.Live) check).renewed()).isPresent();
        assertThat(((SessionCheck.Live) check).session().authenticatedAt()).isEqualTo(NOW);
    }

    @Test
    void aProofGivesAFreshSecretAndIsTold() {
        clock.advance(FIVE_MINUTES);

        ReauthenticationResult.Reauthenticated proved =
                (ReauthenticationResult.Reauthenticated) reauthenticate(token, PASSWORD);

        assertThat(proved.user()).isEqualTo(user);
        assertThat(proved.session()).isEqualTo(only(accounts));
        assertThat(proved.session().authenticatedAt()).isEqualTo(NOW.plus(FIVE_MINUTES));
        assertThat(proved.session().expiresAt()).isEqualTo(NOW.plus(DEFAULTS.absoluteTimeout()));
        assertThat(accounts.sessions().check(token)).isInstanceOf(SessionCheck.Refused.class);
        assertThat(accounts.sessions().checkRecent(proved.token().reveal(), FIVE_MINUTES))
                .isEqualTo(new SessionCheck.Live(user, proved.session(), Optional.empty()));
        assertThat(events).first().satisfies(event -> {
            assertThat(event.type()).isEqualTo(AuthEvent.Type.AUTHN_REAUTHENTICATION);
            assertThat(event.session()).contains(proved.session().id());
        });
    }

    @Test
    void aRefusalChangesNothingAndTheListenerIsToldWhy() {
        Accounts strict = open().attemptPolicy(new AttemptPolicy(2, FIVE_MINUTES, FIVE_MINUTES))
                .build();

        assertThat(refusal(reauthenticate("nonsense", PASSWORD))).isEqualTo(ReauthenticationRefusal.NOT_SIGNED_IN);
        for (int i = 0; i < 2; i++) {
            assertThat(refusal(strict.sessions().reauthenticate(token, RawPassword.ofString("wrong"))))
                    .isEqualTo(ReauthenticationRefusal.WRONG_PASSWORD);
        }
        assertThat(strict.sessions().reauthenticate(token, RawPassword.ofString(PASSWORD)))
                .isEqualTo(new ReauthenticationResult.Refused(
                        ReauthenticationRefusal.TOO_MANY_ATTEMPTS, Optional.of(FIVE_MINUTES)));

        assertThat(events)
                .allMatch(event -> event.type() == AuthEvent.Type.AUTHN_REAUTHENTICATION_FAIL)
                .extracting(event -> event.reason().orElseThrow())
                .containsExactly("wrong_password", "wrong_password", "too_many_attempts");
        assertThat(strict.sessions().check(token)).isInstanceOf(SessionCheck.Live.class);
        assertThat(signInRefused(strict)).isTrue();
    }

    @Test
    void aBusyMachineSaysSoAndDoesNotCount() throws Exception {
        Accounts busy = open().hashingLimit(1, Duration.ZERO).build();
        CountDownLatch hashing = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        hasher.first(() -> {
            hashing.countDown();
            await(release);
        });
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<String> first = other.submit(() -> signedIn(busy, SessionOptions.none()));
            await(hashing);
            for (int i = 0; i < 20; i++) {
                assertThat(refusal(busy.sessions().reauthenticate(token, RawPassword.ofString(PASSWORD))))
                        .isEqualTo(ReauthenticationRefusal.BUSY);
            }
            release.countDown();
            assertThat(first.get()).isNotEmpty();
        } finally {
            release.countDown();
            other.shutdownNow();
        }
        assertThat(reauthenticate(token, PASSWORD)).isInstanceOf(ReauthenticationResult.Reauthenticated.class);
    }

    @Test
    void anAccountWithoutAPasswordProvesNone() {
        UserRecord record = real.users().findById(user.id()).orElseThrow();
        var unused = real.users()
                .update(record.toBuilder().version(2).passwordHash(null).build(), 1);

        assertThat(refusal(reauthenticate(token, PASSWORD))).isEqualTo(ReauthenticationRefusal.WRONG_PASSWORD);
    }

    @Test
    void aProofGoesOnOverARenewalAndNoOtherSecretIsGoodThen() {
        Accounts renewing = open().sessionPolicy(DEFAULTS.withRenewal(Duration.ofHours(2), FIVE_MINUTES))
                .build();
        clock.set(NOW.plus(Duration.ofHours(2)));
        List<SessionCheck> meanwhile = new ArrayList<>();
        faults.before("attempts.record", () -> meanwhile.add(renewing.sessions().check(token)));

        var proved = (ReauthenticationResult.Reauthenticated)
                renewing.sessions().reauthenticate(token, RawPassword.ofString(PASSWORD));

        String renewed =
                ((SessionCheck.Live) meanwhile.get(0)).renewed().orElseThrow().reveal();
        assertThat(renewing.sessions().check(renewed)).isInstanceOf(SessionCheck.Refused.class);
        assertThat(renewing.sessions().check(token)).isInstanceOf(SessionCheck.Refused.class);
        assertThat(renewing.sessions().check(proved.token().reveal())).isInstanceOf(SessionCheck.Live.class);
    }

    @Test
    void aProofOfAPasswordThatIsChangedMeanwhileLeavesNoSession() {
        String other = signedIn(accounts, SessionOptions.none());
        List<PasswordChangeResult> changes = new ArrayList<>();
        faults.before(
                "tokens.rotate",
                () -> changes.add(accounts.passwords()
                        .change(token, RawPassword.ofString(PASSWORD), RawPassword.ofString(NEXT))));

        ReauthenticationResult sameSession = reauthenticate(token, PASSWORD);

        assertThat(refusal(sameSession)).isEqualTo(ReauthenticationRefusal.NOT_SIGNED_IN);
        assertThat(events.get(events.size() - 1).reason()).contains("session_ended_meanwhile");
        assertThat(accounts.sessions().check(other)).isInstanceOf(SessionCheck.Refused.class);
        assertThat(changes).singleElement().isInstanceOfSatisfying(PasswordChangeResult.Changed.class, changed -> {
            String fresh = changed.token().orElseThrow().reveal();
            assertThat(accounts.sessions().check(fresh)).isInstanceOf(SessionCheck.Live.class);
        });
    }

    @Test
    void aProofInAnotherSessionIsDeadOnArrivalWhenThePasswordChanges() {
        String other = signedIn(accounts, SessionOptions.none());
        faults.breakDown("tokens.deleteByUser");
        faults.before("tokens.rotate", () -> {
            var unused = accounts.passwords().change(token, RawPassword.ofString(PASSWORD), RawPassword.ofString(NEXT));
        });

        ReauthenticationResult late = reauthenticate(other, PASSWORD);

        assertThat(late).isInstanceOfSatisfying(ReauthenticationResult.Reauthenticated.class, proved -> assertThat(
                        accounts.sessions().check(proved.token().reveal()))
                .isEqualTo(new SessionCheck.Refused(SessionRefusal.REVOKED)));
    }

    @Test
    void aStoreThatFailsProvesNothing() {
        for (String verb : List.of("tokens.find", "attempts.record", "tokens.rotate")) {
            faults.breakDown(verb);
            assertThatExceptionOfType(StoreException.class).as(verb).isThrownBy(() -> reauthenticate(token, PASSWORD));
            faults.mend(verb);
            assertThat(accounts.sessions().check(token)).as(verb).isInstanceOf(SessionCheck.Live.class);
        }
        faults.loseAnswerOf("tokens.rotate");
        assertThat(reauthenticate(token, PASSWORD)).isInstanceOf(ReauthenticationResult.Reauthenticated.class);
    }

    @Test
    void aRememberedSessionIsToldFromOthersAndKeepsSoOverAProof() {
        String remembered =
                signedIn(accounts, SessionOptions.none().label("laptop").remembered());

        assertThat(accounts.sessions().list(user.id()))
                .extracting(Session::remembered)
                .containsExactlyInAnyOrder(false, true);
        assertThat(reauthenticate(remembered, PASSWORD))
                .isInstanceOfSatisfying(ReauthenticationResult.Reauthenticated.class, proved -> {
                    assertThat(proved.session().remembered()).isTrue();
                    assertThat(proved.session().label()).contains("laptop");
                });
    }

    @Test
    void aShorterPolicyMakesNoOrdinarySessionARememberedOne() {
        SessionPolicy shorter = DEFAULTS.withTimeouts(Duration.ofHours(1), Duration.ofHours(12));
        String remembered = signedIn(accounts, SessionOptions.none().remembered());
        clock.advance(Duration.ofHours(1));

        assertThat(open().sessionPolicy(shorter).build().sessions().check(token))
                .isEqualTo(new SessionCheck.Refused(SessionRefusal.EXPIRED));
        assertThat(open().sessionPolicy(shorter).build().sessions().check(remembered))
                .isInstanceOf(SessionCheck.Live.class);
    }

    @Test
    void aLongerPolicyHoldsEarlierRememberedSessionsToTheOrdinaryIdleTimeout() {
        SessionPolicy longer = DEFAULTS.withRememberedTimeouts(Duration.ofDays(30), Duration.ofDays(120));
        String remembered = signedIn(accounts, SessionOptions.none().remembered());
        clock.advance(DEFAULTS.idleTimeout());

        assertThat(open().sessionPolicy(longer).build().sessions().check(remembered))
                .isEqualTo(new SessionCheck.Refused(SessionRefusal.EXPIRED));
        assertThat(accounts.sessions().check(remembered)).isInstanceOf(SessionCheck.Live.class);
    }

    private Accounts.Builder open() {
        return Accounts.builder(faults.stores())
                .hasher(hasher)
                .clock(clock)
                .allowUnconfirmedSignIn()
                .revealTakenEmail()
                .listener(events::add);
    }

    private Session only(Accounts rules) {
        List<Session> all = rules.sessions().list(user.id());
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static String signedIn(Accounts rules, SessionOptions options) {
        SignInResult result = rules.signIn().withPassword(EMAIL, RawPassword.ofString(PASSWORD), options);
        return ((SignInResult.SignedIn) result).token().reveal();
    }

    private static boolean signInRefused(Accounts rules) {
        return rules.signIn().withPassword(EMAIL, RawPassword.ofString(PASSWORD)) instanceof SignInResult.Refused;
    }

    private ReauthenticationResult reauthenticate(String presented, String password) {
        return accounts.sessions().reauthenticate(presented, RawPassword.ofString(password));
    }

    private static ReauthenticationRefusal refusal(ReauthenticationResult result) {
        assertThat(result).isInstanceOf(ReauthenticationResult.Refused.class);
        return ((ReauthenticationResult.Refused) result).reason();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
