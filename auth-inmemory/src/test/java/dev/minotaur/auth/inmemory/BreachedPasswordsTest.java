package dev.minotaur.auth.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AuthEvent;
import dev.minotaur.auth.LinkRequest;
import dev.minotaur.auth.PasswordChangeRefusal;
import dev.minotaur.auth.PasswordChangeResult;
import dev.minotaur.auth.PasswordResetRefusal;
import dev.minotaur.auth.PasswordResetResult;
import dev.minotaur.auth.RegistrationRefusal;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.password.BreachCheck;
import dev.minotaur.auth.password.PasswordPolicy;
import dev.minotaur.auth.password.PasswordProblem;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.testkit.MutableClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Where and when a breach check is asked, and what its answer does. */
class BreachedPasswordsTest {

    private static final String EMAIL = "ada@example.com";
    private static final RawPassword PASSWORD = RawPassword.ofString("correct horse battery");
    private static final RawPassword BREACHED = RawPassword.ofString("breached horse battery");
    private static final RawPassword NEXT = RawPassword.ofString("correct horse staple!");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final InMemoryAuthStores stores = InMemoryAuthStores.create();
    private final MutableClock clock = new MutableClock(NOW);
    private final CountingHasher hasher = new CountingHasher();
    private final Mails mails = new Mails();
    private final List<AuthEvent> events = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final Accounts accounts = asking(password -> {
        String text = new String(password.utf8(), StandardCharsets.UTF_8);
        asked.add(text);
        return text.startsWith("breached");
    });

    @Test
    void aSignUpIsRefusedAndItsLinkStaysGood() {
        String token = signUpLink();
        assertThat(accounts.signUp().confirm(token, BREACHED)).isEqualTo(notRegistered(PasswordProblem.BREACHED));
        assertThat(accounts.administration().find(EMAIL)).isEmpty();
        assertThat(accounts.signUp().confirm(token, PASSWORD)).isInstanceOf(RegistrationResult.Registered.class);
        assertThat(asked).containsExactly("breached horse battery", "correct horse battery");
    }

    @Test
    void aRegistrationInTheOpenFormIsRefused() {
        assertThat(accounts.registration().registerUnconfirmed(EMAIL, BREACHED))
                .isEqualTo(notRegistered(PasswordProblem.BREACHED));
        assertThat(accounts.administration().find(EMAIL)).isEmpty();
    }

    @Test
    void aResetIsRefusedAndItsLinkStaysGood() {
        UserRecord before = registered();
        String token = resetLink();
        assertThat(accounts.passwordReset().use(token, BREACHED)).isEqualTo(notReset(PasswordProblem.BREACHED));
        assertThat(stores.users().findById(before.id())).contains(before);
        assertThat(accounts.passwordReset().use(token, NEXT)).isInstanceOf(PasswordResetResult.Reset.class);
    }

    @Test
    void aChangeIsRefusedAndTheSessionGoesOn() {
        UserRecord before = registered();
        String token = signedIn();
        assertThat(accounts.passwords().change(token, PASSWORD, BREACHED))
                .isEqualTo(notChanged(PasswordProblem.BREACHED));
        assertThat(stores.users().findById(before.id())).contains(before);
        assertThat(accounts.passwords().change(token, PASSWORD, NEXT)).isInstanceOf(PasswordChangeResult.Changed.class);
    }

    @Test
    void nobodyIsAskedAboutAPasswordThatIsRefusedAnyway() {
        var unused = registered();
        String token = signedIn();
        String link = resetLink();
        asked.clear();
        for (String refused : List.of("short", "passwordpassword", "ada@example.com2026", "x".repeat(73))) {
            try (RawPassword password = RawPassword.ofString(refused)) {
                assertThat(accounts.passwords().change(token, PASSWORD, password))
                        .isInstanceOf(PasswordChangeResult.Refused.class);
                assertThat(accounts.passwordReset().use(link, password))
                        .isInstanceOf(PasswordResetResult.Refused.class);
                assertThat(accounts.registration().registerUnconfirmed("ada@example.com", password))
                        .isInstanceOf(RegistrationResult.Refused.class);
            }
        }
        assertThat(asked).isEmpty();
    }

