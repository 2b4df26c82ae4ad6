package consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.jdbi.JdbiAuthStores;
import dev.minotaur.auth.jdbi.migration.SchemaMigrator;
import dev.minotaur.auth.password.RawPassword;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;

final class SignInTest {

    @Test
    void theExampleRuns() throws InterruptedException {
        Main.main(new String[0]);
    }

    @Test
    void aUserOfTheDatabaseSignsIn() {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL("jdbc:h2:mem:consumer;DB_CLOSE_DELAY=-1");
        SchemaMigrator.builder(dataSource).build().migrate();
        Accounts.Builder options = Accounts.builder(JdbiAuthStores.create(dataSource))
                .allowUnconfirmedSignIn()
                .revealTakenEmail();
        try (Accounts accounts = options.build();
                RawPassword password = RawPassword.ofString("correct horse battery staple")) {
            assertInstanceOf(
                    RegistrationResult.Registered.class,
                    accounts.registration().registerUnconfirmed("ada@example.org", password));
            SignInResult.SignedIn in = assertInstanceOf(
                    SignInResult.SignedIn.class, accounts.signIn().withPassword("ada@example.org", password));
            SessionCheck.Live live = assertInstanceOf(
                    SessionCheck.Live.class,
                    accounts.sessions().check(in.token().reveal()));
            assertEquals(in.user(), live.user());
        }
    }
}
