package dev.minotaur.auth.examples.guide;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.minotaur.auth.password.PasswordPolicy;
import dev.minotaur.auth.password.PasswordProblem;
import dev.minotaur.auth.password.RawPassword;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NewPasswordsTest {

    /** The SHA-1 of "correct horse battery". */
    private static final String PREFIX = "98DEC";

    private static final String REST = "C62ECE399A22ED30D490EF333BE7FDE7385";

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private HttpServer server;
    private PasswordPolicy policy;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/range/", exchange -> {
            asked.add(exchange.getRequestURI().getPath());
            byte[] lines = (REST + ":4\r\n" + "0".repeat(35) + ":0\r\n").getBytes(StandardCharsets.US_ASCII);
            exchange.sendResponseHeaders(status.get(), lines.length);
            exchange.getResponseBody().write(lines);
            exchange.close();
        });
        server.start();
        policy = NewPasswords.policy(
                URI.create("http://localhost:" + server.getAddress().getPort() + "/range/"));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void asksForTheRangeOfADigest() {
        assertThat(ask("correct horse battery")).contains(PasswordProblem.BREACHED);
        assertThat(ask("correct horse staples")).isEmpty();
        assertThat(asked).hasSize(2).first().isEqualTo("/range/" + PREFIX);
    }

    @Test
    void takesAnErrorForNoAnswer() {
        status.set(503);
        assertThat(ask("correct horse staples")).contains(PasswordProblem.UNCHECKED);
    }

    @Test
    void refusesTheNameOfTheApplication() {
        assertThat(check("Labyrinth-Books-2026")).contains(PasswordProblem.CONTEXT);
        assertThat(check("lost in the labyrinth")).isEmpty();
    }

    private Optional<PasswordProblem> ask(String text) {
        try (RawPassword password = RawPassword.ofString(text)) {
            return policy.checkBreached(password);
        }
    }

    private Optional<PasswordProblem> check(String text) {
        try (RawPassword password = RawPassword.ofString(text)) {
            return policy.check(password, 72, List.of());
        }
    }
}