    @Test
    void nobodyIsAskedForWhoHasShownNothing() {
        var unused = registered();
        String token = signedIn();
        asked.clear();
        assertThat(accounts.signUp().confirm("x".repeat(64), BREACHED)).isInstanceOf(RegistrationResult.Refused.class);
        assertThat(accounts.passwordReset().use("x".repeat(64), BREACHED))
                .isEqualTo(new PasswordResetResult.Refused(
                        PasswordResetRefusal.LINK_NOT_GOOD, Optional.empty(), Optional.empty()));
        assertThat(accounts.passwords().change("x".repeat(64), PASSWORD, BREACHED))
                .isInstanceOf(PasswordChangeResult.Refused.class);
        assertThat(accounts.passwords().change(token, NEXT, BREACHED))
                .isEqualTo(new PasswordChangeResult.Refused(
                        PasswordChangeRefusal.WRONG_PASSWORD, Optional.empty(), Optional.empty()));
        assertThat(asked).isEmpty();
    }

    @Test
    void aBusyMachineAsksNobody() {
        String link = signUpLink();
        Accounts inside = settings(policyOf(password -> asked.add("never")))
                .hashingLimit(1, Duration.ZERO)
                .build();
        hasher.first(() -> {
            hasher.first(() -> {});
            assertThat(inside.signUp().confirm(link, PASSWORD))
                    .isEqualTo(new RegistrationResult.Refused(
                            RegistrationRefusal.BUSY, Optional.empty(), Optional.of(Duration.ofSeconds(1))));
        });
        assertThat(inside.signIn().withPassword(EMAIL, PASSWORD)).isInstanceOf(SignInResult.Refused.class);
        assertThat(asked).isEmpty();
    }

    /** With one turn to hash, which a check that kept it would keep from the sign-ins inside. */
    @Test
    void theCheckKeepsNobodyFromHashing() {
        var unused = registered();
        Accounts[] busy = new Accounts[1];
        busy[0] = settings(policyOf(password -> {
                    asked.add(
                            busy[0].signIn().withPassword(EMAIL, PASSWORD) instanceof SignInResult.SignedIn
                                    ? "signed in"
                                    : "refused");
                    return false;
                }))
                .hashingLimit(1, Duration.ZERO)
                .build();
        String token = signedIn();
        String signUp = signUpLink("grace@example.com");
        String reset = resetLink();
        asked.clear();
        assertThat(busy[0].signUp().confirm(signUp, PASSWORD)).isInstanceOf(RegistrationResult.Registered.class);
        assertThat(busy[0].registration().registerUnconfirmed("joan@example.com", PASSWORD))
                .isInstanceOf(RegistrationResult.Registered.class);
        assertThat(busy[0].passwords().change(token, PASSWORD, PASSWORD))
                .isInstanceOf(PasswordChangeResult.Changed.class);
        assertThat(busy[0].passwordReset().use(reset, PASSWORD)).isInstanceOf(PasswordResetResult.Refused.class);
        assertThat(busy[0].passwordReset().use(resetLink(), PASSWORD)).isInstanceOf(PasswordResetResult.Reset.class);
        assertThat(asked).containsExactly("signed in", "signed in", "signed in", "signed in");
    }

    @Test
    void aCheckThatFailsRefusesAndTheOperatorLearnsOfIt() {
        UserRecord before = registered();
        String token = signedIn();
        String link = resetLink();
        Accounts failing = asking(BreachedPasswordsTest::fails);
        events.clear();
        assertThat(failing.registration().registerUnconfirmed("grace@example.com", NEXT))
                .isEqualTo(notRegistered(PasswordProblem.UNCHECKED));
        assertThat(failing.passwordReset().use(link, NEXT)).isEqualTo(notReset(PasswordProblem.UNCHECKED));
        assertThat(failing.passwords().change(token, PASSWORD, NEXT)).isEqualTo(notChanged(PasswordProblem.UNCHECKED));
        assertThat(stores.users().findById(before.id())).contains(before);
        assertThat(told())
                .containsExactly(
                        "sys_breach_check_fail refused",
                        "sys_breach_check_fail refused " + before.id(),
                        "sys_breach_check_fail refused " + before.id());
    }

