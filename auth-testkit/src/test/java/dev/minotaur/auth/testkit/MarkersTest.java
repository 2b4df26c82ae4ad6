package dev.minotaur.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What a marker is written as, a rule about secrets finds. */
class MarkersTest {

    private static final String TEXT = "Marker." + Samples.unique();
    private final byte[] bytes = new byte[32];
    private final Markers markers = new Markers();

    MarkersTest() {
        new SecureRandom().nextBytes(bytes);
        markers.text("a text", TEXT);
        markers.bytes("some bytes", bytes);
    }

    @Test
    void textIsFoundInEitherCaseAndInAnyEncoding() {
        byte[] utf8 = TEXT.getBytes(StandardCharsets.UTF_8);
        for (String form : new String[] {
            TEXT,
            TEXT.toUpperCase(Locale.ROOT),
            HexFormat.of().formatHex(utf8),
            Base64.getEncoder().encodeToString(utf8),
            Base64.getUrlEncoder().withoutPadding().encodeToString(utf8),
            Arrays.toString(utf8),
            new String(TEXT.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1),
            new String(TEXT.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.ISO_8859_1)
        }) {
            assertFound("a text", form);
        }
    }

    @Test
    void bytesAreFoundInAnyEncoding() {
        for (String form : new String[] {
            HexFormat.of().formatHex(bytes),
            "\\x" + HexFormat.of().withUpperCase().formatHex(bytes),
            HexFormat.ofDelimiter(":").formatHex(bytes),
            Base64.getEncoder().encodeToString(bytes),
            Base64.getUrlEncoder().encodeToString(bytes),
            Arrays.toString(bytes),
            new String(bytes, StandardCharsets.ISO_8859_1)
        }) {
            assertFound("some bytes", form);
        }
    }

    @RepeatedTest(50)
    void bytesAreFoundInTheBase64OfMore() {
        for (int before = 0; before < 7; before++) {
            for (int after = 0; after < 4; after++) {
                byte[] more = new byte[before + bytes.length + after];
                Arrays.fill(more, (byte) 0xff);
                System.arraycopy(bytes, 0, more, before, bytes.length);
                assertFound("some bytes", Base64.getEncoder().encodeToString(more));
                assertFound("some bytes", Base64.getUrlEncoder().encodeToString(more));
            }
        }
    }

    @Test
    void idIsFoundAsTextAndAsBytes() {
        String id = Samples.userId().toString();
        Markers ids = new Markers();
        ids.uuid("an id", id);
        String digits = id.replace("-", "");
        byte[] raw = HexFormat.of().parseHex(digits);
        for (String form :
                new String[] {id, digits, Base64.getEncoder().encodeToString(raw), id.toUpperCase(Locale.ROOT)}) {
            assertThat(ids.allIn("row " + form)).containsExactly("an id");
        }
    }

    @Test
    void othersAreNotFound() {
        byte[] others = new BigInteger(bytes).add(BigInteger.ONE.shiftLeft(128)).toByteArray();
        assertThat(markers.in("Marker." + Samples.unique())).isEmpty();
        assertThat(markers.in(HexFormat.of().formatHex(others))).isEmpty();
        assertThat(markers.allIn(Base64.getEncoder().encodeToString(others))).isEmpty();
    }

    @Test
    void whatIsShortIsNoMarker() {
        assertThatThrownBy(() -> markers.text("a name", "Ada")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> markers.bytes("a byte", new byte[1])).isInstanceOf(IllegalArgumentException.class);
    }

    private void assertFound(String name, String form) {
        assertThat(markers.in("before " + form + " after")).as(form).hasValueSatisfying(found -> assertThat(found)
                .startsWith(name));
        assertThat(markers.allIn(form)).containsExactly(name);
    }
}
