package dev.minotaur.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PepperedPasswordHasherTest {

    private static final String MARKER = "mArKeR-mArKeR-mArKeR-mArKeR-mArKeR";
    private static final byte[] KEY = MARKER.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NEXT_KEY = "another key, of thirty-five letters".getBytes(StandardCharsets.US_ASCII);
    private static final RawPassword GOOD = RawPassword.ofString("correct horse battery staple");
    private static final RawPassword WRONG = RawPassword.ofString("wrong");

    private final List<Integer> computed = new ArrayList<>();
    private final PasswordHasher inner = new BcryptSha256PasswordHasher(5, computed::add);
    private final PepperedPasswordHasher hasher =
            PepperedPasswordHasher.builder(inner, "2026a", KEY).build();

    /** HMAC and Base64 by OpenSSL 3, bcrypt by htpasswd 2.4.71. */
    @Test
    void readsWhatOtherProgramsMakeOfTheParts() {
        PepperedPasswordHasher ofBcrypt = PepperedPasswordHasher.builder(
                        BcryptPasswordHasher.insecurelyCheapForTests(4), "2026a", KEY)
                .build();
        PasswordHash hash =
                PasswordHash.of("$pepper$v=1,k=2026a$$2y$04$LZZInXPUOfko3TdAsUn0yOiq1POKdEf2XM9CJRZc6c/pW/PDsCPxa");

        assertThat(ofBcrypt.verify(GOOD, hash)).isEqualTo(PasswordVerification.SUCCEEDED);
        assertThat(ofBcrypt.verify(WRONG, hash)).isEqualTo(PasswordVerification.FAILED);
    }

    @Test
    void hashesUnderTheKeyAndSaysWhich() {
        PasswordHash hash = hasher.hash(GOOD);

        assertThat(hash.encoded()).startsWith("$pepper$v=1,k=2026a$$bcrypt-sha256$v=2,t=2b,r=5$");
        assertThat(hasher.canRead(hash)).isTrue();
        assertThat(hasher.verify(GOOD, hash)).isEqualTo(PasswordVerification.SUCCEEDED);
        assertThat(hasher.verify(WRONG, hash)).isEqualTo(PasswordVerification.FAILED);
        assertThat(hasher.hash(GOOD)).isNotEqualTo(hash);
        PasswordHash bare = PasswordHash.of(hash.encoded().substring("$pepper$v=1,k=2026a$".length()));
        assertThat(inner.verify(GOOD, bare)).as("without the key").isEqualTo(PasswordVerification.FAILED);
    }

    @Test
    void aFormerKeyVerifiesAndIsReplaced() {
        PepperedPasswordHasher next = PepperedPasswordHasher.builder(inner, "2026b", NEXT_KEY)
                .formerKey("2026a", KEY)
                .build();
        PasswordHash former = hasher.hash(GOOD);

        assertThat(next.verify(GOOD, former)).isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
        assertThat(next.verify(WRONG, former)).isEqualTo(PasswordVerification.FAILED);
        assertThat(next.verify(GOOD, next.hash(GOOD))).isEqualTo(PasswordVerification.SUCCEEDED);
        assertThat(hasher.verify(GOOD, next.hash(GOOD))).isEqualTo(PasswordVerification.UNREADABLE);
    }

    @Test
    void processesThatKnowTheNextKeyLeaveEachOthersHashes() {
        PasswordHasher before = PepperedPasswordHasher.builder(inner, "2026a", KEY)
                .nextKey("2026b", NEXT_KEY)
                .build();
        PasswordHasher after = PepperedPasswordHasher.builder(inner, "2026b", NEXT_KEY)
                .formerKey("2026a", KEY)
                .build();
        PasswordHash replaced = after.hash(GOOD);

        assertThat(before.verify(GOOD, replaced)).isEqualTo(PasswordVerification.SUCCEEDED);
        assertThat(before.verify(WRONG, replaced)).isEqualTo(PasswordVerification.FAILED);
        assertThat(before.verify(GOOD, before.hash(GOOD))).isEqualTo(PasswordVerification.SUCCEEDED);
        assertThat(after.verify(GOOD, before.hash(GOOD))).isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
        assertThat(before.hash(GOOD).encoded()).startsWith("$pepper$v=1,k=2026a$");
    }

    @Test
    void aHashThatLeavesNoRoomForTheIdIsNotMade() {
        PasswordHasher wide = PepperedPasswordHasher.builder(
                        new NamedPasswordHasher("x".repeat(430), inner), "2026a", KEY)
                .build();

        assertThat(catchThrowable(() -> wide.hash(GOOD))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSameIdUnderAnotherKeyFails() {
        PepperedPasswordHasher other =
                PepperedPasswordHasher.builder(inner, "2026a", NEXT_KEY).build();

        assertThat(other.verify(GOOD, hasher.hash(GOOD))).isEqualTo(PasswordVerification.FAILED);
    }

    @Test
    void aHashWithoutKeyVerifiesAndIsReplaced() {
        PasswordHash bare = inner.hash(GOOD);

        assertThat(hasher.canRead(bare)).isTrue();
        assertThat(hasher.verify(GOOD, bare)).isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
        assertThat(hasher.verify(WRONG, bare)).isEqualTo(PasswordVerification.FAILED);
    }

    @Test
    void whatIsWeakUnderTheKeyIsReplaced() {
        PasswordHash cheaper = PepperedPasswordHasher.builder(
                        BcryptSha256PasswordHasher.insecurelyCheapForTests(4), "2026a", KEY)
                .build()
                .hash(GOOD);

        assertThat(hasher.verify(GOOD, cheaper)).isEqualTo(PasswordVerification.SUCCEEDED_REHASH_NEEDED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$pepper$v=1,k=2026b$$bcrypt-sha256$v=2,t=2b,r=4$O4AzQ0NbdL3DnQ0QlHJrxe$AUTRsVv/SqXzo3WnUaR7JBIijFiO/xS",
                "$pepper$v=1,k=$$bcrypt-sha256$v=2,t=2b,r=4$O4AzQ0NbdL3DnQ0QlHJrxe$AUTRsVv/SqXzo3WnUaR7JBIijFiO/xS",
                "$pepper$v=2,k=2026a$$bcrypt-sha256$v=2,t=2b,r=4$O4AzQ0NbdL3DnQ0QlHJrxe$AUTRsVv/SqXzo3WnUaR7JBIijFiO/xS",
                "$pepper$v=1,k=2026a$$bcrypt-sha256$v=2,t=2b,r=31$O4AzQ0NbdL3DnQ0QlHJrxe$AUTRsVv/SqXzo3WnUaR7JBIijFiO/xS",
                "$pepper$v=1,k=2026a$$pepper$v=1,k=2026a$$bcrypt-sha256$v=2,t=2b,r=4$O4AzQ0NbdL3DnQ0QlHJrxe$AUTRsVv/SqXzo3WnUaR7JBIijFiO/xS",
                "$pepper$v=1,k=2026a$x",
                "$pepper$v=1,k=2026a$",
                "$pepper$v=1,k=2026a",
                "$pepper$v=1,k=",
                "$pepper$",
                "x",
            })
    void refusesWhatItCannotRead(String hash) {
        assertThat(hasher.canRead(PasswordHash.of(hash))).isFalse();
        assertThat(computed).as("computations to look at it").isEmpty();
        assertThat(hasher.verify(GOOD, PasswordHash.of(hash))).isEqualTo(PasswordVerification.UNREADABLE);
        assertThat(computed).as("computations to refuse it").isEmpty();
    }

    @Test
    void refusesEveryFlippedCharacterOfAHash() {
        String hash = PepperedPasswordHasher.builder(BcryptSha256PasswordHasher.insecurelyCheapForTests(4), "k", KEY)
                .build()
                .hash(GOOD)
                .encoded();
        PepperedPasswordHasher cheapest = PepperedPasswordHasher.builder(
                        BcryptSha256PasswordHasher.insecurelyCheapForTests(4), "k", KEY)
                .build();
        assertThat(cheapest.verify(GOOD, PasswordHash.of(hash))).isEqualTo(PasswordVerification.SUCCEEDED);
        for (int i = 0; i < hash.length(); i++) {
            String other = hash.substring(0, i) + (hash.charAt(i) == 'A' ? 'B' : 'A') + hash.substring(i + 1);
            assertThat(cheapest.verify(GOOD, PasswordHash.of(other)))
                    .as(other)
                    .isIn(PasswordVerification.FAILED, PasswordVerification.UNREADABLE);
        }
    }

    @Test
    void takesTenTwentyFourBytesWhateverTheOtherHasherTakes() {
        PepperedPasswordHasher ofBcrypt = PepperedPasswordHasher.builder(
                        BcryptPasswordHasher.insecurelyCheapForTests(4), "k", KEY)
                .build();
        RawPassword longest = RawPassword.ofString("ภ".repeat(341) + "x");
        RawPassword longer = RawPassword.ofString("ภ".repeat(341) + "xx");
        PasswordHash hash = ofBcrypt.hash(longest);

        assertThat(ofBcrypt.maxUtf8Bytes()).isEqualTo(1024);
        assertThat(ofBcrypt.verify(longest, hash)).isEqualTo(PasswordVerification.SUCCEEDED);
        assertThat(ofBcrypt.verify(longer, hash)).isEqualTo(PasswordVerification.FAILED);
        assertThatIllegalArgumentException().isThrownBy(() -> ofBcrypt.hash(longer));
        for (String bad : List.of("", "a\0a", "a\uD800", "\uDC00a")) {
            assertThatIllegalArgumentException().isThrownBy(() -> ofBcrypt.hash(RawPassword.ofString(bad)));
            assertThat(ofBcrypt.verify(RawPassword.ofString(bad), hash)).isEqualTo(PasswordVerification.FAILED);
        }
    }

    @Test
    void doesTheSameWorkOnEveryBranch() {
        PasswordHash current = hasher.hash(GOOD);
        PasswordHash bare = inner.hash(GOOD);

        assertThat(workOf(() -> hasher.verify(GOOD, current))).isEqualTo(32);
        assertThat(workOf(() -> hasher.verify(WRONG, current))).isEqualTo(32);
        assertThat(workOf(() -> hasher.verify(GOOD, bare))).isEqualTo(32);
        assertThat(workOf(() -> hasher.verify(WRONG, bare))).isEqualTo(32);
        assertThat(workOf(() -> hasher.verify(RawPassword.ofString("x".repeat(1025)), current)))
                .isEqualTo(32);
        assertThat(workOf(() -> hasher.verify(RawPassword.ofString("\0"), current)))
                .isEqualTo(32);
        assertThat(workOf(() -> hasher.spend(WRONG))).isEqualTo(32);
        assertThat(workOf(() -> hasher.spend(RawPassword.ofString("\uD800")))).isEqualTo(32);
    }

    @Test
    void aKeyIsCopied() {
        byte[] mine = KEY.clone();
        PepperedPasswordHasher made =
                PepperedPasswordHasher.builder(inner, "2026a", mine).build();
        Arrays.fill(mine, (byte) 0);

        assertThat(made.verify(GOOD, hasher.hash(GOOD))).isEqualTo(PasswordVerification.SUCCEEDED);
    }

    @Test
    void aKeyIsInNoTextAndNoException() {
        PepperedPasswordHasher.Builder builder = PepperedPasswordHasher.builder(inner, "2026a", KEY);
        byte[] half = Arrays.copyOf(KEY, 31);

        assertThat(builder.build().toString()).doesNotContain("mArKeR").contains("2026a");
        for (Throwable thrown : List.of(
                catchThrowable(() -> PepperedPasswordHasher.builder(inner, MARKER, KEY)),
                catchThrowable(() -> PepperedPasswordHasher.builder(inner, "k$", KEY)),
                catchThrowable(() -> PepperedPasswordHasher.builder(inner, "", KEY)),
                catchThrowable(() -> PepperedPasswordHasher.builder(inner, "k", half)),
                catchThrowable(() -> builder.formerKey("2026a", KEY)),
                catchThrowable(() -> builder.nextKey("2026a", KEY)),
                catchThrowable(() -> builder.nextKey("k", half)),
                catchThrowable(() -> builder.formerKey("k", half)))) {
            assertThat(thrown).isInstanceOf(IllegalArgumentException.class);
            assertThat(thrown.getMessage()).doesNotContain("mArKeR");
        }
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
