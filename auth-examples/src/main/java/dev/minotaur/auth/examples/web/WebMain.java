package dev.minotaur.auth.examples.web;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.examples.FileDatabase;
import java.io.IOException;
import java.nio.file.Path;

/** Serves the users of the quick start's database on the loopback interface until Enter is pressed. */
public final class WebMain {

    private WebMain() {}

    /**
     * Runs until a line is entered or the input ends. The system property {@code quickstart.database} names the database and
     * {@code web.port} the port, by default {@code data/quickstart} and 8080. The exit code is 0, or 1 if either cannot be had.
     *
     * @param args not used
     */
    public static void main(String[] args) {
        Path file = Path.of(System.getProperty("quickstart.database", "data/quickstart"));
        int port = Integer.getInteger("web.port", 8080);
        try (FileDatabase database = FileDatabase.open(file);
                WebExample application = WebExample.start(Accounts.builder(database.stores()), port)) {
            System.out.println("http://localhost:" + application.port() + " until you press Enter");
            var unused = System.in.read();
        } catch (IOException e) {
            System.out.println("error: " + e.getMessage());
            System.exit(1);
        }
    }
}
