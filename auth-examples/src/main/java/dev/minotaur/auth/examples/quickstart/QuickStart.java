package dev.minotaur.auth.examples.quickstart;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.examples.FileDatabase;
import dev.minotaur.auth.spi.AuthStores;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Registers users, signs them in and shows their sessions, line by line. The database is the file {@code data/quickstart}
 * below the working directory, or what the system property {@code quickstart.database} or else the environment variable
 * {@code QUICKSTART_DATABASE} names.
 */
public final class QuickStart {

    private QuickStart() {}

    /**
     * Runs until told to quit or the input ends. The exit code is 0, or 1 if the database cannot be opened.
     *
     * @param args not used
     */
    public static void main(String[] args) {
        Input input = ConsoleInput.ofTerminal()
                .orElseGet(() -> new StreamInput(new InputStreamReader(System.in, StandardCharsets.UTF_8), System.err));
        int status = run(databaseName(), input, System.out);
        if (status != 0) {
            System.exit(status);
        }
    }

    private static String databaseName() {
        return Optional.ofNullable(System.getProperty("quickstart.database"))
                .or(() -> Optional.ofNullable(System.getenv("QUICKSTART_DATABASE")))
                .orElse("data/quickstart");
    }

    static int run(String databaseName, Input input, PrintStream output) {
        try (FileDatabase database = FileDatabase.open(Path.of(databaseName));
                Accounts accounts = options(database.stores(), output).build()) {
            output.println("note: users and sessions are kept in " + databaseName + "; help lists the commands");
            output.println("note: mail is printed here, and goes nowhere else");
            new Shell(input, output, new Commands(accounts)).run();
            return 0;
        } catch (IOException | InvalidPathException e) {
            output.println("error: " + e.getMessage());
            return 1;
        }
    }

    /** As strict as it comes; mail is printed on the thread that asks for it, so that it stands before the answer. */
    static Accounts.Builder options(AuthStores stores, PrintStream output) {
        return Accounts.builder(stores).mailer(new PrintedMail(output)).executor(Runnable::run);
    }
}
