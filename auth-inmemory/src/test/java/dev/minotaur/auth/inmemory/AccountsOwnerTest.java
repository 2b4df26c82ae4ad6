package dev.minotaur.auth.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AuthEvent;
import dev.minotaur.auth.CloseResult;
import dev.minotaur.auth.EmailChangeRefusal;
import dev.minotaur.auth.EmailChangeRequest;
import dev.minotaur.auth.EmailChangeResult;
import dev.minotaur.auth.ImportResult;
import dev.minotaur.auth.ImportedUser;
import dev.minotaur.auth.LinkRequest;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SignInRefusal;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.User;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.UsernameChangeResult;
import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.password.BcryptPasswordHasher;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.testkit.MutableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What is answered, told and sent when an owner changes an identifier, signs in by a link, or closes the account. */
class AccountsOwnerTest {

    private static final String EMAIL = "ada@example.com";
    private static final String NEXT = "countess@example.com";
    private static final RawPassword PASSWORD = RawPassword.ofString("correct horse battery");
    private static final PasswordHash HASH =
            BcryptPasswordHasher.insecurelyCheapForTests(4).hash(PASSWORD);
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final InMemoryAuthStores stores = InMemoryAuthStores.create();
    private final Faults faults = new Faults(stores);
    private final MutableClock clock = new MutableClock(NOW);
    private final CountingHasher hasher = new CountingHasher();
    private final List<AuthEvent> events = new ArrayList<>();
    private final List<MailMessage> mails = new ArrayList<>();
    private final Accounts accounts = builder().build();

    @Test
    void aChangeOfAddressIsToldStepByStep() {
        UserId id = imported();
        String session = signedIn();
        events.clear();

        assertThat(accounts.emailChange().request(session, NEXT)).isEqualTo(new EmailChangeRequest.Accepted());
        String link = ((MailMessage.EmailChangeLink) mails.get(0)).token().reveal();
        assertThat(accounts.emailChange().look(link).orElseThrow().email().entered())
                .isEqualTo(NEXT);
        EmailChangeResult result = accounts.emailChange().confirm(link);
        assertThat(result).isEqualTo(new EmailChangeResult.Changed(user(id)));
        assertThat(user(id).email().entered()).isEqualTo(NEXT);
        assertThat(accounts.emailChange().confirm(link))
                .isEqualTo(new EmailChangeResult.Refused(EmailChangeResult.Reason.LINK_NOT_GOOD));
        assertThat(told())
                .containsExactly(
                        "AUTHN_TOKEN_CREATED email_change",
                        "USER_UPDATED email_changed",
                        "AUTHN_TOKEN_REVOKED email_changed",
                        "AUTHN_LINK_FAIL email_change");
        assertThat(mails.get(1).to().entered()).isEqualTo(EMAIL);
        assertThat(stores.users().findById(id).orElseThrow().version()).isEqualTo(2);
    }

    @Test
    void aRefusedRequestSaysWhy() {
        var unused = imported();
        String session = signedIn();
        assertThat(asked("", NEXT)).isEqualTo(EmailChangeRefusal.NOT_SIGNED_IN);
        assertThat(asked(session, "no address")).isEqualTo(EmailChangeRefusal.EMAIL_NOT_ACCEPTED);
        assertThat(asked(session, EMAIL)).isEqualTo(EmailChangeRefusal.UNCHANGED);
        assertThat(accounts.emailChange().request(session, NEXT)).isInstanceOf(EmailChangeRequest.Accepted.class);
        assertThat(accounts.emailChange().request(session, NEXT.toUpperCase(Locale.ROOT)))
                .isEqualTo(new EmailChangeRequest.Refused(
                        EmailChangeRefusal.TOO_SOON, Optional.of(Duration.ofMinutes(2))));
        clock.set(NOW.plus(Duration.ofMinutes(15)));
        assertThat(asked(session, NEXT)).isEqualTo(EmailChangeRefusal.NOT_RECENT);
        assertThat(mails).hasSize(1);
    }

