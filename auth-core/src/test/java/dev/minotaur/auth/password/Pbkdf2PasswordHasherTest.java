package dev.minotaur.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Pbkdf2PasswordHasherTest {

    private static final String GOOD = "correct horse battery";
    private static final String BY_PASSLIB =
            "$pbkdf2-sha256$1000$FgJAKGVsTWk$kfpOCEg3Ofx61..kMrmpi5.b4t4rJja96Bux9dZOSRM";
    private static final String BY_DJANGO =
            "pbkdf2_sha256$1000$zxegO6v6T4EuweYyC2kDOa$mrvX52LekL/dtgM/BAcwy5SV2S5BASn+F75etNLl+B8=";

    private final List<Integer> computed = new ArrayList<>();
    private final Pbkdf2PasswordHasher hasher = new Pbkdf2PasswordHasher(2000, computed::add);

    /** Made by {@code PBKDF2PasswordHasher} of Django 3.2, which takes any salt that is named to it. */
    private static final String OF_ANOTHER_SALT =
            "pbkdf2_sha256$1000$s\u00e4lt1234$FJRCFkg0ZzVgChxyrt9NZ6do+9oVAwxQynKAzxBUipc=";

    static Stream<ToolHash> ofOthers() {
        return ToolHash.ofFormats("pbkdf2", "pbkdf2 Django");
    }

    @Test
    void theHashesOfOthersAreThere() {
        assertThat(ofOthers()).hasSize(60);
    }

    @ParameterizedTest
    @MethodSource("ofOthers")
    void readsTheHashesOfOthers(ToolHash made) {
        boolean costly = made.hash().encoded().matches(".*\\$2[69]000\\$.*");

        assertThat(hasher.canRead(made.hash())).isTrue();
        assertThat(hasher.verify(made.typed(), made.hash()))
                .isEqualTo(costly ? PasswordVerification.SUCCEEDED : PasswordVerification.SUCCEEDED_REHASH_NEEDED);
        assertThat(verify(made.password() + "x", made.hash().encoded())).isEqualTo(PasswordVerification.FAILED);
        assertThat(verify(made.password().substring(1), made.hash().encoded())).isEqualTo(PasswordVerification.FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        // From the test suites of passlib 1.7.4 and of Django 3.2.
        "password, $pbkdf2-sha256$1212$4vjV83LKPjQzk31VI4E0Vw$hsYF68OiOUPdDZ1Fg.fJPeq1h/gXXY7acBp9/6c.tmQ",
        "lètmein, pbkdf2_sha256$260000$seasalt$YlZ2Vggtqdc61YjArZuoApoBh9JNGYoDRBUGu6tcJQo=",
    })
    void readsTheVectorsOfOthers(String password, String hash) {
        assertThat(verify(password, hash)).isNotIn(PasswordVerification.FAILED, PasswordVerification.UNREADABLE);
        assertThat(verify("x" + password, hash)).isEqualTo(PasswordVerification.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$pbkdf2-sha256$0$FgJAKGVsTWk$kfpOCEg3Ofx61..kMrmpi5.b4t4rJja96Bux9dZOSRM",
                "$pbkdf2-sha256$01$FgJAKGVsTWk$kfpOCEg3Ofx61..kMrmpi5.b4t4rJja96Bux9dZOSRM",
                "$pbkdf2-sha256$-1$FgJAKGVsTWk$kfpOCEg3Ofx61..kMrmpi5.b4t4rJja96Bux9dZOSRM",
                "$pbkdf2-sha256$+1$FgJAKGVsTWk$kfpOCEg3Ofx61..kMrmpi5.b4t4rJja96Bux9dZOSRM",
                "$pbkdf2-sha256$$FgJAKGVsTWk$kfpOCEg3Ofx61..kMrmpi5.b4t4rJja96Bux9dZOSRM",
                "$pbkdf2-sha256$10000001$FgJAKGVsTWk$kfpOCEg3Ofx61..kMrmpi5.b4t4rJja96Bux9dZOSRM",
                "$pbkdf2-sha256$4294967295$FgJAKGVsTWk$kfpOCEg3Ofx61..kMrmpi5.b4t4rJja96Bux9dZOSRM",
                "$pbkdf2-sha256$4294967297$FgJAKGVsTWk$kfpOCEg3Ofx61..kMrmpi5.b4t4rJja96Bux9dZOSRM",
                "$pbkdf2-sha256$99999999999999999999$FgJAKGVsTWk$kfpOCEg3Ofx61..kMrmpi5.b4t4rJja96Bux9dZOSRM",
                "$pbkdf2-sha256$1000$$kfpOCEg3Ofx61..kMrmpi5.b4t4rJja96Bux9dZOSRM",
                "$pbkdf2-sha256$1000$FgJAKGVsTWk$",
                "$pbkdf2-sha256$1000$FgJAKGVsTWk$kfpOCEg3Ofx61..kMrmpi5.b4t4rJja96Bux9dZOSR",
                "$pbkdf2-sha256$1000$FgJAKGVsTWk$kfpOCEg3Ofx61..kMrmpi5.b4t4rJja96Bux9dZOSRMA",
                "$pbkdf2-sha256$1000$FgJAKGVsTWk$kfpOCEg3Ofx61..kMrmpi5.b4t4rJja96Bux9dZOSRN",
                "$pbkdf2-sha256$1000$FgJAKGVsTWl$kfpOCEg3Ofx61..kMrmpi5.b4t4rJja96Bux9dZOSRM",
                "$pbkdf2-sha256$1000$FgJAKGVsTWk$kfpOCEg3Ofx61++kMrmpi5+b4t4rJja96Bux9dZOSRM",
                "$pbkdf2-sha256$1000$FgJAKGVsTWk=$kfpOCEg3Ofx61..kMrmpi5.b4t4rJja96Bux9dZOSRM",
                "$pbkdf2-sha256$1000$FgJAKGVsTWk$kfpOCEg3Ofx61..kMrmpi5.b4t4rJja96Bux9dZOSRM$",
                "$pbkdf2-sha512$1000$FgJAKGVsTWk$kfpOCEg3Ofx61..kMrmpi5.b4t4rJja96Bux9dZOSRM",
                "$pbkdf2$1000$FgJAKGVsTWk$kfpOCEg3Ofx61..kMrmpi5.b4t4rJja96Bux9dZOSRM",
                "pbkdf2_sha256$1000$$mrvX52LekL/dtgM/BAcwy5SV2S5BASn+F75etNLl+B8=",
                "pbkdf2_sha256$1000$zxegO6v6T4EuweYyC2kDOa$mrvX52LekL/dtgM/BAcwy5SV2S5BASn+F75etNLl+B8",
                "pbkdf2_sha256$1000$zxegO6v6T4EuweYyC2kDOa$mrvX52LekL/dtgM/BAcwy5SV2S5BASn+F75etNLl+B9=",
                "pbkdf2_sha256$2147483648$zxegO6v6T4EuweYyC2kDOa$mrvX52LekL/dtgM/BAcwy5SV2S5BASn+F75etNLl+B8=",
                "pbkdf2_sha1$1000$zxegO6v6T4EuweYyC2kDOa$mrvX52LekL/dtgM/BAcwy5SV2S5BASn+F75etNLl+B8=",
                "$2b$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
                "$pbkdf2-sha256$",
                "pbkdf2_sha256$",
                "x",
            })
    void refusesWhatItCannotRead(String hash) {
        assertThat(hasher.canRead(PasswordHash.of(hash))).isFalse();
        assertThat(computed).as("computations to look at it").isEmpty();
        assertThat(verify("correct horse battery staple", hash)).isEqualTo(PasswordVerification.UNREADABLE);
        assertThat(computed).as("computations to refuse it").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_PASSLIB, BY_DJANGO, OF_ANOTHER_SALT})
    void refusesEveryFlippedCharacterOfAHash(String hash) {
        String password = "correct horse battery staple";
        assertThat(verify(password, hash)).isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
        for (int i = 0; i < hash.length(); i++) {
            for (int bit : List.of(1, 0x20)) {
                char flipped = (char) (hash.charAt(i) ^ bit);
                if (flipped > ' ' && flipped < 0x7f) {
                    String other = hash.substring(0, i) + flipped + hash.substring(i + 1);
                    assertThat(verify(password, other))
                            .as(other)
                            .isIn(PasswordVerification.FAILED, PasswordVerification.UNREADABLE);
                }
            }
        }
    }

    @Test
    void refusesTwoHundredWrongPasswords() {
        String hash = hashOf(2000);
        for (int i = 0; i < 200; i++) {
            assertThat(verify(GOOD + i, hash)).isEqualTo(PasswordVerification.FAILED);
        }
    }

    @Test
    void takesTenTwentyFourBytesInWholeAndNoMore() {
        String longest = "🐎".repeat(256);
        String hash = hasher.hash(RawPassword.ofString(longest)).encoded();

        assertThat(hasher.maxUtf8Bytes()).isEqualTo(1024);
        assertThat(verify(longest, hash)).isEqualTo(PasswordVerification.SUCCEEDED);
        assertThat(verify("🐎".repeat(255) + "🔋", hash)).isEqualTo(PasswordVerification.FAILED);
        assertThat(verify(longest + "x", hash)).isEqualTo(PasswordVerification.FAILED);
        assertThatIllegalArgumentException().isThrownBy(() -> hasher.hash(RawPassword.ofString(longest + "x")));
    }

    @Test
    void neverHashesWhatIsNoText() {
        String hash = hashOf(2000);
        for (String bad : List.of("", "a\0a", "a\uD800", "\uDC00a")) {
            assertThatIllegalArgumentException().isThrownBy(() -> hasher.hash(RawPassword.ofString(bad)));
            assertThat(verify(bad, hash)).isEqualTo(PasswordVerification.FAILED);
        }
    }

    @Test
    void neverBringsAHashDownToFewerIterations() {
        assertThat(verify(GOOD, hashOf(2001))).isEqualTo(PasswordVerification.SUCCEEDED);
        assertThat(verify(GOOD, hashOf(1999))).isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
    }

    @Test
    void doesTheSameWorkOnEveryBranch() {
        String current = hashOf(2000);
        String cheap = hashOf(7);

        assertThat(workOf(() -> verify(GOOD, current))).isEqualTo(2000);
        assertThat(workOf(() -> verify("wrong", current))).isEqualTo(2000);
        assertThat(workOf(() -> verify(GOOD, cheap))).isEqualTo(2000);
        assertThat(workOf(() -> verify("wrong", cheap))).isEqualTo(2000);
        assertThat(workOf(() -> verify("wrong", BY_DJANGO))).isEqualTo(2000);
        assertThat(workOf(() -> verify("x".repeat(1025), current))).isEqualTo(2000);
        assertThat(workOf(() -> verify("\0", current))).isEqualTo(2000);
        assertThat(workOf(() -> hasher.spend(RawPassword.ofString("wrong")))).isEqualTo(2000);
        assertThat(workOf(() -> hasher.spend(RawPassword.ofString("\uD800")))).isEqualTo(2000);
        assertThat(workOf(() -> hasher.hash(RawPassword.ofString(GOOD)))).isEqualTo(2000);
    }

    @Test
    void makesADifferentHashEachTime() {
        assertThat(hashOf(10)).isNotEqualTo(hashOf(10)).matches("\\$pbkdf2-sha256\\$10\\$[\\w./]{22}\\$[\\w./]{43}");
    }

    @Test
    void boundsTheIterations() {
        assertThatIllegalArgumentException().isThrownBy(() -> Pbkdf2PasswordHasher.ofIterations(599_999));
        assertThatIllegalArgumentException().isThrownBy(() -> Pbkdf2PasswordHasher.ofIterations(10_000_001));
        assertThatIllegalArgumentException().isThrownBy(() -> Pbkdf2PasswordHasher.insecurelyCheapForTests(0));
        assertThatIllegalArgumentException().isThrownBy(() -> Pbkdf2PasswordHasher.insecurelyCheapForTests(600_000));
        assertThat(Pbkdf2PasswordHasher.ofIterations(10_000_000)).hasToString("pbkdf2-sha256, 10000000 iterations");
        assertThat(Pbkdf2PasswordHasher.ofDefaultIterations()).hasToString("pbkdf2-sha256, 600000 iterations");
    }

    private PasswordVerification verify(String password, String hash) {
        return hasher.verify(RawPassword.ofString(password), PasswordHash.of(hash));
    }

    private static String hashOf(int iterations) {
        return Pbkdf2PasswordHasher.insecurelyCheapForTests(iterations)
                .hash(RawPassword.ofString(GOOD))
                .encoded();
    }

    private int workOf(Runnable step) {
        computed.clear();
        step.run();
        return computed.stream().mapToInt(Integer::intValue).sum();
    }
}
