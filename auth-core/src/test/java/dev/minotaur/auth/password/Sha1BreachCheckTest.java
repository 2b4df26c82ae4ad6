package dev.minotaur.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sha1BreachCheckTest {

    private static final String TEXT = "correct horse battery";
    private static final String PREFIX = "98DEC";
    private static final String REST = "C62ECE399A22ED30D490EF333BE7FDE7385";
    private static final String OTHER = "0".repeat(34) + "F";

    @Test
    void asksForFiveDigitsAndNothingElse() throws Exception {
        List<String> asked = new ArrayList<>();
        BreachCheck check = BreachCheck.bySha1Ranges(prefix -> {
            asked.add(prefix);
            return "";
        });
        assertThat(check.isBreached(RawPassword.ofString(TEXT))).isFalse();
        assertThat(asked).containsExactly(PREFIX);
    }

    @Test
    void findsTheRestOfTheDigest() throws Exception {
        assertThat(breached(OTHER + ":3\r\n" + REST + ":1\r\n")).isTrue();
        assertThat(breached(REST.toLowerCase(Locale.ROOT) + ":9876543210987654321\n"))
                .isTrue();
        assertThat(breached(OTHER + ":3\n" + OTHER + ":3")).isFalse();
    }

    @Test
    void takesALineThatFillsUpForNone() throws Exception {
        assertThat(breached(REST + ":0\r\n" + OTHER + ":1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html>sign in to the network</html>",
                REST,
                REST + ":",
                REST + ":1 ",
                REST + ":-1",
                REST + "0:1",
                "\n" + REST + ":1",
                REST + ":1\nand more",
                "G0000000000000000000000000000000000:1",
            })
    void isNoAnswerWithALineOfAnotherKind(String answer) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> breached(answer))
                .withMessage("a range has a line that is no digest and count");
    }

    private static boolean breached(String answer) throws Exception {
        return BreachCheck.bySha1Ranges(prefix -> answer).isBreached(RawPassword.ofString(TEXT));
    }
}
