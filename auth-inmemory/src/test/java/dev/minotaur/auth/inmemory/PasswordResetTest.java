package dev.minotaur.auth.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AuthEvent;
import dev.minotaur.auth.EmailPolicy;
import dev.minotaur.auth.LinkRequest;
import dev.minotaur.auth.PasswordResetRefusal;
import dev.minotaur.auth.PasswordResetResult;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A reset by a link: what options, operators and failures make of it. The rules over stores are in the kit. */
class PasswordResetTest {

    private static final String EMAIL = "Ada@Example.com";
    private static final RawPassword PASSWORD = RawPassword.ofString("correct horse battery");
    private static final RawPassword NEXT = RawPassword.ofString("correct horse staple!");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final InMemoryAuthStores real = InMemoryAuthStores.create();
    private final Faults faults = new Faults(real);
    private final MutableClock clock = new MutableClock(NOW);
    private final CountingHasher hasher = new CountingHasher();
    private final Mails mails = new Mails();
    private final List<AuthEvent> events = new ArrayList<>();
    private final Accounts accounts = settings().build();

    @Test
    void withoutAMailerNoLinkIsAskedFor() {
        UserId id = registered(EMAIL);
        Accounts silent = Accounts.builder(faults.stores()).build();
        assertThat(faults.calls()).isNotEmpty();

        assertThatIllegalStateException()
                .isThrownBy(() -> silent.passwordReset().request(EMAIL));
        assertThatIllegalStateException()
                .isThrownBy(() -> silent.administration().startReset(id));
        assertThat(faults.calls()).isEmpty();
    }

    @Test
    void withoutAMailerALinkThatIsOutWorksAndNobodyIsTold() {
        registered(EMAIL);
        String token = link();
        Accounts silent = Accounts.builder(faults.stores())
                .hasher(hasher)
                .clock(clock)
                .listener(events::add)
                .build();

        assertThat(refusal(silent.passwordReset().use(token, NEXT))).isEmpty();
        assertThat(mails.all()).hasSize(1);
        assertThat(types()).doesNotContain(AuthEvent.Type.SYS_MAIL_FAIL);
    }

    @Test
    void anOperatorStartsAResetForWhoIsActiveAndBeyondTheLimit() {
        UserId id = registered(EMAIL);
        for (int i = 0; i < 7; i++) {
            assertThat(accounts.administration().startReset(id)).isTrue();
        }
        assertThat(mails.all()).hasSize(7).allMatch(MailMessage.PasswordResetLink.class::isInstance);
        assertThat(accounts.passwordReset().request(EMAIL)).isEqualTo(new LinkRequest.Accepted());
        assertThat(accounts.administration().startReset(id)).isTrue();
        assertThat(refusal(accounts.passwordReset().use(mails.token(), NEXT))).isEmpty();
    }

    @Test
    void anOperatorsLinkThatHasNoPlaceEndsNoOther() {
        UserId id = registered(EMAIL);
        List<Runnable> later = new ArrayList<>();
        Accounts full = settings().mailsWaiting(1).executor(later::add).build();

        assertThat(full.administration().startReset(id)).isTrue();
        assertThat(full.administration().startReset(id)).isFalse();

        later.forEach(Runnable::run);
        assertThat(accounts.passwordReset().look(mails.token())).isPresent();
    }

    @Test
    void anOperatorStartsNoResetForWhoIsDisabledOrAbsent() {
        UserId id = registered(EMAIL);
        assertThat(accounts.administration().disable(id)).isPresent();

        assertThat(accounts.administration().startReset(id)).isFalse();
        assertThat(accounts.administration().startReset(new UserId(UUID.randomUUID())))
                .isFalse();
        assertThat(mails.all()).isEmpty();
    }

    @Test
    void aLinkWorksForAStoredAddressThatThePolicyNoLongerAccepts() {
        Accounts wide =
                settings().emailPolicy(EmailPolicy.allowNonAsciiLocalPart()).build();
        var registered = wide.registration().registerUnconfirmed("j\u00f6rg@example.com", PASSWORD);
        assertThat(registered).isInstanceOf(RegistrationResult.Registered.class);
        assertThat(wide.passwordReset().request("j\u00f6rg@example.com")).isEqualTo(new LinkRequest.Accepted());
        String token = mails.token();

        assertThat(accounts.passwordReset().look(token).orElseThrow().email().entered())
                .isEqualTo("j\u00f6rg@example.com");
        assertThat(refusal(accounts.passwordReset().use(token, NEXT))).isEmpty();
    }

