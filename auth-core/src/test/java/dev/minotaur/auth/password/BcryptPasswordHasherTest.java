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

class BcryptPasswordHasherTest {

    private static final String GOOD = "correct horse battery";

    private final List<Integer> computed = new ArrayList<>();
    private final BcryptPasswordHasher hasher = new BcryptPasswordHasher(6, computed::add);

    @ParameterizedTest
    @CsvSource({
        // From the test suite of OpenBSD's bcrypt as carried by jBCrypt.
        "a, $2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
        "a, $2a$08$cfcvVd2aQ8CMvoMpP2EBfeodLEkkFJ9umNEfPD18.hUF62qqlC/V.",
        "abc, $2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i",
        "abcdefghijklmnopqrstuvwxyz, $2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC",
        "'~!@#$%^&*()      ~!@#$%^&*()PNBFRD', $2a$06$fPIsBO8qRqkjj273rfaOI.HtSV9jLDpTbZn782DC6/t7qT67P6FfO",
    })
    void readsTheHashesOfOthers(String password, String hash) {
        assertThat(verify(password, hash)).isNotIn(PasswordVerification.FAILED, PasswordVerification.UNREADABLE);
        assertThat(verify(password + "x", hash)).isEqualTo(PasswordVerification.FAILED);
    }

    static Stream<ToolHash> ofOtherPrograms() {
        return ToolHash.ofFormats("bcrypt", "bcrypt-cut");
    }

    @Test
    void theHashesOfOtherProgramsAreThere() {
        assertThat(ofOtherPrograms().map(ToolHash::tool).distinct()).hasSize(5);
    }

