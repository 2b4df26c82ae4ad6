package dev.minotaur.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The list is the published one, byte for byte, and the code points are all there are. */
class NaughtyStringsTest {

    @Test
    void listIsAsItWasPublished() throws IOException, NoSuchAlgorithmException {
        try (InputStream list = NaughtyStrings.class.getResourceAsStream("naughty-strings.txt")) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(list.readAllBytes());
            assertThat(HexFormat.of().formatHex(digest))
                    .isEqualTo("63e754ee37057c449116b5de757a18a60692864dd29371a3b4cc85d007420a97");
        }
        assertThat(NaughtyStringsTest.class.getResource("naughty-strings-LICENSE.txt"))
                .isNotNull();
    }

    @Test
    void listIsReadWholeAndExactly() {
        assertThat(NaughtyStrings.all())
                .hasSizeGreaterThan(500)
                .doesNotHaveDuplicates()
                .contains("undefined", "NULL", "1/0", "1E2", " ", "\t", "\\", "\ud83d\ude0d")
                .noneMatch(String::isEmpty);
    }

    @Test
    void everyCodePointOfTheFirstPlaneIsTakenOnce() {
        assertThat(taken(17))
                .hasSize(0x10000 - 1 - 0x800 + supplementary(17))
                .contains(1, 0xd7ff, 0xe000, 0xffff, 0x10000, 0x1fffe, 0x1ffff, 0x20000, 0x10ffff)
                .doesNotContain(0, 0xd800, 0xdfff);
    }

    @Test
    void everyCodePointIsTakenWithAStrideOfOne() {
        assertThat(taken(1)).hasSize(0x110000 - 1 - 0x800);
    }

    private static int supplementary(int stride) {
        Set<Integer> expected = new HashSet<>();
        for (int c = 0x10000; c <= 0x10ffff; c++) {
            if ((c - 0x10000) % stride == 0 || (c & 0xffff) == 0 || (c & 0xffff) >= 0xfffe) {
                expected.add(c);
            }
        }
        return expected.size();
    }

    private static Set<Integer> taken(int stride) {
        CodePoints codePoints = new CodePoints(stride);
        Set<Integer> all = new HashSet<>();
        for (String some = codePoints.take(200); !some.isEmpty(); some = codePoints.take(200)) {
            assertThat(some.length()).isLessThanOrEqualTo(200);
            some.codePoints().forEach(c -> assertThat(all.add(c)).isTrue());
        }
        return all;
    }
}
