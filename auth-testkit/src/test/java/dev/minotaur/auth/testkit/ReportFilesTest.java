package dev.minotaur.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minotaur.auth.testkit.RuleResult.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where reports are written, and what stands in them. */
class ReportFilesTest {

    private static final String STORE = "org.example.OnFileTest";
    private static final ConformanceReport REPORT = new ConformanceReport(
            STORE,
            Instant.parse("2096-05-04T10:00:00Z"),
            Duration.ofMillis(12_345),
            OptionalLong.of(Long.MIN_VALUE),
            Optional.of(new Backing(Durability.SURVIVES_RESTART, true, false)),
            List.of(
                    new RuleResult("TOK-1", Outcome.PASSED, Duration.ofMillis(7), OptionalLong.empty(), ""),
                    new RuleResult(
                            "TOK-2",
                            Outcome.FAILED,
                            Duration.ofMillis(15),
                            OptionalLong.of(Long.MIN_VALUE),
                            "TOK-2 is broken by OnFileTest: Every component MUST come back.\n  done:     nothing yet"),
                    new RuleResult(
                            "USR-1",
                            Outcome.DEVIATING,
                            Duration.ofMillis(9),
                            OptionalLong.empty(),
                            "USR-1 deviates by declaration: not before the next schema"),
                    RuleResult.notRun("USR-2", "not selected"),
                    RuleResult.notRun("USR-3", "not selected")));

    @TempDir
    private Path project;

    @Test
    void theyLieWhereTheBuildPutsWhatItMakes() throws IOException {
        assertThat(directory()).isEqualTo(project.resolve("auth-conformance"));
        Files.createFile(project.resolve("settings.gradle.kts"));
        assertThat(directory()).isEqualTo(project.resolve("build/auth-conformance"));
        Files.createFile(project.resolve("pom.xml"));
        assertThat(directory()).isEqualTo(project.resolve("target/auth-conformance"));
    }

    @Test
    void aReportHasTheCountsAndEachRule() throws IOException {
        String shown = golden("report.json")
                .replaceFirst("\"rounds\": 25", "\"rounds\": " + Race.ROUNDS)
                .replaceFirst("\"seedGiven\": false", "\"seedGiven\": " + Seed.isGiven())
                .replaceFirst("\"java\": \"[0-9.]+\"", "\"java\": \"" + System.getProperty("java.version") + "\"");
        assertThat(Path.of(ReportFiles.below(project).write(REPORT))).hasContent(shown);
        JsonNode read = new ObjectMapper().readTree(shown);
        assertThat(Stream.of("rules", "passed", "failed", "deviating", "notRun")
                        .map(count -> read.get(count).intValue()))
                .containsExactly(5, 1, 1, 1, 2);
        assertThat(read.get("seed").textValue()).isEqualTo("-9223372036854775808");
        assertThat(read.get("results").get(1).get("text").textValue()).endsWith("\n  done:     nothing yet");
    }

    @Test
    void aReportIsWrittenOverTheOneOfAnEarlierRun() throws IOException {
        ReportFiles files = ReportFiles.below(project);
        Path file = files.directory().resolve(STORE + ".json");
        Files.createDirectories(files.directory());
        Files.writeString(file, "the one before");
        assertThat(files.write(REPORT)).isEqualTo(file.toString());
        assertThat(file).content().startsWith("{\n  \"contract\": ").endsWith("}\n");
        assertThat(files.directory()).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void aReportThatCannotBeWrittenIsSaidToBeMissing() throws IOException {
        Files.createFile(project.resolve("auth-conformance"));
        assertThat(ReportFiles.below(project).write(REPORT))
                .startsWith("NOT WRITTEN: " + project.resolve("auth-conformance"))
                .contains("FileAlreadyExistsException");
    }

    @Test
    void theTableNamesTheStoreTheCountsAndWhatIsNotAsItShouldBe() throws IOException {
        RunSummary summary = new RunSummary();
        summary.add(REPORT, "target/auth-conformance/org.example.OnFileTest.json");
        String shown = golden("table.txt").replaceFirst("25 rounds", Race.ROUNDS + " rounds");
        assertThat(summary.text().lines().skip(1))
                .containsExactlyElementsOf(shown.lines().toList());
    }

    @Test
    void aRunOverWhatLetsItTryLessSaysSo() {
        RunSummary summary = new RunSummary();
        summary.add(
                new ConformanceReport(
                        STORE,
                        Instant.EPOCH,
                        Duration.ZERO,
                        OptionalLong.empty(),
                        Optional.of(new Backing(Durability.HEAP_ONLY, false, true)),
                        List.of()),
                "nowhere");
        assertThat(summary.text())
                .contains("  not tried: " + STORE + ": a restart (HEAP_ONLY), failures of the backend (no faults())");
        assertThat(new Backing(Durability.SURVIVES_RESTART, true, true).missing())
                .isEmpty();
    }

    private static String golden(String name) throws IOException {
        try (InputStream file = ReportFilesTest.class.getResourceAsStream("/report/" + name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Path directory() {
        return ReportFiles.below(project).directory();
    }
}
