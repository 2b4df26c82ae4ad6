package dev.minotaur.auth.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AuthEvent;
import dev.minotaur.auth.LinkPolicy;
import dev.minotaur.auth.LinkRequest;
import dev.minotaur.auth.PasswordResetResult;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the listener is told of links: ids and words, never an address or a secret. */
class EventsTest {

    private static final String EMAIL = "Ada@Example.com";
    private static final RawPassword PASSWORD = RawPassword.ofString("correct horse battery");
    private static final RawPassword NEXT = RawPassword.ofString("correct horse staple!");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final InMemoryAuthStores stores = InMemoryAuthStores.create();
    private final MutableClock clock = new MutableClock(NOW);
    private final Mails mails = new Mails();
    private final List<AuthEvent> events = new ArrayList<>();
    private final Accounts accounts = settings().build();

    @Test
    void aSignUpIsToldByIds() {
        String token = signUpLink(accounts);
        UserId user = confirmed(accounts, token);
        assertThat(accounts.signUp().confirm(token, PASSWORD)).isInstanceOf(RegistrationResult.Refused.class);
        assertThat(accounts.signUp().request(EMAIL)).isInstanceOf(LinkRequest.Refused.class);

        String link = idOf(0);
        assertThat(lines())
                .containsExactly(
                        "authn_token_created session=" + link + " reason=sign_up",
                        "user_created user=" + user,
                        "authn_link_fail reason=sign_up",
                        "excess_rate_limit_exceeded reason=sign_up");
        expectNoSecret(token);
    }

    @Test
    void aResetIsToldByIds() {
        UserId user = confirmed(accounts, signUpLink(accounts));
        events.clear();
        String token = resetLink(accounts);
        assertThat(accounts.passwordReset().use(token, NEXT)).isInstanceOf(PasswordResetResult.Reset.class);
        assertThat(accounts.passwordReset().use(token, NEXT)).isInstanceOf(PasswordResetResult.Refused.class);
        assertThat(accounts.passwordReset().request(EMAIL)).isInstanceOf(LinkRequest.Refused.class);

        String link = idOf(0);
        assertThat(lines())
                .containsSubsequence(
                        "authn_token_created user=" + user + " session=" + link + " reason=password_reset",
                        "authn_password_change user=" + user + " session=" + link + " reason=reset",
                        "authn_link_fail reason=password_reset",
                        "excess_rate_limit_exceeded reason=password_reset");
        expectNoSecret(token);
    }

    @Test
    void eachEventOfAClientSaysWhoItWas() {
        Accounts client = accounts.forClient("192.0.2.1\r\nuser_created user=7");
        String token = signUpLink(client);
        var unused = confirmed(client, token);
        var refused = client.passwordReset().use("nonsense", NEXT);

        assertThat(refused).isInstanceOf(PasswordResetResult.Refused.class);
        assertThat(events).hasSize(3).allMatch(event -> event.client()
                .equals(Optional.of("192.0.2.1\\u000d\\u000auser_created\\u0020user=7")));
        assertThat(lines()).noneMatch(line -> line.contains("\n") || line.contains("\r"));
    }

    @Test
    void aListenerThatThrowsAnythingChangesNothing() {
        Accounts deaf = settings()
                .listener(event -> {
                    throw new NoClassDefFoundError("org/example/Logger");
                })
                .build();
        String token = signUpLink(deaf);
        assertThat(deaf.signUp().confirm(token, PASSWORD)).isInstanceOf(RegistrationResult.Registered.class);
        Accounts dying = settings()
                .listener(event -> {
                    throw new InternalError("the machine");
                })
                .build();
        assertThatExceptionOfType(InternalError.class)
                .isThrownBy(() -> dying.signIn().withPassword(EMAIL, RawPassword.ofString("wrong")));
    }

