package dev.minotaur.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RawPasswordTest {

    @Test
    void composesToNfcAndChangesNothingElse() {
        assertThat(utf8("e\u0301")).isEqualTo("\u00e9".getBytes(StandardCharsets.UTF_8));
        assertThat(utf8(" A\u00a0\u017f\uFB01 ")).isEqualTo(" A\u00a0\u017f\uFB01 ".getBytes(StandardCharsets.UTF_8));
        assertThat(utf8("\uD83D\uDE00")).hasSize(4);
    }

    @Test
    void countsCodePointsAfterNfc() {
        assertThat(RawPassword.ofString("e\u0301\uD83D\uDE00x").length()).isEqualTo(3);
    }

    @Test
    void takesAnythingAndSaysWhatIsNotHashable() {
        assertThat(RawPassword.ofString("x").isHashable()).isTrue();
        assertThat(RawPassword.ofString("x".repeat(RawPassword.MAX_CHARS)).isHashable())
                .isTrue();
        assertThat(RawPassword.ofString("x".repeat(RawPassword.MAX_CHARS + 1)).isHashable())
                .isFalse();
        for (String bad : new String[] {"a\0b", "\uD800", "a\uD800b", "\uDC00", "\uDC00\uD800"}) {
            assertThat(RawPassword.ofString(bad).isWellFormed()).isFalse();
            assertThat(RawPassword.ofString(bad).isHashable()).isFalse();
        }
        assertThat(RawPassword.ofString("").isWellFormed()).isTrue();
        assertThat(RawPassword.ofString("").isHashable()).isFalse();
    }

    @Test
    void tellsNulAlsoWhereItIsTooLong() {
        RawPassword password = RawPassword.ofString("\0" + "x".repeat(RawPassword.MAX_CHARS));
        assertThat(password.isWellFormed()).isFalse();
        assertThat(password.isHashable()).isFalse();
        assertThat(PasswordPolicy.soleFactor().check(password, 1024, List.of())).contains(PasswordProblem.NOT_TEXT);
    }

    @Test
    void answersAtOnceWhateverTheLength() {
        RawPassword huge = RawPassword.of(new char[10_000_000]);

        assertThat(huge.isHashable()).isFalse();
        assertThat(huge.utf8()).isEmpty();
    }

    @Test
    void holdsACopyAndGivesCopies() {
        char[] typed = "typed by its owner".toCharArray();
        RawPassword password = RawPassword.of(typed);
        typed[0] = 'X';
        password.utf8()[1] = 'X';

        assertThat(password.utf8()).isEqualTo("typed by its owner".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void givesNothingOnceClosed() {
        RawPassword password = RawPassword.ofString("typed by its owner");
        password.close();
        password.close();

        assertThatIllegalStateException().isThrownBy(password::utf8);
    }

    private static byte[] utf8(String text) {
        return RawPassword.ofString(text).utf8();
    }
}