    @Test
    void aCheckThatFailsIsNoObstacleWhereThatIsAllowed() {
        UserRecord before = registered();
        String token = signedIn();
        Accounts lax = settings(policyOf(BreachedPasswordsTest::fails).allowUnchecked())
                .build();
        events.clear();
        assertThat(lax.passwords().change(token, PASSWORD, NEXT)).isInstanceOf(PasswordChangeResult.Changed.class);
        assertThat(told()).contains("sys_breach_check_fail accepted " + before.id());
        Accounts answering =
                settings(policyOf(password -> true).allowUnchecked()).build();
        assertThat(answering.registration().registerUnconfirmed("grace@example.com", NEXT))
                .isEqualTo(notRegistered(PasswordProblem.BREACHED));
    }

    private static boolean fails(RawPassword password) throws IOException {
        throw new IOException("planted");
    }

    private List<String> told() {
        return events.stream()
                .filter(event -> event.type() == AuthEvent.Type.SYS_BREACH_CHECK_FAIL)
                .map(event -> event.type().code() + " " + event.reason().orElse("")
                        + event.user().map(id -> " " + id).orElse(""))
                .toList();
    }

    private static PasswordPolicy policyOf(BreachCheck check) {
        return PasswordPolicy.soleFactor().withBreachCheck(check, Duration.ofSeconds(20));
    }

    private Accounts asking(BreachCheck check) {
        return settings(policyOf(check)).build();
    }

    private Accounts.Builder settings(PasswordPolicy policy) {
        return Accounts.builder(stores)
                .hasher(hasher)
                .clock(clock)
                .allowUnconfirmedSignIn()
                .revealTakenEmail()
                .listener(events::add)
                .mailer(mails)
                .executor(Runnable::run)
                .passwordPolicy(policy);
    }

    private UserRecord registered() {
        assertThat(accounts.registration().registerUnconfirmed(EMAIL, PASSWORD))
                .isInstanceOf(RegistrationResult.Registered.class);
        return stores.users().findByEmail(EMAIL).orElseThrow();
    }

    private String signedIn() {
        SignInResult result = accounts.signIn().withPassword(EMAIL, PASSWORD);
        assertThat(result).isInstanceOf(SignInResult.SignedIn.class);
        return ((SignInResult.SignedIn) result).token().reveal();
    }

    private String signUpLink() {
        return signUpLink(EMAIL);
    }

    private String signUpLink(String email) {
        assertThat(accounts.signUp().request(email)).isInstanceOf(LinkRequest.Accepted.class);
        return mails.token();
    }

    private String resetLink() {
        clock.advance(Duration.ofMinutes(2));
        assertThat(accounts.passwordReset().request(EMAIL)).isInstanceOf(LinkRequest.Accepted.class);
        return mails.token();
    }

    private static RegistrationResult notRegistered(PasswordProblem problem) {
        return new RegistrationResult.Refused(
                RegistrationRefusal.PASSWORD_NOT_ACCEPTED, Optional.of(problem), Optional.empty());
    }

    private static PasswordResetResult notReset(PasswordProblem problem) {
        return new PasswordResetResult.Refused(
                PasswordResetRefusal.PASSWORD_NOT_ACCEPTED, Optional.of(problem), Optional.empty());
    }

    private static PasswordChangeResult notChanged(PasswordProblem problem) {
        return new PasswordChangeResult.Refused(
                PasswordChangeRefusal.PASSWORD_NOT_ACCEPTED, Optional.of(problem), Optional.empty());
    }
}
