package dev.minotaur.auth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.AttemptPolicy;
import dev.minotaur.auth.RawToken;
import dev.minotaur.auth.SessionPolicy;
import dev.minotaur.auth.examples.hashing.HashingCost;
import dev.minotaur.auth.password.BcryptSha256PasswordHasher;
import dev.minotaur.auth.password.DelegatingPasswordHasher;
import dev.minotaur.auth.password.PasswordPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the documents show is what the build compiles and runs: above each code block a comment names a file below
 * auth-examples/src and a region of it, and the two are the same. Only what is typed into a shell is exempt.
 */
final class DocumentsTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern SOURCE = Pattern.compile("<!-- from ([\\w./-]+)#([\\w-]+) -->");

    private record Block(String document, int line, String language, String above, String code) {
        @Override
        public String toString() {
            return document + " line " + line;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"README.md", "docs/guide.md"})
    void everyCodeBlockIsARegionOfASource(String document) throws IOException {
        List<Block> blocks = blocks(document);
        assertThat(blocks).as("code blocks in %s", document).hasSizeGreaterThan(2);
        for (Block block : blocks) {
            if (block.language().equals("sh")) {
                continue;
            }
            Matcher source = SOURCE.matcher(block.above());
            assertThat(source.matches())
                    .as("%s: a source above the block", block)
                    .isTrue();
            assertThat(block.code()).as(block.toString()).isEqualTo(region(source.group(1), source.group(2)));
        }
    }

    @Test
    void theProgramsThatTheGuideRunsAreThere() throws Exception {
        String pom = Files.readString(Path.of("pom.xml"));
        String guide = Files.readString(ROOT.resolve("docs/guide.md"));
        List<String> programs = Pattern.compile("exec[.]mainClass=([\\w.]+)")
                .matcher(guide)
                .results()
                .map(program -> program.group(1))
                .toList();
        List<String> executions = Pattern.compile("exec:exec@([\\w-]+)")
                .matcher(guide)
                .results()
                .map(execution -> execution.group(1))
                .toList();
        assertThat(programs).isNotEmpty();
        assertThat(executions).isNotEmpty();
        for (String program : programs) {
            assertThat(Class.forName(program)).hasDeclaredMethods("main");
        }
        assertThat(executions).allSatisfy(id -> assertThat(pom).contains("<id>" + id + "</id>"));
        assertThat(pom).contains("<argument>" + HashingCost.class.getName() + "</argument>");
    }

    @Test
    void theConsumerRunsTheExampleOfTheReadme() throws IOException {
        assertThat(region("it/consumer/src/main/java/consumer/Main.java", "example"))
                .isEqualTo(region("main/java/dev/minotaur/auth/examples/readme/ReadmeExample.java", "example"));
    }

    @Test
    void theNumbersOfTheReadmeAreTheDefaults() throws IOException {
        String text =
                String.join(" ", Files.readAllLines(ROOT.resolve("README.md"))).replaceAll(" +", " ");
        SessionPolicy sessions = SessionPolicy.defaults();
        AttemptPolicy attempts = AttemptPolicy.defaults();

        assertThat(text)
                .contains("at least " + PasswordPolicy.soleFactor().minLength() + " characters")
                .contains("at most " + DelegatingPasswordHasher.defaults().maxUtf8Bytes() + " bytes")
                .contains("bcrypt-sha256 at cost " + BcryptSha256PasswordHasher.DEFAULT_COST)
                .contains(attempts.freeAttempts() + " attempts at a password are free")
                .contains("at first " + attempts.firstDelay().toSeconds() + " seconds")
                .contains("up to " + attempts.longestDelay().toHours() + " hour")
                .contains("A token is " + RawToken.LENGTH + " characters")
                .contains("after " + sessions.idleTimeout().toDays() + " days without use")
                .contains("after " + sessions.absoluteTimeout().toDays() + " days in any case")
                .contains("after " + sessions.rememberedIdleTimeout().toDays() + " days without use, and after "
                        + sessions.rememberedAbsoluteTimeout().toDays() + " days in any case")
                .contains("at most " + sessions.limit() + " sessions")
                .contains("at most once in " + sessions.touchInterval().toHours() + " hour");
    }

    @Test
    void theReadmeStaysShort() throws IOException {
        assertThat(Files.readAllLines(ROOT.resolve("README.md"))).hasSizeLessThanOrEqualTo(200);
    }

    private static List<Block> blocks(String document) throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve(document));
        List<Block> blocks = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith("```")) {
                int end = i + 1 + lines.subList(i + 1, lines.size()).indexOf("```");
                String code = String.join("\n", lines.subList(i + 1, end));
                String above = i == 0 ? "" : lines.get(i - 1);
                blocks.add(new Block(document, i + 1, lines.get(i).substring(3), above, code));
                i = end;
            }
        }
        return blocks;
    }

    /** The lines between the two marks, moved to the left, with the values that Maven fills in. */
    private static String region(String file, String name) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src", file));
        int start = markAt(lines, 0, "region " + name);
        int end = markAt(lines, start, "end region");
        assertThat(start).as("%s: region %s", file, name).isNotNegative();
        assertThat(end).as("%s: end of region %s", file, name).isGreaterThan(start);
        List<String> region = lines.subList(start + 1, end);
        int indent = region.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElse(0);
        return region.stream()
                .map(line -> line.isBlank() ? "" : line.substring(indent))
                .map(line -> line.replace("@project.version@", System.getProperty("project.version", "")))
                .reduce((above, below) -> above + "\n" + below)
                .orElse("");
    }

    private static int markAt(List<String> lines, int from, String mark) {
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).strip().replaceAll("^(//|<!--) | -->$", "").equals(mark)) {
                return i;
            }
        }
        return -1;
    }
}