    @Test
    void whatIsForAClientClosesNothing() {
        try (Accounts client = accounts.forClient("192.0.2.1")) {
            assertThat(client.signUp().look("nonsense")).isEmpty();
        }
        assertThat(accounts.signUp().look("nonsense")).isEmpty();
        Accounts client = accounts.forClient("192.0.2.1");
        accounts.close();
        assertThatIllegalStateException().isThrownBy(() -> client.signUp().look("nonsense"));
    }

    @Test
    void eventsOfOthersSayNothingOfAClient() {
        Accounts client = accounts.forClient("192.0.2.1");
        Accounts other = client.forClient("192.0.2.2");
        for (Accounts one : List.of(accounts, client, other)) {
            var refused = one.passwordReset().use("nonsense", NEXT);
            assertThat(refused).isInstanceOf(PasswordResetResult.Refused.class);
        }

        assertThat(events)
                .extracting(AuthEvent::client)
                .containsExactly(Optional.empty(), Optional.of("192.0.2.1"), Optional.of("192.0.2.2"));
    }

    @Test
    void aClientSharesAllElse() {
        Accounts client = accounts.forClient("192.0.2.1");
        String token = signUpLink(client);
        assertThat(accounts.signUp().request(EMAIL)).isInstanceOf(LinkRequest.Refused.class);
        assertThat(accounts.signUp().look(token)).isEqualTo(client.signUp().look(token));
        accounts.close();

        assertThatIllegalStateException().isThrownBy(() -> accounts.signUp().request(EMAIL));
        assertThatIllegalStateException().isThrownBy(() -> accounts.forClient("192.0.2.1"));
        for (Accounts closed : List.of(accounts, client)) {
            assertThatIllegalStateException().isThrownBy(() -> closed.signUp().look(token));
            assertThatIllegalStateException().isThrownBy(() -> closed.signUp().confirm(token, PASSWORD));
            assertThatIllegalStateException()
                    .isThrownBy(() -> closed.passwordReset().request(EMAIL));
            assertThatIllegalStateException()
                    .isThrownBy(() -> closed.passwordReset().look(token));
            assertThatIllegalStateException()
                    .isThrownBy(() -> closed.passwordReset().use(token, NEXT));
        }
    }

    @Test
    void aListenerThatThrowsChangesNothing() {
        Accounts loud = settings()
                .linkPolicy(LinkPolicy.defaults().withLimit(Duration.ZERO, 5, Duration.ofHours(1)))
                .listener(event -> {
                    throw new IllegalStateException("the log is full");
                })
                .build();
        var unused = confirmed(loud, signUpLink(loud));
        assertThat(loud.passwordReset().use("nonsense", NEXT)).isInstanceOf(PasswordResetResult.Refused.class);
        assertThat(loud.passwordReset().use(resetLink(loud), NEXT)).isInstanceOf(PasswordResetResult.Reset.class);
        assertThat(mails.all()).hasSize(3);
    }

    private void expectNoSecret(String token) {
        assertThat(lines())
                .noneMatch(line -> line.contains("@")
                        || line.toLowerCase(Locale.ROOT).contains("example")
                        || line.contains(token)
                        || line.contains(token.substring(24)));
    }

    private String idOf(int event) {
        return events.get(event).session().orElseThrow().toString();
    }

    private List<String> lines() {
        return events.stream().map(AuthEvent::toString).toList();
    }

    private String signUpLink(Accounts over) {
        assertThat(over.signUp().request(EMAIL)).isEqualTo(new LinkRequest.Accepted());
        return mails.token();
    }

    private String resetLink(Accounts over) {
        assertThat(over.passwordReset().request(EMAIL)).isEqualTo(new LinkRequest.Accepted());
        return mails.token();
    }

    private static UserId confirmed(Accounts over, String token) {
        return ((RegistrationResult.Registered) over.signUp().confirm(token, PASSWORD))
                .user()
                .id();
    }

    private Accounts.Builder settings() {
        return Accounts.builder(stores)
                .hasher(new CountingHasher())
                .clock(clock)
                .listener(events::add)
                .mailer(mails)
                .executor(Runnable::run);
    }
}
