package dev.minotaur.auth.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AuthEvent;
import dev.minotaur.auth.PasswordChangeResult;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SessionOptions;
import dev.minotaur.auth.SessionPolicy;
import dev.minotaur.auth.SessionRefusal;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.User;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How secrets of sessions are renewed: what is written and told, and what a store that fails makes of it. */
class SessionRenewalTest {

    private static final String EMAIL = "ada@example.com";
    private static final String PASSWORD = "correct horse battery";
    private static final String NEXT = "correct horse staple!";
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final Instant DUE = NOW.plus(HOUR);
    private static final SessionPolicy RENEWING = SessionPolicy.defaults().withRenewal(HOUR, GRACE);

    private final InMemoryAuthStores real = InMemoryAuthStores.create();
    private final Faults faults = new Faults(real);
    private final MutableClock clock = new MutableClock(NOW);
    private final List<AuthEvent> events = new ArrayList<>();
    private final Accounts accounts = open(RENEWING);
    private User user;
    private String token;

    @BeforeEach
    void signIn() {
        RegistrationResult result = accounts.registration().registerUnconfirmed(EMAIL, RawPassword.ofString(PASSWORD));
        user = ((RegistrationResult.Registered) result).user();
        token = signedIn(SessionOptions.none());
        clock.set(DUE);
        events.clear();
        assertThat(faults.calls()).isNotEmpty();
    }

