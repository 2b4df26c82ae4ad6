package dev.minotaur.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.testkit.broken.FaultIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the pages for store authors show is what is compiled and run, and the rules they name are those that catch. */
class StorePageTest {

    private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");
    private static final Path PAGE = ROOT.resolve("docs/implementing-a-store.md");
    private static final List<Path> PAGES =
            List.of(PAGE, PAGE.resolveSibling("store-on-sql.md"), PAGE.resolveSibling("store-on-redis.md"));
    private static final Pattern BLOCK =
            Pattern.compile("<!-- from ([\\w./-]+?)(?:#([\\w-]+))? -->\n```(\\w+)\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyBlockIsARegionOfASource() throws IOException {
        for (Path page : PAGES) {
            String text = Files.readString(page);
            List<MatchResult> blocks = BLOCK.matcher(text).results().toList();
            assertThat(text.split("\n```\\w", -1))
                    .as(page + ": blocks with a source")
                    .hasSize(blocks.size() + 1);
            for (MatchResult block : blocks) {
                assertThat(block.group(4)).as(block.group(1)).isEqualTo(source(block.group(1), block.group(2)));
            }
        }
    }

    @Test
    void everyRuleNamedIsARule() throws IOException {
        Set<String> ids = RuleBook.all().stream().map(RuleBook.Entry::id).collect(Collectors.toSet());
        List<String> named = Pattern.compile("\\b(USR|TOK|ATT|STO|HIS|SEC|FLT|ACC)-[0-9]+")
                .matcher(Files.readString(PAGE))
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(named).hasSizeGreaterThan(40);
        assertThat(ids).containsAll(named);
        assertThat(FaultIndex.rulesThatCatch()).containsAll(named);
    }

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        for (Path page : PAGES) {
            List<MatchResult> links = Pattern.compile("\\]\\(([^)#]*)(?:#([^)]*))?\\)")
                    .matcher(Files.readString(page))
                    .results()
                    .toList();
            assertThat(links).as(page.toString()).isNotEmpty();
            for (MatchResult link : links) {
                Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
                assertThat(target).as(link.group()).exists();
                if (link.group(2) != null) {
                    assertThat(headings(target)).as(link.group()).contains(link.group(2));
                }
            }
        }
    }

    private static List<String> headings(Path page) throws IOException {
        return Files.readAllLines(page).stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static String source(String file, String region) throws IOException {
        List<String> lines = Files.readAllLines(ROOT.resolve(file));
        if (region == null) {
            return String.join("\n", lines) + "\n";
        }
        int start = indexOf(lines, 0, "region " + region);
        List<String> wanted = lines.subList(start + 1, indexOf(lines, start, "end region"));
        int indent = wanted.stream()
                .filter(line -> !line.isBlank())
                .mapToInt(line -> line.length() - line.stripLeading().length())
                .min()
                .orElseThrow();
        return wanted.stream()
                .map(line -> line.isBlank() ? "\n" : line.substring(indent) + "\n")
                .collect(Collectors.joining());
    }

    private static int indexOf(List<String> lines, int from, String mark) {
        for (int i = from; i < lines.size(); i++) {
            if (lines.get(i).strip().replaceAll("^(//|<!--|--) | -->$", "").equals(mark)) {
                return i;
            }
        }
        throw new AssertionError("no " + mark);
    }
}
