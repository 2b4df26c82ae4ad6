package dev.minotaur.auth.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.CloseResult;
import dev.minotaur.auth.EmailChangeResult;
import dev.minotaur.auth.LinkRequest;
import dev.minotaur.auth.PasswordChangeResult;
import dev.minotaur.auth.PasswordResetResult;
import dev.minotaur.auth.ReauthenticationResult;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SessionPolicy;
import dev.minotaur.auth.Sessions;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.jdbi.support.CountingDataSource;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.password.BcryptPasswordHasher;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.testkit.MutableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each account rule costs the statements that {@code docs/statements.md} says. */
final class AccountStatementCountTest {

    private static final Path PAGE = Path.of("..", "docs", "statements.md");
    private static final RawPassword PASSWORD = RawPassword.ofString("correct horse battery");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final RawPassword NEXT = RawPassword.ofString("correct horse staples");

    @Test
    void pageHasTheCountsThatAreMeasured() throws IOException {
        Map<String, String> postgresql = new Life(Server.NEWEST_POSTGRESQL).counts();
        Map<String, String> h2 = new Life(Server.H2).counts();
        StringJoiner table = new StringJoiner("\n", "| Rule | PostgreSQL | H2 |\n| --- | --- | --- |\n", "\n");
        postgresql.forEach((rule, count) -> table.add("| " + rule + " | " + count + " | " + h2.get(rule) + " |"));
        assertThat(Files.readString(PAGE)).contains("\n\n" + table + "\n");
    }

    /** One user's life, counted. */
    private static final class Life {

        private final Map<String, String> found = new LinkedHashMap<>();
        private final List<MailMessage> mails = new ArrayList<>();
        private final Server server;

        private Life(Server server) {
            this.server = server;
        }

        private Map<String, String> counts() {
            try (TestDatabase database = server.database()) {
                live(CountingDataSource.over(database.runtime()));
                return found;
            }
        }

        private void live(CountingDataSource counting) {
            MutableClock clock = new MutableClock(Instant.parse("2026-01-02T03:04:05Z"));
            Accounts accounts = accounts(counting, clock, SessionPolicy.defaults());
            String email = "ada@example.org";
            var registered =
                    count(counting, "register", () -> accounts.registration().registerUnconfirmed(email, PASSWORD));
            UserId id = ((RegistrationResult.Registered) registered).user().id();
            var refused = count(counting, "register, e-mail address taken", () -> accounts.registration()
                    .registerUnconfirmed(email, PASSWORD));
            assertThat(refused).isInstanceOf(RegistrationResult.Refused.class);
            var signedIn = (SignInResult.SignedIn)
                    count(counting, "sign in", () -> accounts.signIn().withPassword(email, PASSWORD));
            var first = (SignInResult.SignedIn) accounts.signIn().withPassword(email, PASSWORD);
            var second = (SignInResult.SignedIn) accounts.signIn().withPassword(email, PASSWORD);
            String token = signedIn.token().reveal();
            assertThat(count(counting, "sign in, refused", () -> accounts.signIn()
                            .withPassword("x@example.org", NEXT)))
                    .isInstanceOf(SignInResult.Refused.class);
            count(counting, "check a session", () -> accounts.sessions().check(token));
            clock.advance(HOUR);
            count(counting, "check a session, when it is touched", () -> accounts.sessions()
                    .check(token));
            renew(counting, clock, email);
            count(counting, "list the sessions", () -> accounts.sessions().list(id));
            count(counting, "end the session of a token", () -> accounts.sessions()
                    .end(first.token().reveal()));
            count(counting, "end a session by its id", () -> accounts.sessions()
                    .end(id, second.session().id()));
            count(counting, "end all sessions but one", () -> accounts.sessions()
                    .endOthers(id, signedIn.session().id()));
            assertThat(count(counting, "change the password", () -> accounts.passwords()
                            .change(token, PASSWORD, NEXT)))
                    .isInstanceOf(PasswordChangeResult.Changed.class);
            count(counting, "end all sessions", () -> accounts.sessions().endAll(id));
            liveWithLinks(counting, accounts, email);
            count(counting, "disable an account", () -> accounts.administration()
                    .disable(id));
            count(counting, "enable an account", () -> accounts.administration().enable(id));
            count(counting, "delete a user", () -> accounts.administration().delete(id));
            count(counting, "purge", () -> accounts.administration().purge(100));
            signUpAndReset(counting, accounts);
        }

        private void signUpAndReset(CountingDataSource counting, Accounts accounts) {
            String email = "bob@example.org";
            count(counting, "ask for a link to sign up", () -> accounts.signUp().request(email));
            String signUp = ((MailMessage.SignUpLink) last()).token().reveal();
            count(counting, "look at a link to sign up", () -> accounts.signUp().look(signUp));
            assertThat(count(counting, "sign up by a link", () -> accounts.signUp()
                            .confirm(signUp, PASSWORD)))
                    .isInstanceOf(RegistrationResult.Registered.class);
            count(counting, "ask for a link to sign up, too soon", () -> accounts.signUp()
                    .request(email));
            count(counting, "ask for a link to reset the password", () -> accounts.passwordReset()
                    .request(email));
            String reset = ((MailMessage.PasswordResetLink) last()).token().reveal();
            count(counting, "ask for a link to reset the password, unknown address", () -> accounts.passwordReset()
                    .request("x@example.org"));
            count(counting, "look at a link to reset the password", () -> accounts.passwordReset()
                    .look(reset));
            assertThat(count(counting, "reset the password by a link", () -> accounts.passwordReset()
                            .use(reset, NEXT)))
                    .isInstanceOf(PasswordResetResult.Reset.class);
        }

