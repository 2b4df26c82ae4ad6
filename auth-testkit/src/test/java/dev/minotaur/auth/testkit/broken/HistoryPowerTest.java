package dev.minotaur.auth.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.testkit.RuleBook;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What random histories find, and what they say about it. */
class HistoryPowerTest {

    private static final String SEED = "dev.minotaur.auth.testkit.seed";
    private static final Pattern REPLAY = Pattern.compile("replay: -D" + Pattern.quote(SEED) + "=(-?[0-9]+)");
    private static final int RUNS = 20;

    @AfterEach
    void forgetTheSeed() {
        System.clearProperty(SEED);
    }

    @Test
    void aLostUpdateIsCaughtEachTime() {
        expectCaughtEachTime(HistoryFaults.LOST_UPDATE, "HIS-2");
    }

    @Test
    void aStaleReadIsCaughtEachTime() {
        expectCaughtEachTime(HistoryFaults.STALE_READ, "HIS-1");
        expectCaughtEachTime(HistoryFaults.STALE_READ, "HIS-2");
    }

    @Test
    void aNonAtomicRotationIsCaughtEachTime() {
        expectCaughtEachTime(HistoryFaults.NON_ATOMIC_ROTATION, "HIS-3");
    }

    @TestFactory
    Stream<DynamicTest> noRuleAboutAFewCallsSeesAWrongSequence() {
        return HistoryFaults.ofSequences().stream()
                .map(fault -> DynamicTest.dynamicTest(
                        fault.name(), () -> assertThat(Kit.failures(fault, RuleBook.Entry::isPlain))
                                .isEmpty()));
    }

    @Test
    void thePrintedSeedReplays() {
        for (Fault fault : HistoryFaults.ofSequences()) {
            System.clearProperty(SEED);
            Throwable caught = failure(fault.name(), "HIS-1");
            for (int run = 1; run < RUNS && caught == null; run++) {
                caught = failure(fault.name(), "HIS-1");
            }
            String failure = caught.getMessage();
            Matcher replay = REPLAY.matcher(failure);
            assertThat(replay.find()).as(failure).isTrue();
            System.setProperty(SEED, replay.group(1));
            assertThat(withoutSalt(failure(fault.name(), "HIS-1").getMessage())).isEqualTo(withoutSalt(failure));
        }
    }

    @Test
    void aWrongSequenceIsToldAsTheShortestThatIsWrong() throws IOException {
        System.setProperty(SEED, "27");
        Throwable failure = failure("tokens: touch moves a renewed token back", "HIS-1");
        assertThat(withoutSalt(failure.getMessage())).isEqualTo(golden("history"));
    }

    @Test
    void callsThatMeetAreToldWithTheirOrder() {
        String failure = failure(HistoryFaults.LOST_UPDATE, "HIS-2").getMessage();
        assertThat(failure)
                .containsPattern(
                        "\n +thread [0-3]: \\[[0-9]+-[0-9]+\\] (first|second)\\.users\\.update\\(.*\\) = UPDATED\n")
                .contains("\n  observed: no order of these calls explains the answers\n");
        assertThat(REPLAY.matcher(failure).find()).isTrue();
    }

    private static void expectCaughtEachTime(String fault, String rule) {
        for (int run = 0; run < RUNS; run++) {
            assertThat(failure(fault, rule)).as("run " + run).isNotNull();
        }
    }

    private static Throwable failure(String fault, String rule) {
        Map<String, Throwable> failures =
                Kit.failures(Faults.byName(fault), entry -> entry.id().equals(rule));
        return failures.get(rule);
    }

    private static String withoutSalt(String text) {
        return text.replaceAll("(?<=-)[0-9a-fA-F]{16}(?=[@\"])", "salt")
                .replaceAll("\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\\b[0-9a-f]{8}\\b", "id");
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = HistoryPowerTest.class.getResourceAsStream("/failures/" + name + ".txt")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        }
    }
}
