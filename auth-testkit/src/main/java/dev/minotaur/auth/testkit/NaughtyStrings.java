package dev.minotaur.auth.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Texts that are known to break software: the Big List of Naughty Strings, and what it leaves out. */
final class NaughtyStrings {

    private static final String LIST = "naughty-strings.txt";

    private static final List<String> OTHERS = List.of(
            " ",
            "\t",
            "\n",
            "\r\n",
            " leading",
            "trailing ",
            "trailing\n",
            "trailing\u00a0\u3000",
            "'",
            "''",
            "\"",
            "`",
            "\\",
            "\\\\",
            "\\'",
            "\\N",
            "\\.",
            "\\x00",
            "\\u0000",
            "%",
            "_",
            "%s%n%x",
            "?",
            ":name",
            "$1",
            "$$",
            "{{1}}",
            "{ts '2026-01-01 00:00:00'}",
            "<![CDATA[ ]]>",
            "a,b;c|d",
            "NaN",
            "0x1F",
            "1e3",
            "007",
            "-0",
            "+1",
            "1970-01-01",
            "00000000-0000-0000-0000-000000000000",
            "\u0001\u0007\u0008\u000b\u000c\u001a\u001b[31m\u007f",
            "\u0085\u2028\u2029",
            "\u0301",
            "\ufeffmark",
            "mark\ufeff",
            "\ufdd0\ufffe\uffff",
            "\ufff9a\ufffab\ufffb",
            "\u202eright to left\u202c",
            "\u2066one\u2069\u2067two\u2069\u2068three\u2069",
            "\u05e9\u05dc\u05d5\u05dd \u0645\u0631\u062d\u0628\u0627 abc",
            "\u0e01\u0e33\u0e48",
            "\u1112\u1161\u11ab \ud55c",
            "\ud83d\udc69\u200d\ud83d\udc69\u200d\ud83d\udc67\u200d\ud83d\udc66",
            "\ud83d\udc4d\ud83c\udffd",
            "\ud83c\uddef\ud83c\uddf5",
            "\u2764\ufe0f \u2764\ufe0e",
            "\ud842\udfb7\u91ce\u5c4b",
            "\udb40\udc01\udb40\udc7f",
            "\udbff\udffe\udbff\udfff",
            "\ud83f\udffe\ud83f\udfff");

    private NaughtyStrings() {}

    static List<String> all() {
        return Stream.concat(listed(), OTHERS.stream()).distinct().toList();
    }

    /** One a line; lines that begin with '#' are comments. Only '\n' ends a line: the others are what is listed. */
    private static Stream<String> listed() {
        try (InputStream list = NaughtyStrings.class.getResourceAsStream(LIST)) {
            byte[] bytes = Objects.requireNonNull(list, LIST).readAllBytes();
            return Stream.of(new String(bytes, StandardCharsets.UTF_8).split("\n"))
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
