package dev.minotaur.auth.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.CloseResult;
import dev.minotaur.auth.EmailChangeRequest;
import dev.minotaur.auth.EmailChangeResult;
import dev.minotaur.auth.ImportResult;
import dev.minotaur.auth.ImportedUser;
import dev.minotaur.auth.LinkRequest;
import dev.minotaur.auth.PasswordChangeResult;
import dev.minotaur.auth.SessionOptions;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.UsernameChangeResult;
import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.password.BcryptPasswordHasher;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the options about an owner's identifiers, links and closed accounts do, and what is no argument. */
class AccountsOwnerOptionsTest {

    private static final String EMAIL = "ada@example.com";
    private static final RawPassword PASSWORD = RawPassword.ofString("correct horse battery");
    private static final PasswordHash HASH =
            BcryptPasswordHasher.insecurelyCheapForTests(4).hash(PASSWORD);
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
    private static final Duration TICK = Duration.ofNanos(1000);

    private final InMemoryAuthStores stores = InMemoryAuthStores.create();
    private final MutableClock clock = new MutableClock(NOW);
    private final List<MailMessage> mails = new ArrayList<>();

    @Test
    void theOptionsHaveRanges() {
        Accounts.Builder builder = builder();
        for (Duration recent :
                List.of(Duration.ZERO, TICK.negated(), Duration.ofDays(1).plus(TICK))) {
            assertThatIllegalArgumentException().isThrownBy(() -> builder.recentWithin(recent));
        }
        for (Duration kept : List.of(TICK.negated(), Duration.ofDays(3660).plus(TICK))) {
            assertThatIllegalArgumentException().isThrownBy(() -> builder.closedAccountsKept(kept));
        }
        for (int waiting : List.of(-1, 0, 1_000_001)) {
            assertThatIllegalArgumentException().isThrownBy(() -> builder.mailsWaiting(waiting));
        }
        assertThat(builder.recentWithin(TICK).recentWithin(Duration.ofDays(1))).isSameAs(builder);
        assertThat(builder.closedAccountsKept(Duration.ZERO).closedAccountsKept(Duration.ofDays(3660)))
                .isSameAs(builder);
        assertThat(builder.mailsWaiting(1).mailsWaiting(1_000_000)).isSameAs(builder);
    }

    @Test
    void recentIsWhatIsSet() {
        Accounts accounts = builder().recentWithin(Duration.ofMinutes(1)).build();
        String session = signedIn(accounts);
        clock.set(NOW.plus(Duration.ofMinutes(1)));
        assertThat(accounts.usernameChange().change(session, "ada"))
                .isEqualTo(new UsernameChangeResult.Refused(UsernameChangeResult.Reason.NOT_RECENT, Optional.empty()));
        assertThat(accounts.closing().close(session)).isEqualTo(new CloseResult.Refused(CloseResult.Reason.NOT_RECENT));
        clock.set(NOW.plus(Duration.ofMinutes(1)).minus(TICK));
        assertThat(accounts.usernameChange().change(session, "ada")).isInstanceOf(UsernameChangeResult.Changed.class);
    }

    /** The password was proven again. */
    @Test
    void aChangeOfPasswordIsRecentAuthentication() {
        Accounts accounts = builder().build();
        String session = signedIn(accounts);
        clock.advance(Duration.ofHours(1));
        assertThat(accounts.closing().close(session)).isInstanceOf(CloseResult.Refused.class);
        var changed = (PasswordChangeResult.Changed)
                accounts.passwords().change(session, PASSWORD, RawPassword.ofString("correct horse staples"));
        assertThat(accounts.closing().close(changed.token().orElseThrow().reveal()))
                .isInstanceOf(CloseResult.Closed.class);
    }

    @Test
    void aClosedAccountIsToldHowLongItIsKept() {
        Accounts accounts = builder().closedAccountsKept(Duration.ofDays(7)).build();
        assertThat(accounts.closing().close(signedIn(accounts))).isInstanceOf(CloseResult.Closed.class);
        assertThat(((MailMessage.AccountClosed) mails.get(0)).removableFrom()).isEqualTo(NOW.plus(Duration.ofDays(7)));
    }

