package dev.minotaur.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawTokenTest {

    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");

    private final TokenMint mint = new TokenMint(new SecureRandom());

    @Test
    void isSixtyFourCharactersOfIdAndSecret() throws Exception {
        RawToken token = mint.token(NOW);
        byte[] joined = Base64.getUrlDecoder().decode(token.reveal());

        assertThat(token.reveal()).hasSize(64).matches("[A-Za-z0-9_-]{64}");
        assertThat(joined).hasSize(48);
        assertThat(token.digest().bytes())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(Arrays.copyOfRange(joined, 16, 48)));
    }

    @Test
    void isReadBackAsItWasMade() {
        RawToken token = mint.token(NOW);
        RawToken read = RawToken.parse(token.reveal()).orElseThrow();

        assertThat(read.id()).isEqualTo(token.id());
        assertThat(read.digest()).isEqualTo(token.digest());
        assertThat(read.reveal()).isEqualTo(token.reveal());
    }

    @Test
    void everyOtherCharacterMakesAnotherToken() {
        RawToken token = mint.token(NOW);
        for (int i = 0; i < 64; i++) {
            char flipped = token.reveal().charAt(i) == 'A' ? 'B' : 'A';
            String other =
                    token.reveal().substring(0, i) + flipped + token.reveal().substring(i + 1);
            RawToken read = RawToken.parse(other).orElseThrow();
            assertThat(read.id().equals(token.id()) && read.digest().equals(token.digest()))
                    .as("flipped at %d", i)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA+",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA/",
                " AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\0",
                "ÄAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            })
    void anythingElseIsNoToken(String presented) {
        assertThat(RawToken.parse(presented)).isEmpty();
    }

    @Test
    void idsAreVersionSevenInTheOrderOfTime() {
        UUID id = mint.token(NOW).id().value();
        String earlier = mint.token(NOW.minusMillis(1)).id().toString();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
        assertThat(earlier).isLessThan(id.toString());
    }

    @Test
    void userIdsAreVersionFour() {
        UUID id = mint.userId().value();

        assertThat(id.version()).isEqualTo(4);
        assertThat(id.variant()).isEqualTo(2);
    }

    @Test
    void nothingIsMadeTwice() {
        Set<Object> seen = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            RawToken token = mint.token(NOW);
            assertThat(seen.add(token.id())).isTrue();
            assertThat(seen.add(token.digest())).isTrue();
            assertThat(seen.add(mint.stamp())).isTrue();
            assertThat(seen.add(mint.userId())).isTrue();
        }
    }

    @Test
    void aFreshSecretKeepsTheId() {
        RawToken token = mint.token(NOW);
        RawToken fresh = mint.secretFor(token.id());

        assertThat(fresh.id()).isEqualTo(token.id());
        assertThat(fresh.digest()).isNotEqualTo(token.digest());
    }

    @Test
    void idsAreReadOnlyAsTheyAreWritten() {
        String text = mint.userId().toString();

        assertThat(UserId.parse(text)).hasToString(text);
        assertThat(TokenId.parse(text)).hasToString(text);
        for (String other : new String[] {
            "", "1-2-3-4-5", "1" + text, text.toUpperCase(Locale.ROOT).replace('4', 'A'), "100000001-0-0-0-0"
        }) {
            assertThatIllegalArgumentException().isThrownBy(() -> UserId.parse(other));
            assertThatIllegalArgumentException().isThrownBy(() -> TokenId.parse(other));
        }
    }
}
