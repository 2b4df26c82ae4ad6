package dev.minotaur.auth.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Where the report of each store goes.
 *
 * @param directory made when it is needed
 */
record ReportFiles(Path directory) {

    /** Names another directory, or says that there is to be no report: a configuration parameter of JUnit. */
    static final String PARAMETER = "dev.minotaur.auth.testkit.report";

    static final String NO_REPORT = "none";

    /** Empty if no report is wanted. */
    static Optional<ReportFiles> chosenBy(ExtensionContext context) {
        String chosen = context.getConfigurationParameter(PARAMETER).orElse("");
        return chosen.equals(NO_REPORT)
                ? Optional.empty()
                : Optional.of(
                        chosen.isBlank()
                                ? below(Path.of(""))
                                : new ReportFiles(Path.of(chosen).toAbsolutePath()));
    }

    /** In the directory for what the build of a project makes, as far as a build can be seen there. */
    static ReportFiles below(Path project) {
        String build = "";
        if (Files.exists(project.resolve("pom.xml"))) {
            build = "target";
        } else if (Stream.of("build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts")
                .anyMatch(file -> Files.exists(project.resolve(file)))) {
            build = "build";
        }
        return new ReportFiles(
                project.resolve(build).resolve("auth-conformance").toAbsolutePath());
    }

    /**
     * Writes a report, as a whole or not at all, over one of an earlier run.
     *
     * @return what to say about it: where it is, or why it is not there
     */
    String write(ConformanceReport report) {
        Path file = directory.resolve(report.store() + ".json");
        Path part = directory.resolve(report.store() + "." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectories(directory);
            try {
                Files.writeString(part, Json.of(report.fields()));
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(part);
            }
            return file.toString();
        } catch (IOException e) {
            return "NOT WRITTEN: " + file + ": " + RuleReport.shown(e);
        }
    }
}
