package dev.minotaur.auth.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.PurgeResult;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.User;
import dev.minotaur.auth.examples.Logged;
import dev.minotaur.auth.jdbi.JdbiAuthStores;
import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.password.RawPassword;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The wiring of the guide, with its two roles, and what it says about an application's own rows. */
final class WiringTest {

    private final BlockingQueue<MailMessage> outbox = new LinkedBlockingQueue<>();
    private final Observation observation = new Observation();
    private final Logged audit = Logged.by("audit");
    private GuideDatabase database;
    private HikariDataSource pool;
    private Accounts accounts;

    @BeforeEach
    void wire() throws SQLException {
        database = new GuideDatabase();
        Wiring.migrate(database.owner(), GuideDatabase.RUNTIME_ROLE);
        database.execute(Profiles.TABLE);
        database.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON app.profile TO " + GuideDatabase.RUNTIME_ROLE);
        pool = Wiring.pool(database.url, GuideDatabase.RUNTIME_ROLE, "secret");
        accounts = Wiring.accounts(pool, outbox::add, observation);
    }

    @AfterEach
    void close() throws SQLException {
        accounts.close();
        pool.close();
        database.close();
        audit.close();
    }

    private User ada() throws InterruptedException {
        accounts.signUp().request("ada@example.org");
        MailMessage.SignUpLink link = (MailMessage.SignUpLink) outbox.take();
        try (RawPassword password = RawPassword.ofString("correct horse battery staple")) {
            RegistrationResult result = accounts.signUp().confirm(link.token().reveal(), password);
            return ((RegistrationResult.Registered) result).user();
        }
    }

    private SignInResult signIn(String password) {
        try (RawPassword typed = RawPassword.ofString(password)) {
            return accounts.signIn().withPassword("ada@example.org", typed);
        }
    }

    private Optional<String> displayName(User user) throws SQLException {
        try (Connection connection = pool.getConnection();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT display_name FROM app.profile WHERE user_id = ?")) {
            statement.setObject(1, user.id().value());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString(1)) : Optional.empty();
            }
        }
    }

    @Test
    void theRuntimeRoleSignsInAndCannotChangeTheTables() throws Exception {
        User ada = ada();

        assertThat(signIn("correct horse battery staple")).isInstanceOfSatisfying(SignInResult.SignedIn.class, in -> {
            assertThat(in.user()).isEqualTo(ada);
            assertThat(in.session().expiresAt())
                    .isEqualTo(in.session().issuedAt().plus(Duration.ofDays(14)));
        });
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("DROP TABLE auth.auth_tokens"))
                    .isInstanceOf(SQLException.class);
        }
    }

    @Test
    void theAuditLogNamesIdsAndTheCountersTellWhy() throws InterruptedException {
        User ada = ada();
        signIn("correct horse battery staple");
        signIn("an entirely different one");

        assertThat(observation.count("authn_login_success")).isOne();
        assertThat(observation.count("authn_login_fail.wrong_password")).isOne();
        assertThat(observation.count("authn_login_fail.unknown_user")).isZero();
        assertThat(observation.count("authn_token_created.sign_up")).isOne();
        assertThat(audit.messages()).hasSize(4).noneMatch(line -> line.contains("ada@example.org"));
        assertThat(audit.messages().subList(1, 4))
                .allMatch(line -> line.contains(ada.id().toString()));
    }

    @Test
    void theAuditTableHasARowForEachEventAndLosesNoSignInWithIt() throws Exception {
        AuditTable table = new AuditTable(pool);
        try (Accounts audited = Wiring.accounts(pool, outbox::add, table)) {
            var unused = ada();
            Accounts ofClient = audited.forClient("203.0.113.7\r\nforged");
            try (RawPassword password = RawPassword.ofString("correct horse battery staple")) {
                assertThat(ofClient.signIn().withPassword("ada@example.org", password))
                        .isInstanceOf(SignInResult.SignedIn.class);
                assertThat(table.lost()).isEqualTo(1);
                database.execute(AuditTable.TABLE);
                database.execute("GRANT INSERT ON app.audit TO " + GuideDatabase.RUNTIME_ROLE);
                assertThat(ofClient.signIn().withPassword("ada@example.org", password))
                        .isInstanceOf(SignInResult.SignedIn.class);
            }
        }
        try (Connection connection = database.owner().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT event, client FROM app.audit")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString("event")).isEqualTo("authn_login_success");
            assertThat(rows.getString("client")).isEqualTo("203.0.113.7\\u000d\\u000aforged");
            assertThat(rows.next()).isFalse();
        }
    }

    @Test
    void thePagesOfAResetLookUntilTheFormIsSent() throws Exception {
        var unused = ada();
        LinkPages pages = new LinkPages(accounts);
        accounts.passwordReset().request("ada@example.org");
        String token = ((MailMessage.PasswordResetLink) outbox.take()).token().reveal();

        assertThat(pages.form(token)).isEqualTo("Set a new password for ada@example.org.");
        assertThat(pages.form(token)).isEqualTo("Set a new password for ada@example.org.");
        try (RawPassword tooShort = RawPassword.ofString("short");
                RawPassword next = RawPassword.ofString("an entirely different one")) {
            assertThat(pages.submit(token, tooShort))
                    .isEqualTo("A password has at least 15 characters: a few words will do.");
            assertThat(pages.submit(token, next)).isEqualTo("Your password is set. Sign in with it.");
        }
        assertThat(pages.form(token)).isEqualTo("That link is not good, or no longer. Ask for another.");
        assertThat(signIn("an entirely different one")).isInstanceOf(SignInResult.SignedIn.class);
    }

    @Test
    void anOwnRowIsMadeOnceAndGoesWithItsUser() throws Exception {
        User ada = ada();
        Profiles profiles = new Profiles(pool);

        profiles.ensure(ada.id(), "Ada");
        profiles.ensure(ada.id(), "Somebody else");

        assertThat(displayName(ada)).contains("Ada");
        accounts.administration().delete(ada.id());
        assertThat(displayName(ada)).isEmpty();
        profiles.ensure(ada.id(), "Ada");
        assertThat(displayName(ada)).isEmpty();
    }

    private PurgeResult purgeOfAllThatIsClosed() {
        try (Accounts operators = Accounts.builder(
                        JdbiAuthStores.builder(pool).schema("auth").build())
                .closedAccountsKept(Duration.ZERO)
                .build()) {
            return operators.administration().purge(PurgeSchedule.LIMIT);
        }
    }

    @Test
    void anOwnRowGoesWithAClosedUserThatIsPurged() throws Exception {
        User ada = ada();
        new Profiles(pool).ensure(ada.id(), "Ada");
        accounts.administration().close(ada.id());

        assertThat(displayName(ada)).contains("Ada");
        assertThat(purgeOfAllThatIsClosed().accounts()).isOne();
        assertThat(displayName(ada)).isEmpty();
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void anOwnRowThatIsBeingMadeByAnotherIsWaitedFor() throws Exception {
        User ada = ada();
        Profiles profiles = new Profiles(pool);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (Connection other = pool.getConnection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("INSERT INTO app.profile VALUES ('" + ada.id() + "', 'Ada')");
            Future<?> ensured = thread.submit(() -> {
                profiles.ensure(ada.id(), "Somebody else");
                return null;
            });
            while (!ensured.isDone() && !database.isAtWorkForAnother()) {
                Thread.onSpinWait();
            }
            other.commit();
            ensured.get();
        } finally {
            thread.shutdownNow();
        }
        assertThat(displayName(ada)).contains("Ada");
    }
}
