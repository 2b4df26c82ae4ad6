package dev.minotaur.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailPolicyTest {

    private final EmailPolicy policy = EmailPolicy.asciiLocalPart();
    private final EmailPolicy wide = EmailPolicy.allowNonAsciiLocalPart();

    @ParameterizedTest
    @CsvSource({
        "ada@example.com, ada@example.com",
        "Ada.Lovelace+Tag@Example.COM, ada.lovelace+tag@example.com",
        "a@b.c, a@b.c",
        "o'brien!#$%&*+-/=?^_`{|}~@example.com, o'brien!#$%&*+-/=?^_`{|}~@example.com",
        "ada@bücher.example, ada@xn--bcher-kva.example",
        "ada@BÜCHER.example, ada@xn--bcher-kva.example",
        "ada@XN--BCHER-KVA.example, ada@xn--bcher-kva.example",
        "INFO@EXAMPLE.COM, info@example.com",
    })
    void givesTheCanonicalFormAndKeepsTheEnteredOne(String entered, String canonical) {
        assertThat(policy.parse(entered)).contains(new EmailAddress(entered, canonical));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "@",
                "ada",
                "@example.com",
                "ada@",
                "ada@localhost",
                " ada@example.com",
                "ada@example.com ",
                "a da@example.com",
                "ada@exam ple.com",
                "ada@@example.com",
                "a@da@example.com",
                ".ada@example.com",
                "ada.@example.com",
                "a..da@example.com",
                "ada@.example.com",
                "ada@example..com",
                "ada@example.com.",
                "ada@-example.com",
                "ada@example-.com",
                "ada@exa_mple.com",
                "ada@127.0.0.1",
                "ada@[127.0.0.1]",
                "\"ada\"@example.com",
                "ada(comment)@example.com",
                "Ada <ada@example.com>",
                "ada@example.com,b@c.d",
                "ada@example.com\r\nBcc: x@y.z",
                "ada\r\n@example.com",
                "ada\0@example.com",
                "ada@example.com\0",
                "ada\uD800@example.com",
                "ada@exa\uD800mple.com",
                "mıke@example.com",
                "ädä@example.com",
                "ada@straße.example",
                "ada@\uFF45xample.com",
                "ada@example\u3002com",
                "ada@xn--.example",
                "ada@exa\u00admple.com"
            })
    void refusesWhatIsNoAddress(String entered) {
        assertThat(policy.parse(entered)).isEmpty();
    }

    @Test
    void bindsEveryLength() {
        assertThat(policy.parse("a".repeat(64) + "@example.com")).isPresent();
        assertThat(policy.parse("a".repeat(65) + "@example.com")).isEmpty();
        String label = "a".repeat(63) + ".";
        assertThat(policy.parse("a@" + label + label + label + "a".repeat(60))).isPresent();
        assertThat(policy.parse("a@" + label + label + label + "a".repeat(61))).isEmpty();
        assertThat(policy.parse("a@" + "a".repeat(64) + ".com")).isEmpty();
        assertThat(policy.parse("a@" + "a.".repeat(5_000_000) + "com")).isEmpty();
    }

    @Test
    void foldsNothingButCase() {
        assertThat(canonical(policy, "a.d.a+x@example.com")).contains("a.d.a+x@example.com");
        assertThat(canonical(wide, "ﬁ@example.com")).contains("ﬁ@example.com");
        assertThat(canonical(wide, "Ä@example.com")).isEqualTo(canonical(wide, "A\u0308@example.com"));
        assertThat(canonical(wide, "mıke@example.com")).isNotEqualTo(canonical(wide, "mike@example.com"));
        assertThat(canonical(wide, "straße@example.com")).isNotEqualTo(canonical(wide, "strasse@example.com"));
    }

    @Test
    void canonicalFormsAreTheirOwnForEveryCodePoint() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            String text = Character.toString(c);
            requireIdempotent(policy, "a" + text + "b@example.com");
            requireIdempotent(wide, "a" + text + "b@example.com");
            if (Character.getType(c) != Character.UNASSIGNED && Character.getType(c) != Character.PRIVATE_USE) {
                requireIdempotent(policy, "a@b" + text + "c.example");
            }
        }
    }

    @Test
    void canonicalFormsAreTheirOwnForEveryLetterUnderEveryMark() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (Character.isUpperCase(c) || Character.isTitleCase(c)) {
                for (int mark = 0x0300; mark <= 0x036F; mark++) {
                    requireIdempotent(wide, Character.toString(c) + Character.toString(mark) + "@example.com");
                }
            }
        }
    }

    @Test
    void doesNotDependOnTheMachinesLocale() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr"));
            assertThat(canonical(policy, "INFO@EXAMPLE.COM")).contains("info@example.com");
            assertThat(UsernamePolicy.ascii().parse("INFO")).contains(new Username("INFO", "info"));
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void refusesCodePointsThatALaterJavaMayFold() {
        assertThat(wide.parse("a\u0378@example.com")).isEmpty();
        assertThat(wide.parse("a\uE000@example.com")).isEmpty();
        assertThat(wide.parse("a\u200B@example.com")).isEmpty();
        assertThat(wide.parse("a\u0430@example.com")).isPresent();
    }

    private static Optional<String> canonical(EmailPolicy policy, String entered) {
        return policy.parse(entered).map(EmailAddress::canonical);
    }

    private static void requireIdempotent(EmailPolicy policy, String entered) {
        Optional<String> once = canonical(policy, entered);
        Optional<String> twice = once.flatMap(canonical -> canonical(policy, canonical));
        if (!twice.equals(once)) {
            throw new AssertionError("not its own canonical form: "
                    + entered.codePoints().mapToObj(Integer::toHexString).toList());
        }
    }
}
