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

class BcryptSha256PasswordHasherTest {

    private static final String GOOD = "correct horse battery";
    private static final String BY_PASSLIB =
            "$bcrypt-sha256$v=2,t=2b,r=4$O4AzQ0NbdL3DnQ0QlHJrxe$AUTRsVv/SqXzo3WnUaR7JBIijFiO/xS";
    private static final String BY_PASSLIB_1 =
            "$bcrypt-sha256$2b,4$jGgAZAS6iki1gy2.Fawjn.$pfVLzSsLR3MMPhpWgIDKUvfK.tmX9MG";

    private final List<Integer> computed = new ArrayList<>();
    private final BcryptSha256PasswordHasher hasher = new BcryptSha256PasswordHasher(6, computed::add);

    static Stream<ToolHash> ofPasslib() {
        return ToolHash.ofFormats("bcrypt-sha256", "bcrypt-sha256 v1");
    }

    @Test
    void theHashesOfPasslibAreThere() {
        assertThat(ofPasslib()).hasSize(48);
    }

    @ParameterizedTest
    @MethodSource("ofPasslib")
    void readsTheHashesOfPasslib(ToolHash made) {
        boolean current = made.hash().encoded().contains("v=2,t=2b,r=6$");

        assertThat(hasher.canRead(made.hash())).isTrue();
        assertThat(hasher.verify(made.typed(), made.hash()))
                .isEqualTo(current ? PasswordVerification.SUCCEEDED : PasswordVerification.SUCCEEDED_REHASH_NEEDED);
        assertThat(verify(made.password() + "x", made.hash().encoded())).isEqualTo(PasswordVerification.FAILED);
        assertThat(verify(made.password().substring(1), made.hash().encoded())).isEqualTo(PasswordVerification.FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        // From the test suite of passlib 1.7.4, with the passwords of its authors.
        "password, '$bcrypt-sha256$2a,5$5Hg1DKFqPE8C2aflZ5vVoe$12BjNE0p7axMg55.Y/mHsYiVuFBDQyu'",
        "password, '$bcrypt-sha256$v=2,t=2b,r=5$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS'",
        "t\u00e1\u0411\u2113\u0259, '$bcrypt-sha256$2b,5$.US1fQ4TQS.ZTz/uJ5Kyn.$QNdPDOTKKT5/sovNz1iWg26quOU4Pje'",
    })
    void readsTheVectorsOfPasslib(String password, String hash) {
        assertThat(verify(password, hash)).isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
        assertThat(verify("x" + password, hash)).isEqualTo(PasswordVerification.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$bcrypt-sha256$v=1,t=2b,r=5$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS",
                "$bcrypt-sha256$v=3,t=2b,r=5$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS",
                "$bcrypt-sha256$v=2,t=2a,r=5$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS",
                "$bcrypt-sha256$v=2,t=2b,r=05$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS",
                "$bcrypt-sha256$v=2,t=2b,r=3$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS",
                "$bcrypt-sha256$v=2,t=2b,r=17$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS",
                "$bcrypt-sha256$v=2,t=2b,r=31$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS",
                "$bcrypt-sha256$v=2,t=2b,r=999$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS",
                "$bcrypt-sha256$v=2,t=2b,r=$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS",
                "$bcrypt-sha256$v=2,t=2b,r=-5$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS",
                "$bcrypt-sha256$v=2,t=2b,r=5$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPb",
                "$bcrypt-sha256$v=2,t=2b,r=5$5Hg1DKFqPE8C2aflZ5vVoe",
                "$bcrypt-sha256$v=2,t=2b,r=5$5Hg1DKFqPE8C2aflZ5vVof$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS",
                "$bcrypt-sha256$v=2,t=2b,r=5$5Hg1DKFqPE8C2aflZ5vVoe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbT",
                "$bcrypt-sha256$v=2,t=2b,r=5$5Hg1DKFqPE8C2aflZ5v!oe$wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS",
                "$bcrypt-sha256$v=2,t=2b,r=5$5Hg1DKFqPE8C2aflZ5vVoe.wOK1VFFtS8IGTrGa7.h5fs0u84qyPbS",
                "$bcrypt-sha256$2y,5$5Hg1DKFqPE8C2aflZ5vVoe$12BjNE0p7axMg55.Y/mHsYiVuFBDQyu",
                "$bcrypt-sha256$2x,5$5Hg1DKFqPE8C2aflZ5vVoe$12BjNE0p7axMg55.Y/mHsYiVuFBDQyu",
                "$2b$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
                "$bcrypt-sha256$",
                "x",
            })
    void refusesWhatItCannotRead(String hash) {
        assertThat(hasher.canRead(PasswordHash.of(hash))).isFalse();
        assertThat(computed).as("computations to look at it").isEmpty();
        assertThat(verify("password", hash)).isEqualTo(PasswordVerification.UNREADABLE);
        assertThat(computed).as("computations to refuse it").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {BY_PASSLIB, BY_PASSLIB_1})
    void refusesEveryFlippedCharacterOfAHash(String hash) {
        String password = "correct horse battery staple";
        BcryptSha256PasswordHasher cheapest = new BcryptSha256PasswordHasher(4, computed::add);
        assertThat(isGood(cheapest.verify(RawPassword.ofString(password), PasswordHash.of(hash))))
                .isTrue();
        for (int i = 0; i < hash.length(); i++) {
            for (int bit : List.of(1, 0x20)) {
                char flipped = (char) (hash.charAt(i) ^ bit);
                if (flipped > ' ' && flipped < 0x7f) {
                    String other = hash.substring(0, i) + flipped + hash.substring(i + 1);
                    // 2a and 2b are two names of one function.
                    boolean renamed = hash.equals(BY_PASSLIB_1) && other.contains("$2a,");
                    assertThat(!renamed && isGood(verify(password, other)))
                            .as(other)
                            .isFalse();
                }
            }
        }
    }

