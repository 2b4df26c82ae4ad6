package dev.minotaur.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DelegatingPasswordHasherTest {

    private static final RawPassword GOOD = RawPassword.ofString("correct horse battery");
    private static final RawPassword WRONG = RawPassword.ofString("wrong");
    private static final PasswordHash UNKNOWN = PasswordHash.of("$unknown$1$abc");

    private final List<String> computed = new ArrayList<>();
    private final PasswordHasher current =
            new BcryptSha256PasswordHasher(4, cost -> computed.add("current " + (1 << cost)));
    private final PasswordHasher other = new BcryptPasswordHasher(5, cost -> computed.add("other " + (1 << cost)));
    private final PasswordHasher pbkdf2 = new Pbkdf2PasswordHasher(100, count -> computed.add("pbkdf2 " + count));
    private final DelegatingPasswordHasher known =
            DelegatingPasswordHasher.builder(current).upgradesKnownFormats().build();
    private final DelegatingPasswordHasher upgrading =
            DelegatingPasswordHasher.builder(current).upgrades(other).build();
    private final DelegatingPasswordHasher keeping = DelegatingPasswordHasher.builder(current)
            .keeps(other)
            .upgrades(pbkdf2)
            .build();

    static Stream<ToolHash> ofOtherPrograms() {
        return ToolHash.all();
    }

    @ParameterizedTest
    @MethodSource("ofOtherPrograms")
    void readsWhatOtherProgramsMadeAndUpgradesIt(ToolHash made) {
        assertThat(known.canRead(made.hash())).isTrue();
        assertThat(known.verify(made.typed(), made.hash())).isEqualTo(foundOf(made));
        if (made.format().endsWith("Django")) {
            assertThat(known.verify(RawPassword.ofString(made.password() + "x"), made.hash()))
                    .isEqualTo(PasswordVerification.FAILED);
        }
    }

    private static PasswordVerification foundOf(ToolHash made) {
        if (made.format().startsWith("bcrypt-cut")) {
            return PasswordVerification.FAILED;
        }
        return made.hash().encoded().startsWith("$bcrypt-sha256$v=2,")
                ? PasswordVerification.SUCCEEDED
                : PasswordVerification.SUCCEEDED_REHASH_NEEDED;
    }

    static Stream<ToolHash> oneOfEachFormat() {
        return ToolHash.all()
                .collect(Collectors.toMap(ToolHash::format, made -> made, (first, next) -> first))
                .values()
                .stream()
                .filter(made -> !made.format().startsWith("bcrypt-cut"));
    }

    @ParameterizedTest
    @MethodSource("oneOfEachFormat")
    void refusesEveryChangedCharacterOfAHash(ToolHash made) {
        String hash = made.hash().encoded();
        int endOfBcryptSalt = hash.lastIndexOf('$') + 22;
        for (int i = 0; i < hash.length(); i++) {
            // Of bcrypt, the last characters of salt and digest carry unused bits.
            if (made.format().startsWith("bcrypt") && (i == endOfBcryptSalt || i == hash.length() - 1)) {
                continue;
            }
            String other = hash.substring(0, i) + (hash.charAt(i) == 'A' ? 'B' : 'A') + hash.substring(i + 1);
            assertThat(known.verify(made.typed(), PasswordHash.of(other)))
                    .as(other)
                    .isIn(PasswordVerification.FAILED, PasswordVerification.UNREADABLE);
        }
    }

    @Test
    void readsTheHashOfSpringSecuritysReference() {
        PasswordHash hash = PasswordHash.of("{bcrypt}$2a$10$dXJ3SW6G7P50lGmMkkmwe.20cQQubK3.HZWzG3YB1tlRy.fqvM/BG");

        assertThat(DelegatingPasswordHasher.defaults().verify(RawPassword.ofString("password"), hash))
                .isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
        assertThat(known.verify(RawPassword.ofString("passwordx"), hash)).isEqualTo(PasswordVerification.FAILED);
    }

    @Test
    void hashesByTheCurrentScheme() {
        PasswordHash hash = known.hash(GOOD);

        assertThat(hash.encoded()).startsWith("$bcrypt-sha256$v=2,t=2b,r=4$");
        assertThat(known.verify(GOOD, hash)).isEqualTo(PasswordVerification.SUCCEEDED);
        assertThat(known.verify(WRONG, hash)).isEqualTo(PasswordVerification.FAILED);
        assertThat(known.maxUtf8Bytes()).isEqualTo(1024);
        assertThatIllegalArgumentException().isThrownBy(() -> known.hash(RawPassword.ofString("x".repeat(1025))));
    }

    @Test
    void aCostlierHashOfBcryptIsNotBroughtDown() {
        String costlier =
                BcryptPasswordHasher.insecurelyCheapForTests(7).hash(GOOD).encoded();
        String equal =
                BcryptPasswordHasher.insecurelyCheapForTests(4).hash(GOOD).encoded();
        for (String name : List.of("", "{bcrypt}", "bcrypt$")) {
            assertThat(known.verify(GOOD, PasswordHash.of(name + costlier))).isEqualTo(PasswordVerification.SUCCEEDED);
            assertThat(known.verify(WRONG, PasswordHash.of(name + costlier))).isEqualTo(PasswordVerification.FAILED);
            assertThat(known.verify(GOOD, PasswordHash.of(name + equal)))
                    .isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
        }
        PasswordHash ofDjango = new DjangoBcryptSha256PasswordHasher(5, cost -> {}).hash(GOOD);
        assertThat(known.verify(GOOD, ofDjango)).isEqualTo(PasswordVerification.SUCCEEDED);
        PasswordHasher plain = DelegatingPasswordHasher.builder(BcryptPasswordHasher.insecurelyCheapForTests(4))
                .upgradesKnownFormats()
                .build();
        assertThat(plain.verify(GOOD, new BcryptSha256PasswordHasher(5, cost -> {}).hash(GOOD)))
                .isEqualTo(PasswordVerification.SUCCEEDED);
        assertThat(plain.verify(GOOD, current.hash(GOOD))).isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
    }

    @Test
    void aCostlierHashOfBcryptIsNotBroughtDownWhateverItsOwnHasherSays() {
        PasswordHash stored =
                BcryptSha256PasswordHasher.insecurelyCheapForTests(6).hash(GOOD);
        PasswordHasher costliest = BcryptSha256PasswordHasher.insecurelyCheapForTests(7);
        PasswordHasher bcrypt = BcryptPasswordHasher.insecurelyCheapForTests(5);
        assertThat(costliest.verify(GOOD, stored)).isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
        assertThat(DelegatingPasswordHasher.builder(bcrypt)
                        .upgrades(costliest)
                        .build()
                        .verify(GOOD, stored))
                .isEqualTo(PasswordVerification.SUCCEEDED);
        assertThat(DelegatingPasswordHasher.builder(bcrypt)
                        .keeps(costliest)
                        .build()
                        .verify(GOOD, stored))
                .isEqualTo(PasswordVerification.SUCCEEDED);
    }

    @Test
    void aCostlierHashOfBcryptIsNotBroughtDownWhereAPepperComesOrGoes() {
        PasswordHasher today = BcryptSha256PasswordHasher.insecurelyCheapForTests(5);
        PasswordHasher peppered = PepperedPasswordHasher.builder(
                        BcryptSha256PasswordHasher.insecurelyCheapForTests(6), "2026-11", new byte[32])
                .build();
        DelegatingPasswordHasher without =
                DelegatingPasswordHasher.builder(today).upgrades(peppered).build();
        assertThat(without.verify(GOOD, peppered.hash(GOOD))).isEqualTo(PasswordVerification.SUCCEEDED);

        PasswordHasher known =
                DelegatingPasswordHasher.builder(today).upgradesKnownFormats().build();
        DelegatingPasswordHasher firstStep = DelegatingPasswordHasher.builder(today)
                .keeps(PepperedPasswordHasher.builder(known, "2026-11", new byte[32])
                        .build())
                .upgradesKnownFormats()
                .build();
        PasswordHash costlier = BcryptPasswordHasher.insecurelyCheapForTests(6).hash(GOOD);
        assertThat(firstStep.verify(GOOD, costlier)).isEqualTo(PasswordVerification.SUCCEEDED);
    }

    @Test
    void aCostlierHashOfBcryptIsNotBroughtDownByAHasherOverSeveral() {
        PasswordHasher today = DelegatingPasswordHasher.builder(BcryptSha256PasswordHasher.insecurelyCheapForTests(5))
                .build();
        PasswordHasher nested =
                DelegatingPasswordHasher.builder(today).upgradesKnownFormats().build();
        PasswordHash costlier = BcryptPasswordHasher.insecurelyCheapForTests(6).hash(GOOD);
        PasswordHash cheaper = BcryptPasswordHasher.insecurelyCheapForTests(5).hash(GOOD);
        assertThat(nested.verify(GOOD, costlier)).isEqualTo(PasswordVerification.SUCCEEDED);
        assertThat(nested.verify(GOOD, cheaper)).isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
    }

    @Test
    void theCostsOfDifferentFunctionsAreNotCompared() {
        PasswordHasher toPbkdf2 =
                DelegatingPasswordHasher.builder(pbkdf2).upgradesKnownFormats().build();
        assertThat(toPbkdf2.verify(
                        GOOD, BcryptPasswordHasher.insecurelyCheapForTests(7).hash(GOOD)))
                .isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
    }

    /** While the processes are changed from one scheme to another, they must not undo each other's hashes for ever. */
    @Test
    void processesThatKeepEachOthersSchemeLeaveEachOthersHashes() {
        PasswordHasher before =
                DelegatingPasswordHasher.builder(pbkdf2).keeps(current).build();
        PasswordHasher after =
                DelegatingPasswordHasher.builder(current).keeps(pbkdf2).build();
        for (PasswordHasher made : List.of(before, after)) {
            assertThat(before.verify(GOOD, made.hash(GOOD))).isEqualTo(PasswordVerification.SUCCEEDED);
            assertThat(after.verify(GOOD, made.hash(GOOD))).isEqualTo(PasswordVerification.SUCCEEDED);
        }
    }

    @Test
    void keepsAKeptSchemeUnlessItsOwnHasherCallsAHashWeak() {
        assertThat(keeping.verify(GOOD, other.hash(GOOD))).isEqualTo(PasswordVerification.SUCCEEDED);
        assertThat(keeping.verify(WRONG, other.hash(GOOD))).isEqualTo(PasswordVerification.FAILED);
        assertThat(keeping.verify(
                        GOOD, BcryptPasswordHasher.insecurelyCheapForTests(7).hash(GOOD)))
                .isEqualTo(PasswordVerification.SUCCEEDED);
        assertThat(keeping.verify(
                        GOOD, BcryptPasswordHasher.insecurelyCheapForTests(4).hash(GOOD)))
                .isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
        assertThat(keeping.verify(GOOD, pbkdf2.hash(GOOD))).isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
    }

    @Test
    void spendsOneOfTodayBesideAnotherSchemeAndOnceAlone() {
        PasswordHash today = current.hash(GOOD);
        PasswordHash kept = other.hash(GOOD);
        PasswordHash old = pbkdf2.hash(GOOD);

        assertThat(workOf(() -> keeping.spend(WRONG))).containsExactly("current 16");
        assertThat(workOf(() -> keeping.verify(GOOD, today))).containsExactly("current 16");
        assertThat(workOf(() -> keeping.verify(WRONG, today))).containsExactly("current 16");
        assertThat(workOf(() -> keeping.verify(GOOD, kept))).containsExactly("current 16", "other 32");
        assertThat(workOf(() -> keeping.verify(WRONG, kept))).containsExactly("current 16", "other 32");
        assertThat(workOf(() -> keeping.verify(GOOD, old))).containsExactly("current 16", "pbkdf2 100");
        assertThat(workOf(() -> keeping.verify(WRONG, old))).containsExactly("current 16", "pbkdf2 100");
        assertThat(workOf(() -> keeping.verify(GOOD, UNKNOWN))).isEmpty();
        assertThat(workOf(() -> keeping.canRead(old))).isEmpty();
    }

    @Test
    void aPasswordBeyondTheStoredSchemeFails() {
        PasswordHash hash = BcryptPasswordHasher.insecurelyCheapForTests(4).hash(RawPassword.ofString("x".repeat(72)));

        assertThat(upgrading.verify(RawPassword.ofString("x".repeat(73)), hash)).isEqualTo(PasswordVerification.FAILED);
        assertThat(upgrading.verify(RawPassword.ofString("x".repeat(72)), hash))
                .isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
    }

    @Test
    void aPasswordBeyondTheCurrentSchemeIsRightAndKeepsItsHash() {
        DelegatingPasswordHasher narrow =
                DelegatingPasswordHasher.builder(other).upgrades(current).build();
        RawPassword longer = RawPassword.ofString("x".repeat(73));
        RawPassword longest = RawPassword.ofString("x".repeat(72));

        assertThat(narrow.verify(longer, current.hash(longer))).isEqualTo(PasswordVerification.SUCCEEDED);
        assertThat(narrow.verify(longest, current.hash(longest)))
                .isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
        DelegatingPasswordHasher keepingNarrow =
                DelegatingPasswordHasher.builder(other).keeps(current).build();
        PasswordHash weak =
                BcryptSha256PasswordHasher.insecurelyCheapForTests(4).hash(longer);
        assertThat(keepingNarrow.verify(longer, weak)).isEqualTo(PasswordVerification.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$2x$04$8ojJHu13S1pOhJl0a6MvTeeysriEh6Hb2BpwrOG/wYUqkJOdUmQsy",
                "{bcrypt}$2x$04$8ojJHu13S1pOhJl0a6MvTeeysriEh6Hb2BpwrOG/wYUqkJOdUmQsy",
                "{bcrypt}",
                "{bcrypt}{bcrypt}$2a$04$8ojJHu13S1pOhJl0a6MvTeeysriEh6Hb2BpwrOG/wYUqkJOdUmQsy",
                "{noop}correct",
                "{SHA}qUqP5cyxm6YcTAhz05Hph5gvu9M=",
                "bcrypt$",
                "bcrypt$$2b$31$8ojJHu13S1pOhJl0a6MvTeeysriEh6Hb2BpwrOG/wYUqkJOdUmQsy",
                "bcrypt_sha256$",
                "bcrypt_sha256$$2b$31$hV7TI42T41MlU9bZlqQjIOUai2sYJLDry3VN2LwcqVSOfzHcgHPL2",
                "bcrypt_sha256$$2b$17$hV7TI42T41MlU9bZlqQjIOUai2sYJLDry3VN2LwcqVSOfzHcgHPL2",
                "bcrypt_sha256$2b$04$hV7TI42T41MlU9bZlqQjIOUai2sYJLDry3VN2LwcqVSOfzHcgHPL2",
                "argon2$argon2id$v=19$m=102400,t=2,p=8$c29tZXNhbHQ$HqeX1L8H/XewLioqJSd9dqtbSjlEjNbaLG2SDnZAvcE",
                "$argon2id$v=19$m=4294967295,t=4294967295,p=1$c29tZXNhbHQ$HqeX1L8H/XewLioqJSd9dqtbSjlEjNbaLG2SDnZAvcE",
                "md5$seasalt$3f86d0d3d465b7b458c231bf3555c0e3",
                "!",
            })
    void whatNobodyReadsIsAnsweredWithoutAComputation(String hash) {
        assertThat(known.canRead(PasswordHash.of(hash))).isFalse();
        assertThat(workOf(() -> assertThat(known.verify(GOOD, PasswordHash.of(hash)))
                        .isEqualTo(PasswordVerification.UNREADABLE)))
                .isEmpty();
    }

    @Test
    void theDefaultMakesBcryptSha256AndReadsAllOthers() {
        DelegatingPasswordHasher defaults = DelegatingPasswordHasher.defaults();
        RawPassword chinese = RawPassword.ofString("密".repeat(64));

        assertThat(defaults.maxUtf8Bytes()).isEqualTo(1024);
        assertThat(defaults.toString()).startsWith("bcrypt-sha256, cost 12, keeps [], upgrades [");
        assertThat(ToolHash.all()).allMatch(made -> defaults.canRead(made.hash()));
        PasswordHash hash = defaults.hash(chinese);
        assertThat(hash.encoded()).startsWith("$bcrypt-sha256$v=2,t=2b,r=12$");
        assertThat(defaults.verify(chinese, hash)).isEqualTo(PasswordVerification.SUCCEEDED);
    }

    private List<String> workOf(Runnable step) {
        computed.clear();
        step.run();
        return List.copyOf(computed);
    }
}
