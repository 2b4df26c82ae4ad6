package dev.minotaur.auth.examples.quickstart;

import dev.minotaur.auth.password.RawPassword;
import java.io.Console;
import java.io.EOFException;
import java.util.Arrays;
import java.util.Optional;

/** Asks on the terminal; a password does not show. All lines come from the console, which may have read ahead. */
final class ConsoleInput implements Input {

    private final Console console;

    ConsoleInput(Console console) {
        this.console = console;
    }

    /** The terminal, if there is one: since Java 22 there may be a console without. */
    static Optional<Input> ofTerminal() {
        return Optional.ofNullable(System.console())
                .filter(ConsoleInput::isTerminal)
                .map(ConsoleInput::new);
    }

    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException beforeJava22) {
            return true;
        }
    }

    @Override
    public Optional<String> command() {
        return Optional.ofNullable(console.readLine("> "));
    }

    @Override
    public RawPassword password(String what) throws EOFException {
        char[] typed = console.readPassword("%s: ", what);
        if (typed == null) {
            throw new EOFException();
        }
        try {
            return RawPassword.of(typed);
        } finally {
            Arrays.fill(typed, '\0');
        }
    }
}