    @ParameterizedTest
    @MethodSource("ofOtherPrograms")
    void readsTheHashesOfOtherProgramsUnlessTheyCutThePassword(ToolHash made) {
        assertThat(hasher.verify(made.typed(), made.hash()))
                .isEqualTo(
                        made.format().equals("bcrypt")
                                ? PasswordVerification.SUCCEEDED_REHASH_NEEDED
                                : PasswordVerification.FAILED);
        assertThat(verify(made.password() + "x", made.hash().encoded())).isEqualTo(PasswordVerification.FAILED);
        assertThat(verify(made.password().substring(1), made.hash().encoded())).isEqualTo(PasswordVerification.FAILED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"$2a$", "$2b$", "$2y$"})
    void takesTheThreeNamesOfOneFunction(String name) {
        String hash = name + hasher.hash(RawPassword.ofString(GOOD)).encoded().substring(4);

        assertThat(verify(GOOD, hash)).isEqualTo(PasswordVerification.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2x$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
                "$2$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
                "$2a$03$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
                "$2a$17$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
                "$2a$31$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
                "$2a$99$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
                "$2a$+6$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe",
                "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfx",
                "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxee",
                "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVf!e",
                "$2a$06$",
                "x",
                "!",
                "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b27dw",
            })
    void refusesWhatItCannotRead(String hash) {
        assertThat(hasher.canRead(PasswordHash.of(hash))).isFalse();
        assertThat(work()).as("the work of looking at it").isZero();
        assertThat(verify("a", hash)).isEqualTo(PasswordVerification.UNREADABLE);
        assertThat(work()).as("the work of looking at it").isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"$2a$04$", "$2b$06$", "$2y$12$", "$2b$16$"})
    void canReadWhatItWouldVerify(String beginning) {
        String hash = beginning + "m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe";

        assertThat(hasher.canRead(PasswordHash.of(hash))).isTrue();
        assertThat(work()).as("the work of looking at it").isZero();
    }

    @Test
    void refusesEveryFlippedCharacterOfAHash() {
        String hash = hasher.hash(RawPassword.ofString(GOOD)).encoded();
        // The last characters of salt and hash carry unused bits; those before all count.
        for (int i = 7; i < hash.length(); i++) {
            if (i == 28 || i == hash.length() - 1) {
                continue;
            }
            char flipped = hash.charAt(i) == 'A' ? 'B' : 'A';
            String other = hash.substring(0, i) + flipped + hash.substring(i + 1);
            assertThat(verify(GOOD, other)).as("flipped at %d", i).isEqualTo(PasswordVerification.FAILED);
        }
    }

    @Test
    void takesSeventyTwoBytesInWholeAndNoMore() {
        String longest = "x".repeat(72);
        PasswordHash hash = hasher.hash(RawPassword.ofString(longest));

        assertThat(verify(longest, hash.encoded())).isEqualTo(PasswordVerification.SUCCEEDED);
        assertThat(verify("x".repeat(71) + "y", hash.encoded())).isEqualTo(PasswordVerification.FAILED);
        assertThat(verify(longest + "x", hash.encoded())).isEqualTo(PasswordVerification.FAILED);
        assertThatIllegalArgumentException().isThrownBy(() -> hasher.hash(RawPassword.ofString("x".repeat(73))));
        assertThatIllegalArgumentException().isThrownBy(() -> hasher.hash(RawPassword.ofString("ภ".repeat(25))));
    }

    @Test
    void neverHashesWhatIsNoText() {
        for (String bad : List.of("", "a\0a", "a\uD800", "\uDC00a")) {
            assertThatIllegalArgumentException().isThrownBy(() -> hasher.hash(RawPassword.ofString(bad)));
            assertThat(verify(bad, hasher.hash(RawPassword.ofString("?")).encoded()))
                    .isEqualTo(PasswordVerification.FAILED);
        }
    }

    @Test
    void saysWhenAHashIsCheaperThanTheCurrentCost() {
        String cheaper = hashOfCost(4);
        String costlier = hashOfCost(7);

        assertThat(verify(GOOD, cheaper)).isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
        assertThat(verify(GOOD, costlier)).isEqualTo(PasswordVerification.SUCCEEDED);
        assertThat(verify(GOOD + "!", cheaper)).isEqualTo(PasswordVerification.FAILED);
    }

    @Test
    void doesTheSameWorkOnEveryBranch() {
        String current = hashOfCost(6);
        String cheap = hashOfCost(4);

        assertThat(workOf(() -> verify(GOOD, current))).isEqualTo(64);
        assertThat(workOf(() -> verify("wrong", current))).isEqualTo(64);
        assertThat(workOf(() -> verify(GOOD, cheap))).isEqualTo(64);
        assertThat(workOf(() -> verify("wrong", cheap))).isEqualTo(64);
        assertThat(workOf(() -> verify("x".repeat(73), current))).isEqualTo(64);
        assertThat(workOf(() -> verify("\0", current))).isEqualTo(64);
        assertThat(workOf(() -> hasher.spend(RawPassword.ofString("wrong")))).isEqualTo(64);
        assertThat(workOf(() -> hasher.spend(RawPassword.ofString("\uD800")))).isEqualTo(64);
    }

    @Test
    void makesADifferentHashEachTime() {
        assertThat(hashOfCost(4))
                .isNotEqualTo(hashOfCost(4))
                .startsWith("$2b$04$")
                .hasSize(60);
    }

    @Test
    void boundsTheCost() {
        assertThatIllegalArgumentException().isThrownBy(() -> BcryptPasswordHasher.ofCost(9));
        assertThatIllegalArgumentException().isThrownBy(() -> BcryptPasswordHasher.ofCost(17));
        assertThatIllegalArgumentException().isThrownBy(() -> BcryptPasswordHasher.insecurelyCheapForTests(3));
        assertThatIllegalArgumentException().isThrownBy(() -> BcryptPasswordHasher.insecurelyCheapForTests(10));
        assertThat(BcryptPasswordHasher.ofCost(16)).hasToString("bcrypt, cost 16");
        assertThat(BcryptPasswordHasher.ofDefaultCost()).hasToString("bcrypt, cost 12");
    }

    private PasswordVerification verify(String password, String hash) {
        return hasher.verify(RawPassword.ofString(password), PasswordHash.of(hash));
    }

    private static String hashOfCost(int cost) {
        return BcryptPasswordHasher.insecurelyCheapForTests(cost)
                .hash(RawPassword.ofString(GOOD))
                .encoded();
    }

    private int workOf(Runnable step) {
        computed.clear();
        step.run();
        return work();
    }

    private int work() {
        return computed.stream().mapToInt(cost -> 1 << cost).sum();
    }
}
