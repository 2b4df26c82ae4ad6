package dev.minotaur.auth.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.ImportResult;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.examples.guide.LegacyUsers.LegacyUser;
import dev.minotaur.auth.inmemory.InMemoryAuthStores;
import dev.minotaur.auth.password.BcryptSha256PasswordHasher;
import dev.minotaur.auth.password.DelegatingPasswordHasher;
import dev.minotaur.auth.password.PasswordHasher;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.UserRecord;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LegacyUsersTest {

    private static final String OF_RASMUS = "$2y$10$.vGA1O9wmRjrwAVXD98HNOgsNpDczlqm3Jq7KnEd1rVAGv3Fykk1a";

    /** A costlier hash of bcrypt would stay as it is. */
    private static final PasswordHasher CHEAPER_DEFAULT = DelegatingPasswordHasher.builder(
                    BcryptSha256PasswordHasher.ofCost(10))
            .upgradesKnownFormats()
            .build();

    private final AuthStores stores = InMemoryAuthStores.create();
    private final LegacyUsers legacy = new LegacyUsers(Accounts.builder(stores).build());

    private boolean signsIn(String email, String typed) {
        try (Accounts accounts =
                        Accounts.builder(stores).hasher(CHEAPER_DEFAULT).build();
                RawPassword password = RawPassword.ofString(typed)) {
            return accounts.signIn().withPassword(email, password) instanceof SignInResult.SignedIn;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PHP,     rasmuslerdorf, $2y$10$.vGA1O9wmRjrwAVXD98HNOgsNpDczlqm3Jq7KnEd1rVAGv3Fykk1a",
        "Rails,   abc,           $2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i",
        "Phoenix, Kk4DQuMMfZL9o, $2b$04$cVWp4XaNU8a4v1uMRum2SO026BWLIoQMD/TXg5uZV.0P.uO8m3YEm",
        "Spring,  password,      {bcrypt}$2a$10$dXJ3SW6G7P50lGmMkkmwe.20cQQubK3.HZWzG3YB1tlRy.fqvM/BG",
        "Django,  lètmein,       pbkdf2_sha256$260000$seasalt$YlZ2Vggtqdc61YjArZuoApoBh9JNGYoDRBUGu6tcJQo=",
        "Flask,   password,      $pbkdf2-sha256$1212$4vjV83LKPjQzk31VI4E0Vw$hsYF68OiOUPdDZ1Fg.fJPeq1h/gXXY7acBp9/6c.tmQ"
    })
    void aHashOfAnotherFrameworkStillOpensTheAccount(String framework, String password, String hash) {
        assertThat(legacy.adopt(new LegacyUser(framework + "@example.org", hash, true)))
                .isInstanceOf(ImportResult.Imported.class);

        assertThat(signsIn(framework + "@example.org", password)).isTrue();
        assertThat(signsIn(framework + "@example.org", password + "x")).isFalse();
        UserRecord stored = stores.users()
                .findByEmail(framework.toLowerCase(Locale.ROOT) + "@example.org")
                .orElseThrow();
        assertThat(stored.passwordHash().orElseThrow().encoded()).startsWith("$bcrypt-sha256$v=2,");
    }

    @Test
    void whoHadNoPasswordHasNone() {
        assertThat(legacy.adopt(new LegacyUser("rasmus@example.org", "", true)))
                .isInstanceOf(ImportResult.Imported.class);
        assertThat(stores.users()
                        .findByEmail("rasmus@example.org")
                        .orElseThrow()
                        .passwordHash())
                .isEmpty();
    }

    @Test
    void adoptingAgainChangesNothing() {
        LegacyUser rasmus = new LegacyUser("rasmus@example.org", OF_RASMUS, true);
        legacy.adopt(rasmus);
        UserRecord before = stores.users().findByEmail("rasmus@example.org").orElseThrow();

        assertThat(legacy.adopt(rasmus)).isEqualTo(new ImportResult.Refused(ImportResult.Reason.EMAIL_TAKEN));
        assertThat(stores.users().findByEmail("rasmus@example.org")).contains(before);
    }

    @Test
    void anAddressThatWasNeverProvenIsNotTakenForProven() {
        legacy.adopt(new LegacyUser("rasmus@example.org", OF_RASMUS, false));

        assertThat(signsIn("rasmus@example.org", "rasmuslerdorf")).isFalse();
    }

    @Test
    void aHashThatNobodyHereCanReadIsReported() {
        assertThat(legacy.adopt(new LegacyUser("rasmus@example.org", "{SHA}qUqP5cyxm6YcTAhz05Hph5gvu9M=", true)))
                .isEqualTo(new ImportResult.Refused(ImportResult.Reason.HASH_NOT_ACCEPTED));
    }

    @Test
    void anAddressThatIsNoneIsReported() {
        assertThat(legacy.adopt(new LegacyUser("rasmus", OF_RASMUS, true)))
                .isEqualTo(new ImportResult.Refused(ImportResult.Reason.EMAIL_NOT_ACCEPTED));
    }
}
