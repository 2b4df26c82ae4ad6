package dev.minotaur.auth.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuickStartTest {

    private static final String PASSWORD = "correct horse battery staple";

    @TempDir
    Path directory;

    private String database() {
        return directory.resolve("users").toString();
    }

    private List<String> answers(String... lines) {
        List<String> all = run(0, database(), lines);
        assertThat(all).hasSizeGreaterThanOrEqualTo(2);
        return all.subList(2, all.size());
    }

    private static List<String> run(int expectedStatus, String database, String... lines) {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (PrintStream output = new PrintStream(written, true, StandardCharsets.UTF_8);
                PrintStream prompts = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8)) {
            Input input = new StreamInput(new StringReader(String.join("\n", lines)), prompts);
            assertThat(QuickStart.run(database, input, output)).isEqualTo(expectedStatus);
        }
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void usersAndSessionsOutliveTheProgram() {
        String link = Typed.tokenIn(answers("register ada@example.org").get(0));
        List<String> before =
                answers("confirm " + link + " ada", PASSWORD, "login ada", PASSWORD, "login ada", PASSWORD);
        String kept = Typed.tokenIn(before.get(1));
        String ended = Typed.tokenIn(before.get(2));
        answers("logout " + ended);

        List<String> after = answers("check " + kept, "check " + ended, "login ADA@example.org", PASSWORD);

        assertThat(after.get(0)).startsWith("ok: ada is signed in");
        assertThat(after.get(1)).isEqualTo("refused: You are not signed in.");
        assertThat(after.get(2)).startsWith("ok: ada is signed in");
    }

    @Test
    void theProgramSaysAtOnceWhereTheMailGoes() {
        assertThat(run(0, database())).hasSize(2).last().isEqualTo("note: mail is printed here, and goes nowhere else");
    }

    @Test
    void nothingButTheDatabaseIsLeft() throws IOException {
        answers("register ada@example.org", "login ada@example.org", PASSWORD);

        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(directory.resolve("users.mv.db"));
        }
    }

    @Test
    void aFileThatIsNoDatabaseIsExplainedInOneLine() throws IOException {
        Files.writeString(directory.resolve("users.mv.db"), "not a database ".repeat(1000));

        assertThat(run(1, database())).singleElement().asString().startsWith("error: the database " + database());
    }

    @Test
    void tablesOfAnotherVersionAreExplainedInOneLineAndTheFileIsLetGo() throws SQLException {
        answers("help");
        String url = "jdbc:h2:file:" + database();
        try (Connection connection = DriverManager.getConnection(url, "sa", "")) {
            connection.createStatement().execute("UPDATE auth_schema_version SET version = 99");
        }

        assertThat(run(1, database())).singleElement().asString().startsWith("error: the tables in " + database());

        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                ResultSet sessions =
                        connection.createStatement().executeQuery("SELECT count(*) FROM information_schema.sessions")) {
            sessions.next();
            assertThat(sessions.getInt(1)).isOne();
        }
    }

    @Test
    void aPathThatIsNoneIsExplainedInOneLine() {
        assertThat(run(1, "a;b"))
                .containsExactly(
                        "error: the path of a database file has no semicolon: H2 takes what follows for settings");
        assertThat(run(1, "a\0b")).singleElement().asString().startsWith("error: ");
    }

    @Test
    void inputThatCannotBeReadIsExplainedInOneLine() throws IOException {
        Reader closed = new StringReader("");
        closed.close();
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        try (PrintStream output = new PrintStream(written, true, StandardCharsets.UTF_8)) {
            assertThat(QuickStart.run(database(), new StreamInput(closed, output), output))
                    .isEqualTo(1);
        }
        assertThat(written.toString(StandardCharsets.UTF_8).lines()).last().isEqualTo("error: Stream closed");
    }
}
