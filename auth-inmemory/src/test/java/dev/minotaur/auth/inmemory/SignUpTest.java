package dev.minotaur.auth.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AuthEvent;
import dev.minotaur.auth.EmailPolicy;
import dev.minotaur.auth.LinkPolicy;
import dev.minotaur.auth.LinkRequest;
import dev.minotaur.auth.LinkRequestRefusal;
import dev.minotaur.auth.RegistrationRefusal;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.User;
import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Signing up by a link: what options, clocks and failures make of it. The rules over stores are in the kit. */
class SignUpTest {

    private static final String EMAIL = "Ada@Example.com";
    private static final RawPassword PASSWORD = RawPassword.ofString("correct horse battery");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final Faults faults = new Faults(InMemoryAuthStores.create());
    private final MutableClock clock = new MutableClock(NOW);
    private final CountingHasher hasher = new CountingHasher();
    private final Mails mails = new Mails();
    private final List<AuthEvent> events = new ArrayList<>();
    private final Accounts accounts = settings().build();

    @Test
    void withoutAMailerNoLinkIsAskedFor() {
        Accounts silent = Accounts.builder(faults.stores()).build();

        assertThatIllegalStateException()
                .isThrownBy(() -> silent.signUp().request(EMAIL))
                .withMessageContaining("mailer(...)");
        assertThat(faults.calls()).isEmpty();
    }

    @Test
    void anAddressThatIsNotAcceptedCostsNothing() {
        assertThat(accounts.signUp().request("not an address"))
                .isEqualTo(new LinkRequest.Refused(LinkRequestRefusal.EMAIL_NOT_ACCEPTED, Optional.empty()));
        assertThat(faults.calls()).isEmpty();
        assertThat(mails.all()).isEmpty();
    }

    @Test
    void aLinkIsVoidThatWasIssuedBeforeAnInstantThatIsDeclared() {
        String token = link();

        assertThat(settings().voidTokensIssuedBefore(NOW).build().signUp().look(token))
                .isPresent();
        Accounts later = settings().voidTokensIssuedBefore(NOW.plusNanos(1000)).build();
        assertThat(later.signUp().look(token)).isEmpty();
        assertThat(refusal(later.signUp().confirm(token, PASSWORD))).contains(RegistrationRefusal.LINK_NOT_GOOD);
    }

    @Test
    void aLinkToAnAddressThatThePolicyNoLongerAcceptsIsNotGood() {
        Accounts wide =
                settings().emailPolicy(EmailPolicy.allowNonAsciiLocalPart()).build();
        assertThat(wide.signUp().request("j\u00f6rg@example.com")).isEqualTo(new LinkRequest.Accepted());
        String token = mails.token();

        assertThat(refusal(accounts.signUp().confirm(token, PASSWORD))).contains(RegistrationRefusal.LINK_NOT_GOOD);
        assertThat(refusal(wide.signUp().confirm(token, PASSWORD))).isEmpty();
    }

    @Test
    void theLifeOfALinkIsThatOfThePolicyItWasSentUnder() {
        Accounts brief = settings()
                .linkPolicy(LinkPolicy.defaults().withSignUpLife(Duration.ofMinutes(1)))
                .build();
        var unused = brief.signUp().request(EMAIL);
        String token = mails.token();
        clock.set(NOW.plusSeconds(60).minusNanos(1000));
        assertThat(accounts.signUp().look(token)).isPresent();
        clock.set(NOW.plusSeconds(60));
        assertThat(accounts.signUp().look(token)).isEmpty();
    }

    @Test
    void aLostAnswerOfTheInsertMakesTheUserOnce() {
        for (Runnable loss : List.<Runnable>of(
                () -> faults.loseAnswerOf("users.insert"), () -> faults.loseRequestOf("users.insert"))) {
            String token = link();
            loss.run();
            RegistrationResult result = accounts.signUp().confirm(token, PASSWORD);
            assertThat(result).isInstanceOf(RegistrationResult.Registered.class);
            User user = ((RegistrationResult.Registered) result).user();
            assertThat(accounts.administration().find(EMAIL)).contains(user);
            assertThat(accounts.administration().delete(user.id())).isTrue();
            clock.advance(Duration.ofMinutes(2));
        }
    }

