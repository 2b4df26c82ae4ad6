package dev.minotaur.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page docs/revocation.md and the table in code say the same. */
class RevocationPageTest {

    @Test
    void thePageHasTheTable() throws IOException {
        List<String> page =
                Files.readAllLines(Path.of(System.getProperty("basedir", "."), "..", "docs", "revocation.md"));
        String purposes =
                RevocationCause.PURPOSES.stream().map(TokenPurpose::name).collect(Collectors.joining(" | "));
        assertThat(page.stream().filter(line -> line.startsWith("| ")).toList())
                .startsWith("| Cause | " + purposes + " |")
                .endsWith(Arrays.stream(RevocationCause.values())
                        .map(RevocationPageTest::row)
                        .toArray(String[]::new))
                .hasSize(RevocationCause.values().length + 2);
    }

    @Test
    void aPurposeOfAnApplicationIsNotInTheTable() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RevocationCause.DISABLED.of(new TokenPurpose("app-download")));
    }

    private static String row(RevocationCause cause) {
        return RevocationCause.PURPOSES.stream()
                .map(purpose -> cause.of(purpose) == Revocation.KEPT ? " |" : " " + words(cause.of(purpose)) + " |")
                .collect(Collectors.joining("", "| " + words(cause) + " |", ""));
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