    @Test
    void whatIsDeclaredVoidIsVoidInMailsToo() {
        Accounts accounts = builder().build();
        String session = signedIn(accounts);
        assertThat(accounts.signInLink().request(EMAIL)).isInstanceOf(LinkRequest.Accepted.class);
        assertThat(accounts.emailChange().request(session, "next@example.com"))
                .isInstanceOf(EmailChangeRequest.Accepted.class);
        String signIn = ((MailMessage.SignInLink) mails.get(0)).token().reveal();
        String change = ((MailMessage.EmailChangeLink) mails.get(1)).token().reveal();

        Accounts later = builder().voidTokensIssuedBefore(NOW.plus(TICK)).build();
        assertThat(later.signInLink().look(signIn)).isEmpty();
        assertThat(later.signInLink().use(signIn)).isInstanceOf(SignInResult.Refused.class);
        assertThat(later.emailChange().confirm(change)).isInstanceOf(EmailChangeResult.Refused.class);
        Accounts then = builder().voidTokensIssuedBefore(NOW).build();
        assertThat(then.emailChange().look(change)).isPresent();
        assertThat(then.signInLink().use(signIn)).isInstanceOf(SignInResult.SignedIn.class);
    }

    /** As an operator may do by hand in the database, without a new stamp. */
    @Test
    void aLinkIsForAnActiveAccount() {
        Accounts accounts = builder().build();
        String session = signedIn(accounts);
        assertThat(accounts.signInLink().request(EMAIL)).isInstanceOf(LinkRequest.Accepted.class);
        UserRecord user = stores.users().findByEmail(EMAIL).orElseThrow();
        UserRecord disabled =
                user.toBuilder().status(UserStatus.DISABLED).version(2).build();
        assertThat(stores.users().update(disabled, 1)).isEqualTo(UpdateUserOutcome.UPDATED);

        String link = ((MailMessage.SignInLink) mails.get(0)).token().reveal();
        assertThat(accounts.signInLink().look(link)).isEmpty();
        assertThat(accounts.signInLink().use(link)).isInstanceOf(SignInResult.Refused.class);
        assertThat(accounts.closing().close(session)).isInstanceOf(CloseResult.Refused.class);
    }

    @Test
    void signingInByALinkNeedsItsLoudOption() {
        Accounts accounts = Accounts.builder(stores).mailer(mails::add).build();
        for (Runnable call : List.<Runnable>of(
                () -> accounts.signInLink().request(EMAIL),
                () -> accounts.signInLink().look(""),
                () -> accounts.signInLink().use(""))) {
            assertThatIllegalStateException().isThrownBy(call::run).withMessageContaining("allowSignInByEmailedLink()");
        }
    }

    @Test
    void withoutAMailerLinksAreRefusedAndNobodyIsTold() {
        Accounts mailing = builder().build();
        String session = signedIn(mailing);
        Accounts accounts = Accounts.builder(stores)
                .hasher(new CountingHasher())
                .clock(clock)
                .allowSignInByEmailedLink()
                .build();
        UserId id = accounts.administration().find(EMAIL).orElseThrow().id();
        for (Runnable call : List.<Runnable>of(
                () -> accounts.signInLink().request(EMAIL),
                () -> accounts.emailChange().request(session, "next@example.com"),
                () -> accounts.emailChange().request("", "next@example.com"),
                () -> accounts.administration().startReset(id))) {
            assertThatIllegalStateException().isThrownBy(call::run).withMessageContaining("mailer(...)");
        }
        assertThat(accounts.usernameChange().change(session, "ada")).isInstanceOf(UsernameChangeResult.Changed.class);
        assertThat(accounts.closing().close(session)).isInstanceOf(CloseResult.Closed.class);
        assertThat(mails).isEmpty();
    }

