package dev.minotaur.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The page docs/contract.md and the kit say the same, rule by rule. */
class ContractPageTest {

    private static final Pattern RULE = Pattern.compile(
            "^#### ([A-Z]{3}-[0-9]+)\n\n(.*?)\n\n\\*Why:\\* (.*?)\n(?:\n\\*Excludes:\\* (.*?)\n)?(?=\n#)",
            Pattern.MULTILINE | Pattern.DOTALL);

    private final Map<String, MatchResult> page = new LinkedHashMap<>();
    private String text;

    @BeforeEach
    void read() throws IOException {
        text = Files.readString(Path.of(System.getProperty("basedir", "."), "..", "docs", "contract.md"));
        Matcher matcher = RULE.matcher(text);
        while (matcher.find()) {
            assertThat(page.put(matcher.group(1), matcher.toMatchResult()))
                    .as(matcher.group(1) + " is there twice")
                    .isNull();
        }
    }

    @Test
    void thePageHasTheVersionOfTheKit() {
        assertThat(text)
                .containsOnlyOnce("This is version " + ConformanceReport.CONTRACT_VERSION + " of the contract.");
    }

    @Test
    void thePageHasTheRulesOfTheKit() {
        assertThat(page.keySet()).containsExactlyInAnyOrderElementsOf(ids());
        assertThat(text.lines().filter(line -> line.startsWith("#### ")).count())
                .as("headings of rules that were read")
                .isEqualTo(page.size());
    }

    @Test
    void thePageHasEachPromiseAndEachReason() {
        for (RuleBook.Entry rule : RuleBook.all()) {
            assertThat(group(rule.id(), 2)).as(rule.id()).isEqualTo(rule.promise());
            assertThat(group(rule.id(), 3)).as(rule.id()).isEqualTo(rule.why());
        }
    }

    @Test
    void thePageTellsTheInterleavingWhereCallersMeet() {
        for (RuleBook.Entry rule : RuleBook.all()) {
            assertThat(group(rule.id(), 4) != null).as(rule.id()).isEqualTo(rule.hasRace());
        }
    }

    private String group(String id, int group) {
        String lines = page.get(id).group(group);
        return lines == null ? null : lines.replace('\n', ' ');
    }

    private static Iterable<String> ids() {
        return RuleBook.all().stream().map(RuleBook.Entry::id).toList();
    }
}
