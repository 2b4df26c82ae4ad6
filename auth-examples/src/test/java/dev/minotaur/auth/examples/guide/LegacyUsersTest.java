package dev.minotaur.auth.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.EmailPolicy;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.examples.guide.LegacyUsers.Adoption;
import dev.minotaur.auth.examples.guide.LegacyUsers.LegacyUser;
import dev.minotaur.auth.inmemory.InMemoryAuthStores;
import dev.minotaur.auth.password.BcryptPasswordHasher;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.UserRecord;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LegacyUsersTest {

    private static final String OF_RASMUS = "$2y$10$.vGA1O9wmRjrwAVXD98HNOgsNpDczlqm3Jq7KnEd1rVAGv3Fykk1a";

    private final AuthStores stores = InMemoryAuthStores.create();
    private final LegacyUsers legacy =
            new LegacyUsers(stores.users(), EmailPolicy.asciiLocalPart(), Clock.systemUTC(), new SecureRandom());

    private boolean signsIn(String email, String typed) {
        try (Accounts accounts = Accounts.builder(stores)
                        .hasher(BcryptPasswordHasher.ofCost(11))
                        .build();
                RawPassword password = RawPassword.ofString(typed)) {
            return accounts.signIn().withPassword(email, password) instanceof SignInResult.SignedIn;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PHP,     rasmuslerdorf, $2y$10$.vGA1O9wmRjrwAVXD98HNOgsNpDczlqm3Jq7KnEd1rVAGv3Fykk1a",
        "Rails,   abc,           $2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i",
        "Phoenix, Kk4DQuMMfZL9o, $2b$04$cVWp4XaNU8a4v1uMRum2SO026BWLIoQMD/TXg5uZV.0P.uO8m3YEm"
    })
    void aHashOfAnotherFrameworkStillOpensTheAccount(String framework, String password, String hash) {
        assertThat(legacy.adopt(new LegacyUser(framework + "@example.org", hash, true)))
                .isEqualTo(Adoption.ADOPTED);

        assertThat(signsIn(framework + "@example.org", password)).isTrue();
        assertThat(signsIn(framework + "@example.org", password + "x")).isFalse();
        UserRecord stored = stores.users()
                .findByEmail(framework.toLowerCase(Locale.ROOT) + "@example.org")
                .orElseThrow();
        assertThat(stored.passwordHash().orElseThrow().encoded()).startsWith("$2b$11$");
    }

    @Test
    void adoptingAgainChangesNothing() {
        LegacyUser rasmus = new LegacyUser("rasmus@example.org", OF_RASMUS, true);
        legacy.adopt(rasmus);
        UserRecord before = stores.users().findByEmail("rasmus@example.org").orElseThrow();

        assertThat(legacy.adopt(rasmus)).isEqualTo(Adoption.ALREADY_THERE);
        assertThat(stores.users().findByEmail("rasmus@example.org")).contains(before);
    }

    @Test
    void anAddressThatWasNeverProvenIsNotTakenForProven() {
        legacy.adopt(new LegacyUser("rasmus@example.org", OF_RASMUS, false));

        assertThat(signsIn("rasmus@example.org", "rasmuslerdorf")).isFalse();
    }

    @Test
    void anAddressThatIsNoneIsReported() {
        assertThat(legacy.adopt(new LegacyUser("rasmus", OF_RASMUS, true))).isEqualTo(Adoption.EMAIL_NOT_ACCEPTED);
    }
}
