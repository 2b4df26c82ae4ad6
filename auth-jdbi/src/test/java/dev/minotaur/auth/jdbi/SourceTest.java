package dev.minotaur.auth.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SourceTest {

    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "minotaur", "auth", "jdbi");

    /** On the JDKs before 24 a virtual thread that waits in a synchronized block keeps its carrier. */
    @Test
    void noCallOfAStoreWaitsInASynchronizedBlock() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            List<Path> sources =
                    files.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(sources).hasSizeGreaterThan(20);
            for (Path source : sources) {
                assertThat(Files.readString(source)).as(source.toString()).doesNotContain("synchronized");
            }
        }
    }
}
