package dev.minotaur.auth.argon2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minotaur.auth.password.BcryptSha256PasswordHasher;
import dev.minotaur.auth.password.DelegatingPasswordHasher;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.PasswordVerification;
import dev.minotaur.auth.password.RawPassword;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class Argon2idPasswordHasherTest {

    private static final String GOOD = "correct horse battery";
    private static final String SALT_AND_TAG = "$c29tZXNhbHQ$HqeX1L8H/XewLioqJSd9dqtbSjlEjNbaLG2SDnZAvcE";
    private static final String BY_THE_PROGRAM = "$argon2id$v=19$m=64,t=2,p=1" + SALT_AND_TAG;

    private final List<Argon2Cost> computed = new ArrayList<>();
    private final Argon2idPasswordHasher hasher = new Argon2idPasswordHasher(new Argon2Cost(100, 2, 1), computed::add);

    static Stream<ToolHash> ofOtherPrograms() {
        return ToolHash.all();
    }

    @Test
    void theHashesOfOtherProgramsAreThere() {
        assertThat(ofOtherPrograms().map(ToolHash::tool).distinct()).hasSize(4);
        assertThat(ofOtherPrograms()).hasSize(83);
    }

    @ParameterizedTest
    @MethodSource("ofOtherPrograms")
    void readsTheHashesOfOtherPrograms(ToolHash made) {
        boolean cheap = made.hash().encoded().matches(".*m=(8,t=1|64,t=3),.*");

        assertThat(hasher.canRead(made.hash())).isTrue();
        assertThat(hasher.verify(made.typed(), made.hash()))
                .isEqualTo(cheap ? PasswordVerification.SUCCEEDED_REHASH_NEEDED : PasswordVerification.SUCCEEDED);
        assertThat(verify(made.password() + "x", made.hash().encoded())).isEqualTo(PasswordVerification.FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        // From the test suite of the reference implementation.
        "password,     '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'",
        "password,     '$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc'",
        "password,     '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc'",
        "password,     '$argon2id$v=19$m=65536,t=2,p=1$ZGlmZnNhbHQ$vfMrBczELrFdWP0ZsfhWsRPaHppYdP3MVEMIVlqoFBw'",
    })
    void readsTheVectorsOfTheReference(String password, String hash) {
        assertThat(verify(password, hash)).isEqualTo(PasswordVerification.SUCCEEDED);
        assertThat(verify("x" + password, hash)).isEqualTo(PasswordVerification.FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2i$v=19$m=64,t=2,p=1" + SALT_AND_TAG,
                "$argon2d$v=19$m=64,t=2,p=1" + SALT_AND_TAG,
                "$argon2id$v=16$m=64,t=2,p=1" + SALT_AND_TAG,
                "$argon2id$m=64,t=2,p=1" + SALT_AND_TAG,
                "$argon2id$v=19$t=2,m=64,p=1" + SALT_AND_TAG,
                "$argon2id$v=19$m=64,t=2" + SALT_AND_TAG,
                "$argon2id$v=19$m=64,t=2,p=1,data=AA" + SALT_AND_TAG,
                "$argon2id$v=19$m=7,t=2,p=1" + SALT_AND_TAG,
                "$argon2id$v=19$m=64,t=2,p=9" + SALT_AND_TAG,
                "$argon2id$v=19$m=64,t=0,p=1" + SALT_AND_TAG,
                "$argon2id$v=19$m=64,t=2,p=0" + SALT_AND_TAG,
                "$argon2id$v=19$m=064,t=2,p=1" + SALT_AND_TAG,
                "$argon2id$v=19$m=-64,t=2,p=1" + SALT_AND_TAG,
                "$argon2id$v=19$m=262145,t=1,p=1" + SALT_AND_TAG,
                "$argon2id$v=19$m=262144,t=5,p=1" + SALT_AND_TAG,
                "$argon2id$v=19$m=4294967295,t=1,p=1" + SALT_AND_TAG,
                "$argon2id$v=19$m=4294967360,t=2,p=1" + SALT_AND_TAG,
                "$argon2id$v=19$m=64,t=17,p=1" + SALT_AND_TAG,
                "$argon2id$v=19$m=64,t=4294967295,p=1" + SALT_AND_TAG,
                "$argon2id$v=19$m=1024,t=1,p=17" + SALT_AND_TAG,
                "$argon2id$v=19$m=999999,t=999999,p=999999" + SALT_AND_TAG,
                "$argon2id$v=19$m=64,t=2,p=1$c29tZXNhbHQ$HqeX1L8H/XewLioqJSd9dqtbSjlEjNbaLG2SDnZAvcE$",
                "$argon2id$v=19$m=64,t=2,p=1$c29tZXNhbHQ$HqeX1L8H/XewLioqJSd9dqtbSjlEjNbaLG2SDnZAvcE=",
                "$argon2id$v=19$m=64,t=2,p=1$c29tZXNhbHQ$HqeX1L8H/XewLioqJSd9dqtbSjlEjNbaLG2SDnZAvcF",
                "$argon2id$v=19$m=64,t=2,p=1$c29tZXNhbHR$HqeX1L8H/XewLioqJSd9dqtbSjlEjNbaLG2SDnZAvcE",
                "$argon2id$v=19$m=64,t=2,p=1$c29tZXNhbHQ$HqeX1L8H",
                "$argon2id$v=19$m=64,t=2,p=1$c29tZQ$HqeX1L8H/XewLioqJSd9dqtbSjlEjNbaLG2SDnZAvcE",
                "$argon2id$v=19$m=64,t=2,p=1$c29tZXNhbHQ$",
                "$argon2id$v=19$m=64,t=2,p=1$c29tZXNhbHQ",
                "argon2argon2$argon2id$v=19$m=64,t=2,p=1" + SALT_AND_TAG,
                "$argon2id$",
                "argon2",
                "x",
            })
    void refusesWhatItCannotRead(String hash) {
        assertThat(hasher.canRead(PasswordHash.of(hash))).isFalse();
        assertThat(computed).as("computations to look at it").isEmpty();
        assertThat(verify("abc", hash)).isEqualTo(PasswordVerification.UNREADABLE);
        assertThat(computed).as("computations to refuse it").isEmpty();
    }

    @Test
    void refusesEveryFlippedCharacterOfAHash() {
        assertThat(verify("abc", BY_THE_PROGRAM)).isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
        for (int i = 0; i < BY_THE_PROGRAM.length(); i++) {
            for (int bit : List.of(1, 0x20)) {
                char flipped = (char) (BY_THE_PROGRAM.charAt(i) ^ bit);
                if (flipped > ' ' && flipped < 0x7f) {
                    String other = BY_THE_PROGRAM.substring(0, i) + flipped + BY_THE_PROGRAM.substring(i + 1);
                    assertThat(verify("abc", other))
                            .as(other)
                            .isIn(PasswordVerification.FAILED, PasswordVerification.UNREADABLE);
                }
            }
        }
    }

    @Test
    void anyStringIsReadOrNotWithoutAnException() {
        Random random = new Random(20261126);
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder(BY_THE_PROGRAM);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                int at = random.nextInt(text.length());
                char odd = "$,=./+-0123456789mtpv~".charAt(random.nextInt(22));
                switch (random.nextInt(4)) {
                    case 0 -> text.setCharAt(at, odd);
                    case 1 -> text.insert(at, odd);
                    case 2 -> text.setLength(at + 1);
                    default -> text.setCharAt(at, (char) ('!' + random.nextInt('~' - '!' + 1)));
                }
            }
            PasswordHash changed = PasswordHash.of(text.toString());
            boolean reads = hasher.canRead(changed);
            if (i < 1000 && !text.toString().equals(BY_THE_PROGRAM)) {
                assertThat(hasher.verify(RawPassword.ofString("abc"), changed))
                        .as(text.toString())
                        .isEqualTo(reads ? PasswordVerification.FAILED : PasswordVerification.UNREADABLE);
            }
        }
    }

    @Test
    void refusesTwoHundredWrongPasswords() {
        String hash = hasher.hash(RawPassword.ofString(GOOD)).encoded();
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
        for (String bad : List.of("", "a\0a", "a\uD800", "\uDC00a")) {
            assertThatIllegalArgumentException().isThrownBy(() -> hasher.hash(RawPassword.ofString(bad)));
            assertThat(verify(bad, hash)).isEqualTo(PasswordVerification.FAILED);
        }
    }

    @Test
    void doesTheSameWorkOnEveryBranch() {
        String current = hasher.hash(RawPassword.ofString(GOOD)).encoded();

        assertThat(workOf(() -> verify(GOOD, current))).isEqualTo(200);
        assertThat(workOf(() -> verify("wrong", current))).isEqualTo(200);
        assertThat(workOf(() -> verify("abc", BY_THE_PROGRAM))).isEqualTo(200);
        assertThat(workOf(() -> verify("wrong", BY_THE_PROGRAM))).isEqualTo(200);
        assertThat(workOf(() -> verify("wrong", BY_THE_PROGRAM.replace("m=64,t=2", "m=8,t=1"))))
                .isEqualTo(200);
        assertThat(workOf(() -> verify("x".repeat(1025), current))).isEqualTo(200);
        assertThat(workOf(() -> verify("\0", current))).isEqualTo(200);
        assertThat(workOf(() -> hasher.spend(RawPassword.ofString("wrong")))).isEqualTo(200);
        assertThat(workOf(() -> hasher.spend(RawPassword.ofString("\uD800")))).isEqualTo(200);
        assertThat(workOf(() -> verify("wrong", BY_THE_PROGRAM.replace("m=64,t=2", "m=197,t=1"))))
                .as("the least memory of a computation is 8")
                .isEqualTo(205);
        assertThat(computed).allMatch(cost -> cost.memoryKib() <= 197);
    }

    @Test
    void neverBringsAHashDown() {
        String costlier = new Argon2idPasswordHasher(new Argon2Cost(67, 3, 1), computed::add)
                .hash(RawPassword.ofString(GOOD))
                .encoded();
        String cheaper = new Argon2idPasswordHasher(new Argon2Cost(199, 1, 1), computed::add)
                .hash(RawPassword.ofString(GOOD))
                .encoded();

        assertThat(verify(GOOD, costlier)).isEqualTo(PasswordVerification.SUCCEEDED);
        assertThat(verify(GOOD, cheaper)).isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
    }

    @Test
    void aTableOfBcryptIsUpgraded() {
        RawPassword password = RawPassword.ofString(GOOD);
        DelegatingPasswordHasher both =
                DelegatingPasswordHasher.builder(hasher).upgradesKnownFormats().build();

        assertThat(both.verify(
                        password,
                        BcryptSha256PasswordHasher.insecurelyCheapForTests(4).hash(password)))
                .isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
        assertThat(both.verify(password, both.hash(password))).isEqualTo(PasswordVerification.SUCCEEDED);
    }

    @Test
    void makesADifferentHashEachTime() {
        RawPassword password = RawPassword.ofString(GOOD);

        assertThat(Argon2idPasswordHasher.ofDefaultCost().hash(password).encoded())
                .matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[\\w+/]{22}\\$[\\w+/]{43}");
        assertThat(hasher.hash(password)).isNotEqualTo(hasher.hash(password));
    }

    @Test
    void aHashThatTakesMoreThanHalfOfTheHeapIsNotRead() {
        String hash = Argon2idHash.encode(new Argon2Cost(1024, 1, 1), new byte[16], new byte[32]);
        assertThat(Argon2idHash.parse(hash, 2 << 20)).isPresent();
        assertThat(Argon2idHash.parse(hash, (2 << 20) - 1)).isEmpty();
    }

    @Test
    void boundsTheCost() {
        assertThatIllegalArgumentException().isThrownBy(() -> Argon2idPasswordHasher.ofCost(7_167, 16));
        assertThatIllegalArgumentException().isThrownBy(() -> Argon2idPasswordHasher.ofCost(7_168, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> Argon2idPasswordHasher.ofCost(262_145, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Argon2idPasswordHasher.ofCost(262_144, 5));
        assertThatIllegalArgumentException().isThrownBy(() -> Argon2idPasswordHasher.ofCost(19_456, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Argon2idPasswordHasher.ofCost(19_456, 17));
        assertThatIllegalArgumentException().isThrownBy(() -> Argon2idPasswordHasher.insecurelyCheapForTests(7));
        assertThatIllegalArgumentException().isThrownBy(() -> Argon2idPasswordHasher.insecurelyCheapForTests(7_168));
        assertThat(Argon2idPasswordHasher.ofCost(7_168, 5)).hasToString("argon2id, m=7168,t=5,p=1");
        assertThat(Argon2idPasswordHasher.ofCost(262_144, 4)).hasToString("argon2id, m=262144,t=4,p=1");
        assertThat(Argon2idPasswordHasher.insecurelyCheapForTests(8)).hasToString("argon2id, m=8,t=1,p=1");
        assertThat(Argon2idPasswordHasher.ofDefaultCost()).hasToString("argon2id, m=19456,t=2,p=1");
    }

    private PasswordVerification verify(String password, String hash) {
        return hasher.verify(RawPassword.ofString(password), PasswordHash.of(hash));
    }

    private int workOf(Runnable step) {
        computed.clear();
        step.run();
        return computed.stream().mapToInt(Argon2Cost::work).sum();
    }
}