    @Test
    void aLinkThatCannotBeDeletedIsToldAndMakesNoSecondAccount() {
        String token = link();
        faults.breakDown("tokens.delete");
        RegistrationResult result = accounts.signUp().confirm(token, PASSWORD);
        User user = ((RegistrationResult.Registered) result).user();

        assertThat(events)
                .filteredOn(event -> event.type() == AuthEvent.Type.SYS_HOUSEKEEPING_FAIL)
                .extracting(event -> event.reason().orElseThrow())
                .containsExactly("delete_link");
        assertThat(accounts.signUp().look(token)).isPresent();
        RawPassword other = RawPassword.ofString("another long password");
        assertThat(refusal(accounts.signUp().confirm(token, "ada", other))).contains(RegistrationRefusal.EMAIL_TAKEN);
        assertThat(accounts.administration().find(EMAIL)).contains(user);
        faults.mend("tokens.delete");
        assertThat(refusal(accounts.signUp().confirm(token, other))).contains(RegistrationRefusal.EMAIL_TAKEN);
        assertThat(accounts.signUp().look(token)).isEmpty();
    }

    @Test
    void whatIsRefusedBeforeTheInsertIsNotHashed() {
        String token = link();
        int before = hasher.computations();
        assertThat(refusal(accounts.signUp().confirm("nonsense", PASSWORD)))
                .contains(RegistrationRefusal.LINK_NOT_GOOD);
        assertThat(refusal(accounts.signUp().confirm(token, "a@b", PASSWORD)))
                .contains(RegistrationRefusal.USERNAME_NOT_ACCEPTED);
        assertThat(refusal(accounts.signUp().confirm(token, RawPassword.ofString("short"))))
                .contains(RegistrationRefusal.PASSWORD_NOT_ACCEPTED);
        assertThat(hasher.computations()).isEqualTo(before);
        assertThat(refusal(accounts.signUp().confirm(token, PASSWORD))).isEmpty();
        assertThat(hasher.computations()).isEqualTo(before + 1);
    }

    @Test
    void aLinkOfAClockThatRanAheadGivesWay() {
        clock.set(NOW.plus(Duration.ofDays(2)));
        String ahead = link();
        clock.set(NOW);
        String now = link();

        assertThat(accounts.signUp().look(ahead)).isEmpty();
        assertThat(accounts.signUp().look(now)).isPresent();
    }

    @Test
    void aJobThatIsOvertakenLeavesTheNewerLink() {
        Queue<Runnable> jobs = new ArrayDeque<>();
        Accounts late = settings().executor(jobs::add).build();
        assertThat(late.signUp().request(EMAIL)).isEqualTo(new LinkRequest.Accepted());
        clock.advance(Duration.ofMinutes(2));
        String newer = link();
        jobs.remove().run();

        assertThat(mails.all()).hasSize(1);
        assertThat(accounts.signUp().look(newer)).isPresent();
        assertThat(events)
                .last()
                .extracting(AuthEvent::type, AuthEvent::reason)
                .containsExactly(AuthEvent.Type.SYS_MAIL_FAIL, Optional.of("newer_link_sent"));
    }

    private String link() {
        assertThat(accounts.signUp().request(EMAIL)).isEqualTo(new LinkRequest.Accepted());
        assertThat(mails.all()).last().isInstanceOf(MailMessage.SignUpLink.class);
        return mails.token();
    }

    private Accounts.Builder settings() {
        return Accounts.builder(faults.stores())
                .hasher(hasher)
                .clock(clock)
                .listener(events::add)
                .mailer(mails)
                .executor(Runnable::run);
    }

    private static Optional<RegistrationRefusal> refusal(RegistrationResult result) {
        return result instanceof RegistrationResult.Refused refused ? Optional.of(refused.reason()) : Optional.empty();
    }
}