    @Test
    void whoIsTooBusyToSendSaysSo() {
        var unused = imported();
        Accounts busy = builder()
                .executor(task -> {
                    throw new RejectedExecutionException();
                })
                .build();
        String session = signedIn();
        assertThat(busy.emailChange().request(session, NEXT))
                .isEqualTo(new EmailChangeRequest.Refused(EmailChangeRefusal.BUSY, Optional.empty()));
        assertThat(busy.usernameChange().change(session, "ada")).isInstanceOf(UsernameChangeResult.Changed.class);
        assertThat(told()).contains("SYS_MAIL_FAIL no_place");
    }

    @Test
    void aMailThatIsNotSentChangesNoAnswer() {
        UserId id = imported();
        Accounts mute = builder()
                .mailer(message -> {
                    throw new IOException("the server is down");
                })
                .build();
        String session = signedIn();
        assertThat(mute.signInLink().request(EMAIL)).isEqualTo(new LinkRequest.Accepted());
        assertThat(mute.usernameChange().change(session, "ada")).isInstanceOf(UsernameChangeResult.Changed.class);
        assertThat(mute.closing().close(session)).isEqualTo(new CloseResult.Closed(user(id)));
        assertThat(told().stream().filter("SYS_MAIL_FAIL refused_by_mailer"::equals))
                .hasSize(3);
    }

    @Test
    void whatATidyUpLeavesIsDeadAllTheSame() {
        var unused = imported();
        String session = signedIn();
        assertThat(accounts.emailChange().request(session, NEXT)).isInstanceOf(EmailChangeRequest.Accepted.class);
        String link = ((MailMessage.EmailChangeLink) mails.get(0)).token().reveal();
        faults.breakDown("tokens.deleteByUser");
        faults.breakDown("attempts.clear");
        assertThat(accounts.emailChange().confirm(link)).isInstanceOf(EmailChangeResult.Changed.class);
        assertThat(accounts.sessions().check(session)).isInstanceOf(SessionCheck.Refused.class);
        assertThat(told()).contains("SYS_HOUSEKEEPING_FAIL forget_attempts", "SYS_HOUSEKEEPING_FAIL delete_ended");
    }