    @Test
    void aRenewalIsOneReadAndOneWriteAndIsTold() {
        String fresh = renewed(token);

        assertThat(faults.calls()).containsExactly("tokens.find", "users.findById", "tokens.rotate");
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(AuthEvent.Type.SESSION_RENEWED);
            assertThat(event.reason()).contains("due");
            assertThat(event.user()).contains(user.id());
            assertThat(event.session()).contains(stored().id());
        });
        assertThat(fresh).isNotEqualTo(token);
    }

    @Test
    void withoutRenewalNothingIsRenewedAndAFormerSecretEndsNothing() {
        Accounts without = open(SessionPolicy.defaults());
        assertThat(live(without, token).renewed()).isEmpty();
        String fresh = renewed(token);
        clock.advance(HOUR);

        assertThat(without.sessions().check(token)).isEqualTo(new SessionCheck.Refused(SessionRefusal.INVALID));
        assertThat(without.sessions().end(token)).isFalse();
        assertThat(live(without, fresh).renewed()).isEmpty();
        assertThat(types()).doesNotContain(AuthEvent.Type.AUTHN_TOKEN_REUSE);
    }

    @Test
    void theFirstUseOfAFreshSecretIsWrittenAtOnceAndNoOther() {
        String fresh = renewed(token);
        assertThat(stored().lastUsedAt()).isEqualTo(DUE);
        var unused = faults.calls();

        assertThat(live(accounts, token).renewed()).isEmpty();
        assertThat(faults.calls()).doesNotContain("tokens.touch");
        clock.set(DUE.minusSeconds(5));
        for (int i = 0; i < 3; i++) {
            assertThat(live(accounts, fresh).renewed()).isEmpty();
        }
        assertThat(faults.calls()).containsOnlyOnce("tokens.touch");
        assertThat(stored().lastUsedAt()).isEqualTo(DUE.plusNanos(1000));
    }

    @Test
    void aClockThatIsBehindTheLastUseRenewsAllTheSame() {
        var unused = real.tokens().touch(stored().id(), DUE.plusSeconds(7));

        String fresh = renewed(token);

        assertThat(stored().rotatedAt()).contains(DUE.plusSeconds(7)).contains(stored().lastUsedAt());
        clock.set(DUE.plusSeconds(7).plus(GRACE.dividedBy(2)));
        assertThat(renewed(token)).isNotEqualTo(fresh);
    }

    @Test
    void whoLostTheAnswerIsGivenAnotherOneOnce() {
        String lost = renewed(token);
        StoredToken before = stored();
        clock.set(DUE.plus(GRACE.dividedBy(2)).minusNanos(1000));
        assertThat(live(accounts, token).renewed()).isEmpty();
        clock.set(DUE.plus(GRACE.dividedBy(2)));

        String second = renewed(token);

        assertThat(stored().previousDigest()).isEqualTo(before.previousDigest());
        assertThat(stored().rotatedAt()).isEqualTo(before.rotatedAt());
        assertThat(events.get(events.size() - 1).reason()).contains("answer_lost");
        assertThat(live(accounts, token).renewed()).isEmpty();
        assertThat(live(accounts, second).renewed()).isEmpty();
        assertThat(accounts.sessions().check(lost)).isEqualTo(new SessionCheck.Refused(SessionRefusal.INVALID));
        assertThat(live(accounts, second).renewed()).isEmpty();
    }

    @Test
    void aSecretThatIsReusedIsToldAndEndsItsSession() {
        String fresh = renewed(token);
        clock.set(DUE.plus(GRACE));
        events.clear();

        assertThat(accounts.sessions().check(token)).isEqualTo(new SessionCheck.Refused(SessionRefusal.INVALID));

        assertThat(types()).containsExactly(AuthEvent.Type.AUTHN_TOKEN_REUSE, AuthEvent.Type.AUTHN_TOKEN_REVOKED);
        assertThat(events).allMatch(event -> event.user().equals(Optional.of(user.id())));
        assertThat(events.get(1).reason()).contains("reused");
        assertThat(accounts.sessions().check(fresh)).isEqualTo(new SessionCheck.Refused(SessionRefusal.INVALID));
        assertThat(accounts.sessions().check(token)).isEqualTo(new SessionCheck.Refused(SessionRefusal.INVALID));
        assertThat(events).hasSize(2);
    }

    @Test
    void aReusedSecretIsToldWhereverItIsPresented() {
        List<Runnable> doors = List.of(
                () -> assertThat(accounts.sessions().end(token)).isTrue(),
                () -> assertThat(change(token)).isInstanceOf(PasswordChangeResult.Refused.class),
                () -> assertThat(signedIn(SessionOptions.none().replacing(token)))
                        .isNotEmpty());
        for (Runnable door : doors) {
            String fresh = renewed(token);
            clock.advance(GRACE);
            events.clear();
            door.run();
            assertThat(types()).contains(AuthEvent.Type.AUTHN_TOKEN_REUSE);
            assertThat(accounts.sessions().check(fresh)).isInstanceOf(SessionCheck.Refused.class);
            token = signedIn(SessionOptions.none());
            clock.advance(HOUR);
        }
    }

    @Test
    void aReusedSecretWhoseSessionCannotBeEndedIsNoAnswer() {
        String fresh = renewed(token);
        clock.set(DUE.plus(GRACE));
        faults.breakDown("tokens.delete");

        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> accounts.sessions().check(token));
        assertThat(types()).contains(AuthEvent.Type.AUTHN_TOKEN_REUSE);

        faults.mend("tokens.delete");
        assertThat(accounts.sessions().check(token)).isInstanceOf(SessionCheck.Refused.class);
        assertThat(accounts.sessions().check(fresh)).isInstanceOf(SessionCheck.Refused.class);
    }

    @Test
    void aStoreThatCannotRenewRefusesNobodyAndIsTouchedInstead() {
        faults.breakDown("tokens.rotate");

        assertThat(live(accounts, token).renewed()).isEmpty();

        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.type()).isEqualTo(AuthEvent.Type.SYS_HOUSEKEEPING_FAIL);
            assertThat(event.reason()).contains("renew");
        });
        assertThat(stored().lastUsedAt()).isEqualTo(DUE);
        faults.mend("tokens.rotate");
        assertThat(renewed(token)).isNotEmpty();
    }

    @Test
    void aRenewalThatTheStoreDoesNotAnswerIsFoundOut() {
        faults.loseAnswerOf("tokens.rotate");
        assertThat(live(accounts, renewed(token)).renewed()).isEmpty();
    }

    @Test
    void aRenewalThatNobodyCanTellOfIsSurvived() {
        faults.loseAnswerOf("tokens.rotate");
        faults.onceThen("tokens.rotate", () -> faults.breakDown("tokens.find"));

        assertThat(live(accounts, token).renewed()).isEmpty();
        faults.mend("tokens.find");
        assertThat(stored().previousDigest()).isPresent();

        clock.set(DUE.plus(GRACE.dividedBy(2)));
        assertThat(live(accounts, renewed(token)).renewed()).isEmpty();
    }

    @Test
    void aSessionThatIsRenewedWhileItIsEndedIsEnded() {
        List<String> fresh = new ArrayList<>();
        faults.before("tokens.consume", () -> fresh.add(renewed(token)));

        assertThat(accounts.sessions().end(token)).isTrue();

        assertThat(accounts.sessions().check(fresh.get(0))).isInstanceOf(SessionCheck.Refused.class);
        assertThat(accounts.sessions().end(token)).isFalse();
    }

    @Test
    void aSignInReplacesASessionThatWasRenewed() {
        String fresh = renewed(token);

        assertThat(signedIn(SessionOptions.none().replacing(token))).isNotEmpty();

        assertThat(accounts.sessions().check(fresh)).isInstanceOf(SessionCheck.Refused.class);
        assertThat(accounts.sessions().list(user.id())).hasSize(1);
    }

    @Test
    void aPasswordChangeGoesOnOverARenewal() {
        List<String> meanwhile = new ArrayList<>();
        faults.before("attempts.record", () -> meanwhile.add(renewed(token)));

        PasswordChangeResult.Changed changed = (PasswordChangeResult.Changed) change(token);

        String fresh = changed.token().orElseThrow().reveal();
        assertThat(live(accounts, fresh).renewed()).isEmpty();
        assertThat(stored().previousDigest()).isEmpty();
        for (String dead : List.of(token, meanwhile.get(0))) {
            assertThat(accounts.sessions().check(dead)).isEqualTo(new SessionCheck.Refused(SessionRefusal.INVALID));
        }
        assertThat(live(accounts, fresh).renewed()).isEmpty();
    }

    private Accounts open(SessionPolicy policy) {
        return Accounts.builder(faults.stores())
                .hasher(new CountingHasher())
                .clock(clock)
                .sessionPolicy(policy)
                .allowUnconfirmedSignIn()
                .revealTakenEmail()
                .listener(events::add)
                .build();
    }

    private StoredToken stored() {
        return real.tokens().listByUser(user.id(), TokenPurpose.SESSION).get(0);
    }

    private List<AuthEvent.Type> types() {
        return events.stream().map(AuthEvent::type).toList();
    }

    private String signedIn(SessionOptions options) {
        SignInResult result = accounts.signIn().withPassword(EMAIL, RawPassword.ofString(PASSWORD), options);
        return ((SignInResult.SignedIn) result).token().reveal();
    }

    private PasswordChangeResult change(String presented) {
        return accounts.passwords().change(presented, RawPassword.ofString(PASSWORD), RawPassword.ofString(NEXT));
    }

    private static SessionCheck.Live live(Accounts accounts, String presented) {
        SessionCheck check = accounts.sessions().check(presented);
        assertThat(check).isInstanceOf(SessionCheck.Live.class);
        return (SessionCheck.Live) check;
    }

    private String renewed(String presented) {
        return live(accounts, presented).renewed().orElseThrow().reveal();
    }
}
