package dev.minotaur.auth.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AuthEvent;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SignInRefusal;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.User;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import dev.minotaur.auth.password.BcryptPasswordHasher;
import dev.minotaur.auth.password.RawPassword;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A password hash that somebody wrote by a statement of their own, as no hasher would. */
final class HandwrittenHashTest {

    private static final String EMAIL = "ada@example.org";

    @ParameterizedTest
    @EnumSource
    void itRefusesTheSignInAndNothingElse(Server server) {
        try (TestDatabase database = server.database();
                RawPassword password = RawPassword.ofString("correct horse battery")) {
            JdbiAuthStores stores = Server.stores(database.runtime());
            List<AuthEvent> events = new ArrayList<>();
            Accounts accounts = Accounts.builder(stores)
                    .hasher(BcryptPasswordHasher.insecurelyCheapForTests(4))
                    .allowUnconfirmedSignIn()
                    .revealTakenEmail()
                    .listener(events::add)
                    .build();
            User ada = ((RegistrationResult.Registered) accounts.registration().registerUnconfirmed(EMAIL, password))
                    .user();
            String session = ((SignInResult.SignedIn) accounts.signIn().withPassword(EMAIL, password))
                    .token()
                    .reveal();
            for (String hash : List.of("plain text", "$2b$04$short\n", "pass\u00e9", "\uD83D\uDE00", "\t")) {
                TestDatabase.execute(
                        database.owner(),
                        "UPDATE auth.auth_users SET password_hash = '" + hash + "' WHERE id = '" + ada.id() + "'");
                events.clear();
                assertThat(accounts.signIn().withPassword(EMAIL, password))
                        .isEqualTo(new SignInResult.Refused(SignInRefusal.BAD_CREDENTIALS, Optional.empty()));
                assertThat(events).singleElement().matches(event -> event.reason()
                        .equals(Optional.of("unreadable_hash")));
                assertThat(accounts.sessions().check(session)).isInstanceOf(SessionCheck.Live.class);
                assertThat(stores.users().findById(ada.id()).orElseThrow().passwordHash())
                        .hasValueSatisfying(
                                stored -> assertThat(stored.encoded()).isEqualTo(hash));
            }
        }
    }
}
