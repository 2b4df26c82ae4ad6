package dev.minotaur.auth.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.User;
import dev.minotaur.auth.examples.Logged;
import dev.minotaur.auth.password.RawPassword;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The wiring of the guide, with its two roles, and what it says about an application's own rows. */
final class WiringTest {

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
        accounts = Wiring.accounts(pool, observation);
    }

    @AfterEach
    void close() throws SQLException {
        accounts.close();
        pool.close();
        database.close();
        audit.close();
    }

    private User ada() {
        try (RawPassword password = RawPassword.ofString("correct horse battery staple")) {
            RegistrationResult result = accounts.registration().registerUnconfirmed("ada@example.org", password);
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
    void theRuntimeRoleSignsInAndCannotChangeTheTables() throws SQLException {
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
    void theAuditLogNamesIdsAndTheCountersTellWhy() {
        User ada = ada();
        signIn("correct horse battery staple");
        signIn("an entirely different one");

        assertThat(observation.count("authn_login_success")).isOne();
        assertThat(observation.count("authn_login_fail.wrong_password")).isOne();
        assertThat(observation.count("authn_login_fail.unknown_user")).isZero();
        assertThat(audit.messages())
                .hasSize(3)
                .allMatch(line -> line.contains(ada.id().toString()))
                .noneMatch(line -> line.contains("ada@example.org"));
    }

    @Test
    void anOwnRowIsMadeOnceAndGoesWithItsUser() throws SQLException {
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
