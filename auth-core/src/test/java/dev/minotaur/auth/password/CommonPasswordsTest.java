package dev.minotaur.auth.password;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommonPasswordsTest {

    private static final String SHA_256 = "4df1f820238ea003b6decfdb07bedd18f66f15b516cd42ae136783c8d1385d93";

    @Test
    void hasMoreThanThreeThousandForEachProfile() {
        CommonPasswords list = CommonPasswords.list();

        assertThat(list.longOnes()).isEqualTo(9_728).isGreaterThanOrEqualTo(3000);
        assertThat(list.shortOnes()).isEqualTo(12_132).isGreaterThanOrEqualTo(3000);
        assertThat(list.sizeInBytes()).isEqualTo(6 * (9_728 + 12_132));
    }

    @Test
    void isWhatItsPageSays() throws IOException, GeneralSecurityException {
        try (InputStream in = CommonPasswords.class.getResourceAsStream("common-passwords.bin")) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(in.readAllBytes());
            assertThat(HexFormat.of().formatHex(digest)).isEqualTo(SHA_256);
        }
        assertThat(Files.readString(Path.of("src/build/README.md")))
                .contains(SHA_256)
                .contains("| 9,728: ")
                .contains("| 12,132: ");
        assertThat(Files.readString(Path.of("../NOTICE")).replaceAll("\\s+", " "))
                .contains("digests of 21,860 passwords, of which 9,728 have 15 characters or more");
        assertThat(Files.readString(Path.of("../README.md")).replaceAll("\\s+", " "))
                .contains("21,860 common ones, of which 9,728 have 15 characters or more");
    }

    /** The first of the source and the last that is taken, at the least length of each profile. */
    @ParameterizedTest
    @ValueSource(strings = {"mailcreated5240", "polniypizdec0211", "123456789987654321", "vjhutyinthy1987"})
    void refusesTheMostCommonWhereThePasswordStandsAlone(String password) {
        assertThat(check(PasswordPolicy.soleFactor(), password)).contains(PasswordProblem.COMMON);
        assertThat(check(PasswordPolicy.behindSecondFactor(), password)).contains(PasswordProblem.COMMON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"password", "12345678", "30121988", "123qweasdzxc", "eveningcucumber"})
    void refusesTheMostCommonBehindASecondFactor(String password) {
        assertThat(check(PasswordPolicy.behindSecondFactor(), password)).contains(PasswordProblem.COMMON);
    }

    @Test
    void comparesInLowerCaseAndAsAWhole() {
        PasswordPolicy policy = PasswordPolicy.soleFactor();

        assertThat(check(policy, "PasswordPASSWORD")).contains(PasswordProblem.COMMON);
        assertThat(check(policy, "passwordpassword.")).isEmpty();
        assertThat(check(policy, " passwordpassword")).isEmpty();
        assertThat(check(policy, "p\u00E4sswordpassword")).isEmpty();
    }

    @Test
    void takesWhatIsNotListed() {
        for (String good : List.of("correct horse battery", "correct horse staples", "an entirely different one")) {
            assertThat(check(PasswordPolicy.soleFactor(), good)).isEmpty();
        }
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            if (check(PasswordPolicy.soleFactor(), "of nobody's choice " + i).isPresent()) {
                refused++;
            }
        }
        assertThat(refused).isZero();
    }

    private static Optional<PasswordProblem> check(PasswordPolicy policy, String password) {
        return policy.check(RawPassword.ofString(password), 72, List.of());
    }
}