    @Test
    void refusesTwoHundredWrongPasswords() {
        BcryptSha256PasswordHasher cheapest = new BcryptSha256PasswordHasher(4, computed::add);
        PasswordHash hash = PasswordHash.of(hashOfCost(4));
        for (int i = 0; i < 200; i++) {
            assertThat(cheapest.verify(RawPassword.ofString(GOOD + i), hash)).isEqualTo(PasswordVerification.FAILED);
        }
    }

    @Test
    void takesTenTwentyFourBytesInWholeAndNoMore() {
        String longest = "ภ".repeat(341) + "x";
        PasswordHash hash = hasher.hash(RawPassword.ofString(longest));

        assertThat(hasher.maxUtf8Bytes()).isEqualTo(1024);
        assertThat(verify(longest, hash.encoded())).isEqualTo(PasswordVerification.SUCCEEDED);
        assertThat(verify("ภ".repeat(341) + "y", hash.encoded())).isEqualTo(PasswordVerification.FAILED);
        assertThat(verify(longest + "x", hash.encoded())).isEqualTo(PasswordVerification.FAILED);
        assertThatIllegalArgumentException().isThrownBy(() -> hasher.hash(RawPassword.ofString(longest + "x")));
    }

    @Test
    void neverHashesWhatIsNoText() {
        String hash = hasher.hash(RawPassword.ofString("?")).encoded();
        for (String bad : List.of("", "a\0a", "a\uD800", "\uDC00a")) {
            assertThatIllegalArgumentException().isThrownBy(() -> hasher.hash(RawPassword.ofString(bad)));
            assertThat(verify(bad, hash)).isEqualTo(PasswordVerification.FAILED);
        }
    }

    @Test
    void neverBringsAHashDownToALowerCost() {
        String costlier = hashOfCost(7);

        assertThat(verify(GOOD, costlier)).isEqualTo(PasswordVerification.SUCCEEDED);
        assertThat(verify(GOOD, hashOfCost(5))).isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
        String of1 = "$bcrypt-sha256$2a,5$5Hg1DKFqPE8C2aflZ5vVoe$12BjNE0p7axMg55.Y/mHsYiVuFBDQyu";
        assertThat(new BcryptSha256PasswordHasher(5, computed::add)
                        .verify(RawPassword.ofString("password"), PasswordHash.of(of1)))
                .isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
        assertThat(new BcryptSha256PasswordHasher(4, computed::add)
                        .verify(RawPassword.ofString("password"), PasswordHash.of(of1)))
                .isEqualTo(PasswordVerification.SUCCEEDED);
    }

    @Test
    void doesTheSameWorkOnEveryBranch() {
        String current = hashOfCost(6);
        String cheap = hashOfCost(4);

        assertThat(workOf(() -> verify(GOOD, current))).isEqualTo(64);
        assertThat(workOf(() -> verify("wrong", current))).isEqualTo(64);
        assertThat(workOf(() -> verify(GOOD, cheap))).isEqualTo(64);
        assertThat(workOf(() -> verify("wrong", cheap))).isEqualTo(64);
        assertThat(workOf(() -> verify("correct horse battery staple", BY_PASSLIB_1)))
                .isEqualTo(64);
        assertThat(workOf(() -> verify("x".repeat(1025), current))).isEqualTo(64);
        assertThat(workOf(() -> verify("\0", current))).isEqualTo(64);
        assertThat(workOf(() -> hasher.spend(RawPassword.ofString("wrong")))).isEqualTo(64);
        assertThat(workOf(() -> hasher.spend(RawPassword.ofString("\uD800")))).isEqualTo(64);
        assertThat(workOf(() -> hasher.hash(RawPassword.ofString(GOOD)))).isEqualTo(64);
    }

    @Test
    void makesADifferentHashEachTime() {
        assertThat(hashOfCost(4))
                .isNotEqualTo(hashOfCost(4))
                .startsWith("$bcrypt-sha256$v=2,t=2b,r=4$")
                .hasSize(BY_PASSLIB.length());
    }

    @Test
    void boundsTheCost() {
        assertThatIllegalArgumentException().isThrownBy(() -> BcryptSha256PasswordHasher.ofCost(9));
        assertThatIllegalArgumentException().isThrownBy(() -> BcryptSha256PasswordHasher.ofCost(17));
        assertThatIllegalArgumentException().isThrownBy(() -> BcryptSha256PasswordHasher.insecurelyCheapForTests(3));
        assertThatIllegalArgumentException().isThrownBy(() -> BcryptSha256PasswordHasher.insecurelyCheapForTests(10));
        assertThat(BcryptSha256PasswordHasher.ofCost(16)).hasToString("bcrypt-sha256, cost 16");
        assertThat(BcryptSha256PasswordHasher.ofDefaultCost()).hasToString("bcrypt-sha256, cost 12");
    }

    private static boolean isGood(PasswordVerification verification) {
        return verification == PasswordVerification.SUCCEEDED
                || verification == PasswordVerification.SUCCEEDED_REHASH_NEEDED;
    }

    private PasswordVerification verify(String password, String hash) {
        return hasher.verify(RawPassword.ofString(password), PasswordHash.of(hash));
    }

    private static String hashOfCost(int cost) {
        return BcryptSha256PasswordHasher.insecurelyCheapForTests(cost)
                .hash(RawPassword.ofString(GOOD))
                .encoded();
    }

    private int workOf(Runnable step) {
        computed.clear();
        step.run();
        return computed.stream().mapToInt(cost -> 1 << cost).sum();
    }
}
