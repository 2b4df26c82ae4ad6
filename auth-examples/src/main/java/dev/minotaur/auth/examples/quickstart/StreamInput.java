package dev.minotaur.auth.examples.quickstart;

import dev.minotaur.auth.password.RawPassword;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.util.Optional;

/**
 * Takes a password from the line after the command. What is asked goes to a stream of its own, beside the answers; it warns,
 * for somebody may sit there whose terminal Java was not given.
 */
final class StreamInput implements Input {

    private final BufferedReader lines;
    private final PrintStream prompts;

    StreamInput(Reader input, PrintStream prompts) {
        this.lines = new BufferedReader(input);
        this.prompts = prompts;
    }

    @Override
    public Optional<String> command() throws IOException {
        return Optional.ofNullable(lines.readLine());
    }

    @Override
    public RawPassword password(String what) throws IOException {
        prompts.println(what + " (the next line, not hidden):");
        String line = lines.readLine();
        if (line == null) {
            throw new EOFException();
        }
        return RawPassword.ofString(line);
    }
}
