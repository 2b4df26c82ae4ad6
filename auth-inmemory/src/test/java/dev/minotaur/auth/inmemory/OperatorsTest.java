package dev.minotaur.auth.inmemory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.ImportResult;
import dev.minotaur.auth.ImportedUser;
import dev.minotaur.auth.LinkRequest;
import dev.minotaur.auth.ReauthenticationRefusal;
import dev.minotaur.auth.ReauthenticationResult;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.testkit.MutableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the guide tells operators of closed accounts, and of users without a password. */
class OperatorsTest {

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-02T03:04:05Z"));
    private final List<MailMessage> mails = new ArrayList<>();
    private final Accounts accounts = Accounts.builder(InMemoryAuthStores.create())
            .clock(clock)
            .mailer(mails::add)
            .executor(Runnable::run)
            .allowSignInByEmailedLink()
            .build();

    private UserId ada() {
        ImportResult result =
                accounts.userImport().add(ImportedUser.of("ada@example.org").emailProven());
        return ((ImportResult.Imported) result).user().id();
    }

    private Optional<UserStatus> status(UserId id) {
        return accounts.administration().find(id).map(user -> user.status());
    }

    private String signInByALink() {
        assertThat(accounts.signInLink().request("ada@example.org")).isInstanceOf(LinkRequest.Accepted.class);
        MailMessage.SignInLink link = (MailMessage.SignInLink) mails.get(mails.size() - 1);
        SignInResult result = accounts.signInLink().use(link.token().reveal());
        return ((SignInResult.SignedIn) result).token().reveal();
    }

    @Test
    void aDisabledAccountThatIsClosedAndReopenedIsActive() {
        UserId id = ada();
        accounts.administration().disable(id);
        accounts.administration().close(id);

        assertThat(accounts.administration().reopen(id)).isPresent();
        assertThat(status(id)).contains(UserStatus.ACTIVE);
    }

    @Test
    void aClosedAccountThatIsDisabledIsKeptAnew() {
        UserId id = ada();
        accounts.administration().close(id);
        clock.advance(Duration.ofDays(20));
        accounts.administration().disable(id);
        clock.advance(Duration.ofDays(29));

        assertThat(accounts.administration().purge(10).accounts()).isZero();
        assertThat(status(id)).contains(UserStatus.CLOSED);
        clock.advance(Duration.ofDays(1));
        assertThat(accounts.administration().purge(10).accounts()).isOne();
    }

    @Test
    void whoHasNoPasswordProvesAnewByALink() {
        var unused = ada();
        String token = signInByALink();
        clock.advance(Duration.ofMinutes(15));

        try (RawPassword any = RawPassword.ofString("correct horse battery staple")) {
            assertThat(accounts.sessions().reauthenticate(token, any))
                    .isInstanceOfSatisfying(
                            ReauthenticationResult.Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(ReauthenticationRefusal.WRONG_PASSWORD));
        }
        assertThat(accounts.sessions().checkRecent(token, Duration.ofMinutes(15)))
                .isInstanceOf(SessionCheck.Refused.class);
        assertThat(accounts.sessions().checkRecent(signInByALink(), Duration.ofMinutes(15)))
                .isInstanceOf(SessionCheck.Live.class);
    }
}