    @Test
    void aBusyMachineSaysSoAndLeavesTheLinkGood() {
        registered(EMAIL);
        String token = link();
        Accounts busy = settings().hashingLimit(1, Duration.ZERO).build();
        List<PasswordResetResult> meanwhile = new ArrayList<>();
        hasher.first(() -> {
            hasher.first(() -> {});
            meanwhile.add(busy.passwordReset().use(token, NEXT));
        });

        assertThat(refusal(busy.passwordReset().use(token, NEXT))).isEmpty();
        assertThat(meanwhile).hasSize(1).allMatch(result -> refusal(result)
                .equals(Optional.of(PasswordResetRefusal.BUSY)));
    }

    @Test
    void aLinkThatIsNotGoodIsNotHashed() {
        registered(EMAIL);
        int before = hasher.computations();

        assertThat(refusal(accounts.passwordReset().use("nonsense", NEXT)))
                .contains(PasswordResetRefusal.LINK_NOT_GOOD);
        assertThat(hasher.computations()).isEqualTo(before);
    }

    @Test
    void aResetWhoseAnswerIsLostIsKnownToBeDone() {
        registered(EMAIL);
        for (Runnable loss : List.<Runnable>of(
                () -> faults.loseAnswerOf("users.update"),
                () -> faults.loseRequestOf("users.update"),
                () -> faults.delay("users.update"))) {
            String token = link();
            loss.run();
            assertThat(refusal(accounts.passwordReset().use(token, NEXT))).isEmpty();
            assertThat(mails.all()).last().isInstanceOf(MailMessage.PasswordReset.class);
            clock.advance(Duration.ofMinutes(2));
        }
    }

    @Test
    void aResetGoesOnOverAWriteThatLeavesTheStamp() {
        UserId id = registered(EMAIL);
        String token = link();
        faults.before("users.update", () -> {
            UserRecord now = real.users().findById(id).orElseThrow();
            var unused = real.users()
                    .update(now.toBuilder().version(now.version() + 1).build(), now.version());
        });

        assertThat(refusal(accounts.passwordReset().use(token, NEXT))).isEmpty();
        assertThat(signIn(NEXT)).isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void aResetGivesWayToAWriteThatReplacesTheStamp() {
        UserId id = registered(EMAIL);
        String token = link();
        faults.before("users.update", () -> {
            var unused = settings().build().administration().disable(id);
        });

        assertThat(refusal(accounts.passwordReset().use(token, NEXT))).contains(PasswordResetRefusal.LINK_NOT_GOOD);
    }

    @Test
    void whatOnlyTidiesUpMayFailAndIsTold() {
        registered(EMAIL);
        String session = ((SignInResult.SignedIn) signIn(PASSWORD)).token().reveal();
        String token = link();
        faults.breakDown("tokens.deleteByUser");
        faults.before("users.update", () -> faults.breakDown("attempts.clear"));

        assertThat(refusal(accounts.passwordReset().use(token, NEXT))).isEmpty();
        assertThat(events)
                .filteredOn(event -> event.type() == AuthEvent.Type.SYS_HOUSEKEEPING_FAIL)
                .extracting(event -> event.reason().orElseThrow())
                .containsExactly("forget_attempts", "delete_ended");
        assertThat(accounts.sessions().check(session)).isNotInstanceOf(SessionCheck.Live.class);
        assertThat(refusal(accounts.passwordReset().use(token, PASSWORD))).contains(PasswordResetRefusal.LINK_NOT_GOOD);
    }

    @Test
    void aStoreThatIsDownIsNoAnswer() {
        registered(EMAIL);
        String token = link();
        faults.breakDown("users.update");
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> accounts.passwordReset().use(token, NEXT));
        faults.mend("users.update");

        assertThat(refusal(accounts.passwordReset().use(token, NEXT))).isEmpty();
    }

    private List<AuthEvent.Type> types() {
        return events.stream().map(AuthEvent::type).toList();
    }

    private String link() {
        assertThat(accounts.passwordReset().request(EMAIL)).isEqualTo(new LinkRequest.Accepted());
        return mails.token();
    }

    private SignInResult signIn(RawPassword password) {
        return accounts.signIn().withPassword(EMAIL, password);
    }

    private UserId registered(String email) {
        return ((RegistrationResult.Registered) accounts.registration().registerUnconfirmed(email, PASSWORD))
                .user()
                .id();
    }

    private Accounts.Builder settings() {
        return Accounts.builder(faults.stores())
                .hasher(hasher)
                .clock(clock)
                .allowUnconfirmedSignIn()
                .revealTakenEmail()
                .listener(events::add)
                .mailer(mails)
                .executor(Runnable::run);
    }

    private static Optional<PasswordResetRefusal> refusal(PasswordResetResult result) {
        return result instanceof PasswordResetResult.Refused refused ? Optional.of(refused.reason()) : Optional.empty();
    }
}