        private MailMessage last() {
            return mails.get(mails.size() - 1);
        }

        /** A session of its own, with renewal. */
        private void renew(CountingDataSource counting, MutableClock clock, String email) {
            Sessions sessions = accounts(
                            counting, clock, SessionPolicy.defaults().withRenewal(HOUR, MINUTE))
                    .sessions();
            var signIn = accounts(counting, clock, SessionPolicy.defaults()).signIn();
            List<String> tokens = Stream.generate(() -> (SignInResult.SignedIn) signIn.withPassword(email, PASSWORD))
                    .limit(3)
                    .map(signedIn -> signedIn.token().reveal())
                    .toList();
            String token = tokens.get(0);
            clock.advance(HOUR);
            String fresh = renewed(count(counting, "check a session, when it is renewed", () -> sessions.check(token)));
            count(counting, "check a session by its former secret", () -> sessions.check(token));
            count(counting, "check a session, first by its fresh secret", () -> sessions.check(fresh));
            assertThat(count(counting, "check a session for a recent proof", () -> sessions.checkRecent(fresh, HOUR)))
                    .isInstanceOf(SessionCheck.Refused.class);
            String proved = proved(
                    count(counting, "prove the password once more", () -> sessions.reauthenticate(fresh, PASSWORD)));
            assertThat(count(
                            counting,
                            "prove the password once more, refused",
                            () -> sessions.reauthenticate(proved, NEXT)))
                    .isInstanceOf(ReauthenticationResult.Refused.class);
            assertThat(proved(sessions.reauthenticate(proved, PASSWORD))).isNotEmpty();
            assertThat(renewed(sessions.check(tokens.get(1)))).isNotEmpty();
            assertThat(count(counting, "end the session of a former token", () -> sessions.end(tokens.get(1))))
                    .isTrue();
            assertThat(renewed(sessions.check(tokens.get(2)))).isNotEmpty();
            clock.advance(MINUTE);
            assertThat(count(
                            counting,
                            "check a session by a secret that is reused",
                            () -> sessions.check(tokens.get(2))))
                    .isInstanceOf(SessionCheck.Refused.class);
        }

        private static String renewed(SessionCheck check) {
            return ((SessionCheck.Live) check).renewed().orElseThrow().reveal();
        }

        private static String proved(ReauthenticationResult result) {
            return ((ReauthenticationResult.Reauthenticated) result).token().reveal();
        }

        private Accounts accounts(CountingDataSource counting, MutableClock clock, SessionPolicy policy) {
            return Accounts.builder(Server.stores(counting.dataSource()))
                    .hasher(BcryptPasswordHasher.insecurelyCheapForTests(4))
                    .clock(clock)
                    .sessionPolicy(policy)
                    .allowUnconfirmedSignIn()
                    .revealTakenEmail()
                    .allowSignInByEmailedLink()
                    .mailer(mails::add)
                    .executor(Runnable::run)
                    .build();
        }

        /** The mail is sent on the calling thread, so that its statements count too. */
        private void liveWithLinks(CountingDataSource counting, Accounts accounts, String email) {
            count(counting, "ask for a sign-in link", () -> accounts.signInLink()
                    .request(email));
            String link = ((MailMessage.SignInLink) last()).token().reveal();
            var unproven = (SignInResult.SignedIn)
                    count(counting, "sign in by a link, address not proven before", () -> accounts.signInLink()
                            .use(link));
            String session = unproven.token().reveal();
            count(counting, "ask to change the e-mail address", () -> accounts.emailChange()
                    .request(session, "next@example.org"));
            String change = ((MailMessage.EmailChangeLink) last()).token().reveal();
            assertThat(count(counting, "change the e-mail address", () -> accounts.emailChange()
                            .confirm(change)))
                    .isInstanceOf(EmailChangeResult.Changed.class);
            assertThat(accounts.signInLink().request("next@example.org")).isEqualTo(new LinkRequest.Accepted());
            String next = ((MailMessage.SignInLink) last()).token().reveal();
            var proven = (SignInResult.SignedIn) count(
                    counting, "sign in by a link", () -> accounts.signInLink().use(next));
            count(counting, "change the username", () -> accounts.usernameChange()
                    .change(proven.token().reveal(), "ada"));
            assertThat(count(counting, "close an account", () -> accounts.closing()
                            .close(proven.token().reveal())))
                    .isInstanceOf(CloseResult.Closed.class);
            count(counting, "reopen an account", () -> accounts.administration()
                    .reopen(proven.user().id()));
        }

        private <T> T count(CountingDataSource counting, String rule, Supplier<T> call) {
            counting.reset();
            T answer = call.get();
            StringJoiner count = new StringJoiner(" and ");
            add(count, counting.reads(), "read");
            add(count, counting.writes(), "write");
            assertThat(counting.reads() + counting.writes())
                    .isEqualTo(counting.statements().size());
            found.put(rule, count.toString());
            return answer;
        }

        private static void add(StringJoiner count, long statements, String kind) {
            if (statements > 0) {
                count.add(statements + " " + kind + (statements > 1 ? "s" : ""));
            }
        }
    }
}
