package dev.minotaur.auth.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page names as its evidence is there: the rule on the page of the contract, the test in the sources. */
final class EvidenceTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern RULE = Pattern.compile("\\b[A-Z]{3}-[0-9]+\\b");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)(?:\\.(\\w+))?`");
    private static final Pattern LISTED = Pattern.compile("^\\| `\\w+[?!(]?.*?` ?.*\\|$", Pattern.MULTILINE);
    private static final Set<String> NO_RULES = Set.of("SHA-256", "CVE-2026");

    @ParameterizedTest
    @ValueSource(strings = {"asvs.md", "phx-gen-auth.md", "threat-model.md", "revocation.md"})
    void whatAPageNamesIsThere(String page) throws IOException {
        String text = Files.readString(ROOT.resolve("docs").resolve(page));
        Set<String> rules = rulesOfTheContract();
        assertThat(matches(RULE, text))
                .as("rules")
                .isNotEmpty()
                .allMatch(id -> NO_RULES.contains(id) || rules.contains(id));
        Map<String, String> tests = tests();
        Matcher named = TEST.matcher(text);
        while (named.find()) {
            String source = tests.getOrDefault(named.group(1), "");
            assertThat(source).as(named.group()).isNotEmpty();
            if (named.group(2) != null) {
                assertThat(source).as(named.group()).contains("void " + named.group(2) + "(");
            }
        }
    }

    @Test
    void allBehavioursOfTheOtherAreListed() throws IOException {
        String text = Files.readString(ROOT.resolve("docs").resolve("phx-gen-auth.md"));
        assertThat(LISTED.matcher(text).results().count()).isEqualTo(39);
    }

    private static Set<String> rulesOfTheContract() throws IOException {
        return Files.readAllLines(ROOT.resolve("docs").resolve("contract.md")).stream()
                .filter(line -> line.startsWith("#### "))
                .map(line -> line.substring(5))
                .collect(Collectors.toSet());
    }

    private static Set<String> matches(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map(found -> found.group())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<String, String> tests() throws IOException {
        Map<String, String> tests = new TreeMap<>();
        for (String module :
                Set.of("auth-core", "auth-argon2", "auth-inmemory", "auth-jdbi", "auth-testkit", "auth-examples")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test"))) {
                for (Path file : files.filter(path -> path.toString().endsWith("Test.java"))
                        .toList()) {
                    String name = file.getFileName().toString().replace(".java", "");
                    tests.merge(name, Files.readString(file), String::concat);
                }
            }
        }
        return tests;
    }
}
