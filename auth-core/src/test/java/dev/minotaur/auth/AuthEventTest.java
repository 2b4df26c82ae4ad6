package dev.minotaur.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuthEventTest {

    @Test
    void anAddressOfPrintableAsciiStaysAsItIs() {
        for (String address : new String[] {"192.0.2.1", "2001:db8::1%eth0", "[::1]:443", "~!\"#", ""}) {
            assertThat(AuthEvent.clientText(address)).isEqualTo(address);
        }
    }

    @Test
    void whatCouldForgeALineIsEscaped() {
        assertThat(AuthEvent.clientText("a\r\nb\tc")).isEqualTo("a\\u000d\\u000ab\\u0009c");
        assertThat(AuthEvent.clientText("1.2.3.4 user=7")).isEqualTo("1.2.3.4\\u0020user=7");
        assertThat(AuthEvent.clientText("\\u000a")).isEqualTo("\\u005cu000a");
        assertThat(AuthEvent.clientText("\0\u001b\u007f\u0085\u00e9\u2028"))
                .isEqualTo("\\u0000\\u001b\\u007f\\u0085\\u00e9\\u2028");
        assertThat(AuthEvent.clientText("\uD83D\uDE00\uD800")).isEqualTo("\\ud83d\\ude00\\ud800");
    }

    @Test
    void theFirstHundredCharsAreKept() {
        assertThat(AuthEvent.clientText("x".repeat(100))).isEqualTo("x".repeat(100));
        assertThat(AuthEvent.clientText("x".repeat(99) + "yz")).isEqualTo("x".repeat(99) + "y");
        assertThat(AuthEvent.clientText("\n".repeat(10_000))).isEqualTo("\\u000a".repeat(100));
    }

    @Test
    void aLineHasTheClientLast() {
        AuthEvent event = AuthEvent.of(AuthEvent.Type.AUTHN_LINK_FAIL, Instant.EPOCH)
                .client("192.0.2.1")
                .reason("sign_up")
                .session(new TokenId(new UUID(1, 2)))
                .user(new UserId(new UUID(3, 4)));

        assertThat(event)
                .hasToString("authn_link_fail user=" + new UUID(3, 4) + " session=" + new UUID(1, 2)
                        + " reason=sign_up client=192.0.2.1");
        assertThat(event.client()).contains("192.0.2.1");
    }

    @Test
    void codesAreTheNamesInLowerCase() {
        assertThat(Arrays.asList(AuthEvent.Type.values()))
                .allMatch(type -> type.code().matches("[a-z_]+"))
                .extracting(AuthEvent.Type::code)
                .doesNotHaveDuplicates();
    }
}
