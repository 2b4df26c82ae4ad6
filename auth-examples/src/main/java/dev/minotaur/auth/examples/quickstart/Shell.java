package dev.minotaur.auth.examples.quickstart;

import dev.minotaur.auth.examples.Sentences;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.StoreException;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;

/** Reads a command, answers it, and goes on until told to quit or the input ends. */
final class Shell {

    private final Input input;
    private final PrintStream output;
    private final Commands commands;
    private boolean done;

    Shell(Input input, PrintStream output, Commands commands) {
        this.input = input;
        this.output = output;
        this.commands = commands;
    }

    void run() throws IOException {
        Optional<String> line = input.command();
        while (line.isPresent()) {
            if (!line.get().isBlank()) {
                output.println(answer(List.of(line.get().strip().split("\\s+"))));
                output.flush();
            }
            line = done ? Optional.empty() : input.command();
        }
    }

    private String answer(List<String> words) throws IOException {
        // What is unknown is not repeated: it may be a password on the wrong line.
        Optional<Command> command = Command.of(words.get(0));
        if (command.isEmpty()) {
            return "error: there is no such command; help lists them";
        }
        List<String> arguments = words.subList(1, words.size());
        if (!command.get().takes(arguments.size())) {
            return "error: usage: " + command.get().usage();
        }
        try {
            return answer(command.get(), arguments);
        } catch (EOFException ended) {
            return "error: the input ended where a password was expected";
        } catch (StoreException failure) {
            return "error: " + Sentences.of(failure);
        }
    }

    private String answer(Command command, List<String> arguments) throws IOException {
        return switch (command) {
            case REGISTER -> commands.register(arguments.get(0));
            case CONFIRM -> {
                try (RawPassword password = input.password("Password")) {
                    yield commands.confirm(
                            arguments.get(0), arguments.stream().skip(1).findFirst(), password);
                }
            }
            case LOGIN -> {
                try (RawPassword password = input.password("Password")) {
                    yield commands.login(arguments.get(0), password);
                }
            }
            case CHECK -> commands.check(arguments.get(0));
            case SESSIONS -> commands.sessions(arguments.get(0));
            case LOGOUT -> commands.logout(arguments.get(0));
            case LOGOUT_OTHERS -> commands.logoutOthers(arguments.get(0));
            case PASSWD -> {
                try (RawPassword current = input.password("Present password");
                        RawPassword next = input.password("New password")) {
                    yield commands.passwd(arguments.get(0), current, next);
                }
            }
            case FORGOT -> commands.forgot(arguments.get(0));
            case RESET -> {
                try (RawPassword next = input.password("New password")) {
                    yield commands.reset(arguments.get(0), next);
                }
            }
            case CHANGE_EMAIL -> commands.changeEmail(arguments.get(0), arguments.get(1));
            case CONFIRM_EMAIL -> commands.confirmEmail(arguments.get(0));
            case HELP -> Command.help();
            case QUIT -> {
                done = true;
                yield "ok: good-bye";
            }
        };
    }
}
