package dev.minotaur.auth.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.testkit.RuleBook;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The table of all broken stores and all rules. It takes long, so that a build only makes that of three stores and the rules
 * with one caller; {@code -Ddev.minotaur.auth.testkit.crosstable=true} makes the whole of it.
 */
class CrossTableTest {

    private static final boolean WHOLE = Boolean.getBoolean("dev.minotaur.auth.testkit.crosstable");

    @Test
    void everyBrokenStoreIsSeenAndTheTableSaysByWhichRules() throws IOException {
        List<RuleBook.Entry> rules =
                RuleBook.all().stream().filter(rule -> WHOLE || rule.isPlain()).toList();
        List<Fault> faults = WHOLE
                ? Faults.all()
                : List.of(
                        Faults.byName("tokens: consume does not look at the purpose"),
                        Faults.byName("users: nobody is found by username"),
                        Faults.byName("users: update forgets the password hash"));
        Path file = Files.createDirectories(Path.of(System.getProperty("basedir", "."), "target"))
                .resolve("cross-table.csv");
        CrossTable table = new CrossTable(rules);
        Set<String> unseen = new TreeSet<>();
        for (Fault fault : faults) {
            if (table.add(fault).isEmpty()) {
                unseen.add(fault.name());
            }
            Files.write(file, table.lines());
        }
        assertThat(unseen).isEmpty();
        assertThat(table.lines()).hasSize(1 + faults.size());
        assertThat(table.lines()).allMatch(line -> line.split(",", -1).length >= 2 + rules.size());
        if (!WHOLE) {
            String exact = table.lines().get(1);
            assertThat(exact).startsWith("\"tokens: consume does not look at the purpose\",EXACT,");
            assertThat(exact.split("caught", -1)).as("rules that see it").hasSize(2);
            assertThat(exact).doesNotContain("also", "missed");
            assertThat(table.lines().get(2)).contains("caught", "also").doesNotContain("missed");
        }
    }
}