    /** It would be told as a link that is not good, or as a session that has ended. */
    @Test
    void aStoreThatCallsAKeptIdentifierTakenIsNotBelieved() {
        UserId id = imported();
        String session = signedIn();
        assertThat(accounts.emailChange().request(session, NEXT)).isInstanceOf(EmailChangeRequest.Accepted.class);
        String link = ((MailMessage.EmailChangeLink) mails.get(0)).token().reveal();
        faults.answer("users.update", UpdateUserOutcome.USERNAME_TAKEN);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> accounts.emailChange().confirm(link));
        faults.answer("users.update", UpdateUserOutcome.EMAIL_TAKEN);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> accounts.usernameChange().change(session, "ada"));
        faults.answer("users.update", UpdateUserOutcome.EMAIL_TAKEN);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> accounts.administration().close(id));
        assertThat(accounts.emailChange().confirm(link)).isInstanceOf(EmailChangeResult.Changed.class);
    }

    /** Between the look at the session, or the link, and the write: then the write has to look again. */
    @Test
    void whatThrowsTheOwnerOutMeanwhileWins() {
        UserId id = imported();
        String session = signedIn();
        assertThat(accounts.emailChange().request(session, NEXT)).isInstanceOf(EmailChangeRequest.Accepted.class);
        String link = ((MailMessage.EmailChangeLink) mails.get(0)).token().reveal();
        thrownOutBefore(id, () -> assertThat(accounts.emailChange().confirm(link))
                .isEqualTo(new EmailChangeResult.Refused(EmailChangeResult.Reason.LINK_NOT_GOOD)));
        String second = signedIn();
        thrownOutBefore(
                id, () -> assertThat(renamed(second, "ada")).contains(UsernameChangeResult.Reason.NOT_SIGNED_IN));
        String third = signedIn();
        thrownOutBefore(id, () -> assertThat(accounts.closing().close(third))
                .isEqualTo(new CloseResult.Refused(CloseResult.Reason.NOT_SIGNED_IN)));
    }

    @Test
    void whatThrowsTheUserOfALinkOutMeanwhileWins() {
        ImportResult result = accounts.userImport().add(ImportedUser.of(EMAIL).passwordHash(HASH));
        UserId id = ((ImportResult.Imported) result).user().id();
        assertThat(accounts.signInLink().request(EMAIL)).isEqualTo(new LinkRequest.Accepted());
        String link = ((MailMessage.SignInLink) mails.get(0)).token().reveal();
        thrownOutBefore(id, () -> assertThat(accounts.signInLink().use(link)).isInstanceOf(SignInResult.Refused.class));
        assertThat(stores.users().findById(id).orElseThrow().passwordHash()).contains(HASH);
    }

    private void thrownOutBefore(UserId id, Runnable step) {
        Accounts operator = Accounts.builder(stores).clock(clock).build();
        faults.before(
                "users.update", () -> assertThat(operator.sessions().endAll(id)).isTrue());
        step.run();
        UserRecord after = stores.users().findById(id).orElseThrow();
        assertThat(after.email().entered()).isEqualTo(EMAIL);
        assertThat(after.username()).isEmpty();
        assertThat(after.status()).isEqualTo(UserStatus.ACTIVE);
    }

    @Test
    void aLinkSignsInOnceAndTellsTheListenerHow() {
        UserId id = imported();
        events.clear();
        assertThat(accounts.signInLink().request(EMAIL)).isEqualTo(new LinkRequest.Accepted());
        String link = ((MailMessage.SignInLink) mails.get(0)).token().reveal();
        var signedIn = (SignInResult.SignedIn) accounts.signInLink().use(link);
        assertThat(signedIn.user()).isEqualTo(user(id));
        assertThat(signedIn.session().issuedAt()).isEqualTo(NOW);
        assertThat(accounts.sessions().check(signedIn.token().reveal())).isInstanceOf(SessionCheck.Live.class);
        assertThat(accounts.signInLink().use(link))
                .isEqualTo(new SignInResult.Refused(SignInRefusal.LINK_NOT_GOOD, Optional.empty()));
        assertThat(told())
                .containsExactly(
                        "AUTHN_TOKEN_CREATED sign_in_link", "AUTHN_LOGIN_SUCCESS link", "AUTHN_LINK_FAIL sign_in_link");
    }

    @Test
    void aLinkToAnUnprovenAddressTellsThatItIsConfirmed() {
        Accounts open = builder().allowUnconfirmedSignIn().revealTakenEmail().build();
        var registered = open.registration().registerUnconfirmed(EMAIL, PASSWORD);
        assertThat(accounts.signInLink().request(EMAIL)).isEqualTo(new LinkRequest.Accepted());
        events.clear();
        String link = ((MailMessage.SignInLink) mails.get(0)).token().reveal();
        var signedIn = (SignInResult.SignedIn) accounts.signInLink().use(link);
        assertThat(registered).isNotNull();
        assertThat(signedIn.user().emailConfirmedAt()).contains(NOW);
        assertThat(accounts.sessions().check(signedIn.token().reveal())).isInstanceOf(SessionCheck.Live.class);
        assertThat(open.signIn().withPassword(EMAIL, PASSWORD)).isInstanceOf(SignInResult.Refused.class);
        assertThat(told())
                .containsExactly(
                        "USER_UPDATED email_confirmed",
                        "AUTHN_TOKEN_REVOKED email_confirmed",
                        "AUTHN_LOGIN_SUCCESS link",
                        "AUTHN_LOGIN_FAIL no_password");
    }

    @Test
    void aUsernameIsChangedGivenAndTakenAway() {
        UserId id = imported();
        String session = signedIn();
        events.clear();
        assertThat(renamed(session, "a@b")).contains(UsernameChangeResult.Reason.USERNAME_NOT_ACCEPTED);
        assertThat(renamed("", "Ada")).contains(UsernameChangeResult.Reason.NOT_SIGNED_IN);
        assertThat(renamed(session, "Ada")).isEmpty();
        assertThat(renamed(session, "Ada")).isEmpty();
        assertThat(accounts.usernameChange().remove(session)).isEqualTo(new UsernameChangeResult.Changed(user(id)));
        assertThat(user(id).username()).isEmpty();
        assertThat(told()).containsExactly("USER_UPDATED username_changed", "USER_UPDATED username_changed");
        assertThat(mails).hasSize(2).allMatch(mail -> mail.to().entered().equals(EMAIL));
    }

    @Test
    void anAccountIsClosedByItsOwnerAndReopenedByAnOperator() {
        UserId id = imported();
        String session = signedIn();
        events.clear();
        assertThat(accounts.closing().close("")).isEqualTo(new CloseResult.Refused(CloseResult.Reason.NOT_SIGNED_IN));
        assertThat(accounts.closing().close(session)).isEqualTo(new CloseResult.Closed(user(id)));
        assertThat(accounts.administration().close(id)).contains(user(id));
        assertThat(accounts.administration().reopen(id)).contains(user(id));
        assertThat(accounts.administration().reopen(id)).contains(user(id));
        UserId nobody = new UserId(UUID.randomUUID());
        assertThat(accounts.administration().close(nobody)).isEmpty();
        assertThat(accounts.administration().reopen(nobody)).isEmpty();
        assertThat(told())
                .containsExactly("USER_ARCHIVED closed", "AUTHN_TOKEN_REVOKED closed", "USER_UPDATED reopened");
        assertThat(mails)
                .containsExactly(new MailMessage.AccountClosed(user(id).email(), NOW, NOW.plus(Duration.ofDays(30))));
    }

    @Test
    void anImportIsToldAndSendsNothing() {
        UserId id = imported();
        assertThat(user(id).emailConfirmedAt()).contains(NOW);
        assertThat(told()).containsExactly("USER_CREATED imported");
        assertThat(mails).isEmpty();
        assertThat(hasher.computations()).as("what the import has hashed").isZero();
        assertThat(reason(ImportedUser.of("nobody"))).contains(ImportResult.Reason.EMAIL_NOT_ACCEPTED);
        assertThat(reason(ImportedUser.of(NEXT).username("a@b"))).contains(ImportResult.Reason.USERNAME_NOT_ACCEPTED);
        assertThat(reason(ImportedUser.of(NEXT).passwordHash(PasswordHash.of("plain"))))
                .contains(ImportResult.Reason.HASH_NOT_ACCEPTED);
        assertThat(reason(ImportedUser.of(EMAIL))).contains(ImportResult.Reason.EMAIL_TAKEN);
        assertThat(reason(ImportedUser.of(NEXT))).isEmpty();
    }

    private Accounts.Builder builder() {
        return Accounts.builder(faults.stores())
                .hasher(hasher)
                .clock(clock)
                .listener(events::add)
                .mailer(mails::add)
                .executor(Runnable::run)
                .allowSignInByEmailedLink();
    }

    /** Somebody whose address is proven, with a password. */
    private UserId imported() {
        ImportResult result = accounts.userImport()
                .add(ImportedUser.of(EMAIL).passwordHash(HASH).emailProven());
        return ((ImportResult.Imported) result).user().id();
    }

    private String signedIn() {
        SignInResult result = accounts.signIn().withPassword(EMAIL, PASSWORD);
        return ((SignInResult.SignedIn) result).token().reveal();
    }

    private User user(UserId id) {
        return accounts.administration().find(id).orElseThrow();
    }

    private EmailChangeRefusal asked(String session, String email) {
        return ((EmailChangeRequest.Refused) accounts.emailChange().request(session, email)).reason();
    }

    private Optional<UsernameChangeResult.Reason> renamed(String session, String username) {
        return accounts.usernameChange().change(session, username) instanceof UsernameChangeResult.Refused refused
                ? Optional.of(refused.reason())
                : Optional.empty();
    }

    private Optional<ImportResult.Reason> reason(ImportedUser user) {
        return accounts.userImport().add(user) instanceof ImportResult.Refused refused
                ? Optional.of(refused.reason())
                : Optional.empty();
    }

    private List<String> told() {
        return events.stream()
                .map(event ->
                        event.type() + event.reason().map(word -> " " + word).orElse(""))
                .toList();
    }
}