    @Test
    void oneMailWaitsAtMostIfThatIsSet() {
        List<Runnable> later = new ArrayList<>();
        Accounts accounts = builder().executor(later::add).mailsWaiting(1).build();
        String session = signedIn(accounts);
        assertThat(accounts.emailChange().request(session, "b@example.com"))
                .isInstanceOf(EmailChangeRequest.Accepted.class);
        assertThat(accounts.emailChange().request(session, "c@example.com"))
                .isInstanceOf(EmailChangeRequest.Refused.class);
        later.remove(0).run();
        assertThat(accounts.emailChange().request(session, "c@example.com"))
                .isInstanceOf(EmailChangeRequest.Accepted.class);
        assertThat(mails).hasSize(1);
    }

    @Test
    void afterCloseEveryCallIsRefused() {
        Accounts accounts = builder().build();
        String session = signedIn(accounts);
        UserId id = accounts.administration().find(EMAIL).orElseThrow().id();
        accounts.close();
        for (Runnable call : List.<Runnable>of(
                () -> accounts.emailChange().request(session, "next@example.com"),
                () -> accounts.emailChange().look(session),
                () -> accounts.emailChange().confirm(session),
                () -> accounts.signInLink().request(EMAIL),
                () -> accounts.signInLink().look(session),
                () -> accounts.signInLink().use(session),
                () -> accounts.usernameChange().change(session, "ada"),
                () -> accounts.usernameChange().remove(session),
                () -> accounts.closing().close(session),
                () -> accounts.userImport().add(ImportedUser.of("bob@example.com")),
                () -> accounts.administration().close(id),
                () -> accounts.administration().reopen(id),
                () -> accounts.administration().startReset(id))) {
            assertThatIllegalStateException().isThrownBy(call::run);
        }
        assertThat(stores.users().findByEmail("bob@example.com")).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway") // that is what is refused
    void nullIsNoArgument() {
        Accounts accounts = builder().build();
        String session = signedIn(accounts);
        for (Runnable call : List.<Runnable>of(
                () -> accounts.emailChange().request(session, null),
                () -> accounts.emailChange().request(null, EMAIL),
                () -> accounts.emailChange().look(null),
                () -> accounts.emailChange().confirm(null),
                () -> accounts.signInLink().request(null),
                () -> accounts.signInLink().look(null),
                () -> accounts.signInLink().use(null),
                () -> accounts.signInLink().use(session, (SessionOptions) null),
                () -> accounts.usernameChange().change(session, null),
                () -> accounts.usernameChange().change(null, "ada"),
                () -> accounts.usernameChange().remove(null),
                () -> accounts.closing().close(null),
                () -> accounts.userImport().add(null),
                () -> ImportedUser.of(null),
                () -> ImportedUser.of(EMAIL).username(null),
                () -> ImportedUser.of(EMAIL).passwordHash(null),
                () -> accounts.administration().close(null),
                () -> accounts.administration().reopen(null),
                () -> accounts.administration().startReset(null))) {
            assertThatNullPointerException().isThrownBy(call::run);
        }
        assertThat(accounts.administration().reopen(new UserId(UUID.randomUUID())))
                .isEmpty();
    }

    private Accounts.Builder builder() {
        return Accounts.builder(stores)
                .hasher(new CountingHasher())
                .clock(clock)
                .mailer(mails::add)
                .executor(Runnable::run)
                .allowSignInByEmailedLink();
    }

    /** Somebody whose address is proven, with a session. */
    private static String signedIn(Accounts accounts) {
        ImportResult imported = accounts.userImport()
                .add(ImportedUser.of(EMAIL).passwordHash(HASH).emailProven());
        assertThat(imported).isInstanceOf(ImportResult.Imported.class);
        SignInResult result = accounts.signIn().withPassword(EMAIL, PASSWORD);
        return ((SignInResult.SignedIn) result).token().reveal();
    }
}
