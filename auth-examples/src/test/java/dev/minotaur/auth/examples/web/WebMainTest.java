package dev.minotaur.auth.examples.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The web application as a process of its own. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class WebMainTest {

    private static final Pattern GREETING = Pattern.compile("http://localhost:(\\d+) until you press Enter");

    @TempDir
    Path directory;

    @Test
    void itServesUntilEnterIsPressed() throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Dweb.port=0",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WebMain.class.getName()))
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
                OutputStream input = process.getOutputStream()) {
            Matcher greeting = GREETING.matcher(output.readLine());
            assertThat(greeting.matches()).isTrue();

            Browser browser = new Browser(Integer.parseInt(greeting.group(1)));
            assertThat(browser.get("/login").statusCode()).isEqualTo(200);
            assertThat(browser.login("nobody", "nothing").statusCode()).isEqualTo(403);

            input.write('\n');
            input.flush();
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
