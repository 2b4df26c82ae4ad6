package dev.minotaur.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsernamePolicyTest {

    private final UsernamePolicy policy = UsernamePolicy.ascii();

    @Test
    void keepsTheEnteredFormAndFoldsCase() {
        assertThat(policy.parse("Ada_L.1815-x")).contains(new Username("Ada_L.1815-x", "ada_l.1815-x"));
        assertThat(policy.parse("abc")).isPresent();
        assertThat(policy.parse("a".repeat(32))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ab",
                "a b c",
                " abc",
                "abc ",
                "a@b",
                "ada@example.com",
                "ädä",
                "аdа",
                "ad\u200Ba",
                "a\u0000bc",
                "abc\uD800",
                "K\u212Ab",
                "１２３",
                "abcdefghijklmnopqrstuvwxyz1234567"
            })
    void refusesTheRest(String entered) {
        assertThat(policy.parse(entered)).isEmpty();
    }

    @Test
    void noPolicyCanMakeAUsernameThatPassesForAnAddress() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Username("a@b", "ab"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Username("ab", "a@b"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Username("", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Username("a\0", "a"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Username("a", "a\uDC00"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Username("a".repeat(65), "a"));
    }
}
