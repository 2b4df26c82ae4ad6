package dev.minotaur.auth.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.spi.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The text of a failure, word for word but for the random ids. */
class FailureTextTest {

    private static final Pattern RANDOM = Pattern.compile(
            "\\b([0-9a-f]{8})(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{12}(?=\\.\\.\\.)|[0-9a-f]{32}|\\b[0-9a-f]{8}\\b");

    @Test
    void aWrongAnswerIsToldWithWhatWasDone() throws IOException {
        Throwable failure = failure("tokens: consume does not look at the purpose", "TOK-20");
        assertThat(withoutRandom(failure.getMessage())).isEqualTo(golden("wrong-answer"));
        assertThat(failure.getCause()).isNull();
    }

    @Test
    void aDifferingRecordIsToldByWhatDiffers() throws IOException {
        Throwable failure = failure("users: update forgets the password hash", "USR-23");
        assertThat(withoutRandom(failure.getMessage())).isEqualTo(golden("difference"));
    }

    @Test
    void anExceptionIsToldAndKept() throws IOException {
        Throwable failure = failure("users: two conflicts at once are not expected", "USR-9");
        assertThat(withoutRandom(failure.getMessage())).isEqualTo(golden("exception"));
        assertThat(failure.getCause()).isInstanceOf(StoreException.class).hasMessage("a constraint is violated");
    }

    @Test
    void aRaceIsToldByWhatItsThreadsDid() {
        Fault fault = Faults.byName("tokens: consume selects, then deletes");
        Throwable failure =
                Kit.failures(fault, rule -> rule.id().equals("TOK-47")).get("TOK-47");
        assertThat(failure.getMessage())
                .contains("16 threads over two handles, 200 times: consume one token")
                .contains("\n  checked:  how many got the token\n  expected: 1\n  observed: ");
    }

    @Test
    void anExceptionInAThreadIsToldAndKept() {
        Fault fault = Faults.byName("users: updates to each other's address are a deadlock");
        Throwable failure =
                Kit.failures(fault, rule -> rule.id().equals("USR-41")).get("USR-41");
        assertThat(failure.getMessage())
                .contains(
                        "\n  checked:  update two users, to the other's e-mail address and to the other's e-mail address"
                                + "\n  expected: no exception")
                .contains("\n  observed: " + StoreException.class.getName() + ": a deadlock was broken off\n");
        assertThat(failure.getCause()).isInstanceOf(StoreException.class);
    }

    @Test
    void aFailureOfTheBackendIsToldByItsScenarioAndCall() {
        Throwable failure = failure("backend: the stamp is written after the rest", "FLT-12");
        assertThat(failure.getMessage())
                .contains(
                        "\n  done:     scenario: change the password; call 12 of the backend fails before its effect\n")
                .contains(", 1) threw " + StoreException.class.getName() + "\n            7. first.users.findById(")
                .contains(
                        "\n  checked:  what another handle sees after the failure\n  expected: {another session: good, ")
                .contains("\n  observed: {another session: good, good sessions: 2, the new session: none,"
                        + " the password: the new one, the session: good}\n");
    }

    private static Throwable failure(String fault, String rule) {
        return Kit.failures(Faults.byName(fault), entry -> entry.id().equals(rule))
                .get(rule);
    }

    private static String withoutRandom(String text) {
        List<String> seen = new ArrayList<>();
        return RANDOM.matcher(text).replaceAll(match -> {
            String id = match.group(1) == null ? match.group() : match.group(1);
            if (!seen.contains(id)) {
                seen.add(id);
            }
            return "id" + (1 + seen.indexOf(id));
        });
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = FailureTextTest.class.getResourceAsStream("/failures/" + name + ".txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        }
    }
}
