package dev.minotaur.auth.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.examples.FileDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The program as a process of its own, with its input piped. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class QuickStartProcessTest {

    private static final String PASSWORD = "correct horse battery staple";

    @TempDir
    Path directory;

    private record Ended(int status, List<String> output, List<String> errors) {}

    private Ended run(List<String> options, Map<String, String> environment, String... lines)
            throws IOException, InterruptedException {
        Path input = Files.writeString(directory.resolve("input"), String.join("\n", lines));
        Path output = directory.resolve("output");
        Path errors = directory.resolve("errors");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), QuickStart.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(input.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        builder.environment().remove("QUICKSTART_DATABASE");
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            assertThat(process.waitFor(100, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return new Ended(
                process.exitValue(),
                Files.readAllLines(output, StandardCharsets.UTF_8),
                Files.readAllLines(errors, StandardCharsets.UTF_8));
    }

    @Test
    void aScriptSignsInAndFindsItsSessionInTheNextRun() throws Exception {
        Ended asking = run(List.of(), Map.of(), "register ada@example.org");

        assertThat(asking.output()).hasSize(4).last().isEqualTo("ok: the mail tells how to go on");
        assertThat(asking.errors()).isEmpty();

        String link = Typed.tokenIn(asking.output().get(2));
        Ended first = run(List.of(), Map.of(), "confirm " + link + " ada", PASSWORD, "login ada", PASSWORD);

        assertThat(first.status()).isZero();
        assertThat(first.output()).hasSize(4).contains("ok: ada is registered");
        assertThat(first.errors())
                .containsExactly("Password (the next line, not hidden):", "Password (the next line, not hidden):");
        assertThat(directory.resolve("data/quickstart.mv.db")).exists();

        Ended second =
                run(List.of(), Map.of(), "check " + Typed.tokenIn(first.output().get(3)), "quit");

        assertThat(second.status()).isZero();
        assertThat(second.output().get(2)).startsWith("ok: ada is signed in, session ");
        assertThat(second.output().get(3)).isEqualTo("ok: good-bye");
        assertThat(second.errors()).isEmpty();
    }

    @Test
    void thePropertyNamesTheDatabaseAndWinsOverTheEnvironment() throws Exception {
        run(List.of(), Map.of("QUICKSTART_DATABASE", "by-environment"));
        run(List.of("-Dquickstart.database=by-property"), Map.of("QUICKSTART_DATABASE", "by-neither"));

        assertThat(directory.resolve("by-environment.mv.db")).exists();
        assertThat(directory.resolve("by-property.mv.db")).exists();
        assertThat(directory.resolve("by-neither.mv.db")).doesNotExist();
        assertThat(directory.resolve("data")).doesNotExist();
    }

    @Test
    void aDatabaseThatAnotherProgramHasOpenIsExplainedInOneLine() throws Exception {
        try (FileDatabase open = FileDatabase.open(directory.resolve("data/quickstart"))) {
            assertThat(open.stores()).isNotNull();

            Ended second = run(List.of(), Map.of(), "help");

            assertThat(second.status()).isEqualTo(1);
            assertThat(second.output()).singleElement().asString().startsWith("error: another program has ");
            assertThat(second.errors()).isEmpty();
        }
    }
}
