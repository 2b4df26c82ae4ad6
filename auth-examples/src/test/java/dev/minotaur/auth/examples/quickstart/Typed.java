package dev.minotaur.auth.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.RawToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Drives the shell with lines, as a script would. */
final class Typed {

    private Typed() {}

    static List<String> into(Accounts accounts, String... lines) {
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        try (PrintStream output = new PrintStream(answers, true, StandardCharsets.UTF_8);
                PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)) {
            Input input = new StreamInput(new StringReader(String.join("\n", lines)), nowhere);
            new Shell(input, output, new Commands(accounts)).run();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return answers.toString(StandardCharsets.UTF_8).lines().toList();
    }

    static String tokenIn(String answer) {
        String token = answer.substring(answer.lastIndexOf(' ') + 1);
        assertThat(token).as("the last word of: %s", answer).hasSize(RawToken.LENGTH);
        return token;
    }
}
