package dev.minotaur.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.minotaur.auth.testkit.RuleResult.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where reports are written, and what stands in them. */
class ReportFilesTest {

    private static final ConformanceReport REPORT = new ConformanceReport(
            "org.example.Stores$OnFile",
            Instant.parse("2096-05-04T10:00:00Z"),
            Duration.ofMillis(12_345),
            OptionalLong.of(Long.MIN_VALUE),
            List.of(
                    new RuleResult("TOK-1", Outcome.PASSED, Duration.ofMillis(7), OptionalLong.empty(), ""),
                    new RuleResult("TOK-2", Outcome.FAILED, Duration.ZERO, OptionalLong.of(-5), "first\nsecond"),
                    new RuleResult("USR-1", Outcome.DEVIATING, Duration.ZERO, OptionalLong.empty(), "declared"),
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
    void aReportIsReadAsItWasMeant() throws IOException {
        JsonNode read = new ObjectMapper()
                .readTree(Path.of(ReportFiles.below(project).write(REPORT)).toFile());
        assertThat(read.get("contract").textValue()).isEqualTo(ConformanceReport.CONTRACT_VERSION);
        assertThat(read.get("store").textValue()).isEqualTo("org.example.Stores$OnFile");
        assertThat(read.get("finished").textValue()).isEqualTo("2096-05-04T10:00:00Z");
        assertThat(read.get("seconds").doubleValue()).isEqualTo(12.345);
        assertThat(read.get("seed").textValue()).isEqualTo("-9223372036854775808");
        assertThat(read.get("rounds").intValue()).isEqualTo(Race.ROUNDS);
        assertThat(Stream.of("rules", "passed", "failed", "deviating", "notRun")
                        .map(count -> read.get(count).intValue()))
                .containsExactly(5, 1, 1, 1, 2);
        assertThat(read.get("results")).hasSize(5);
        assertThat(read.get("results").get(1))
                .isEqualTo(
                        new ObjectMapper()
                                .readTree(
                                        """
                {"rule": "TOK-2", "result": "failed", "seconds": 0.0, "seed": "-5", "text": "first\\nsecond"}
                """));
    }

    @Test
    void aReportIsWrittenOverTheOneOfAnEarlierRun() throws IOException {
        ReportFiles files = ReportFiles.below(project);
        Path file = files.directory().resolve("org.example.Stores$OnFile.json");
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
    void theTableNamesTheStoreTheCountsAndWhatIsNotAsItShouldBe() {
        RunSummary summary = new RunSummary();
        summary.add(REPORT, "/somewhere/else.json");
        assertThat(summary.text().lines())
                .containsExactly(
                        "",
                        "The contract of the stores, version 0.1, " + Race.ROUNDS + " rounds",
                        "  store                      passed  failed  deviating  not run  seconds                  seed",
                        "  org.example.Stores$OnFile       1       1          1        2     12.3  -9223372036854775808",
                        "  failed: org.example.Stores$OnFile: TOK-2: first",
                        "  deviating: org.example.Stores$OnFile: USR-1: declared",
                        "  not run: org.example.Stores$OnFile: USR-2, USR-3: not selected",
                        "  report: /somewhere/else.json");
    }

    private Path directory() {
        return ReportFiles.below(project).directory();
    }
}
