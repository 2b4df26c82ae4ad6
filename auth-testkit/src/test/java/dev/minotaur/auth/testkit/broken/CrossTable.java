package dev.minotaur.auth.testkit.broken;

import dev.minotaur.auth.testkit.RuleBook;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which rules see which broken store, as comma-separated values: a line for each store, a column for each rule. */
final class CrossTable {

    private final List<RuleBook.Entry> rules;
    private final List<String> lines = new ArrayList<>();

    CrossTable(List<RuleBook.Entry> rules) {
        this.rules = rules;
        lines.add("store,extent," + rules.stream().map(RuleBook.Entry::id).collect(Collectors.joining(",")));
    }

    /** Runs the rules on a broken store, and tells which of them have seen it. */
    Set<String> add(Fault fault) {
        Set<String> caught = Kit.failures(fault, rules::contains).keySet();
        Stream<String> cells = rules.stream().map(rule -> cell(fault, rule.id(), caught));
        lines.add("\"" + fault.name().replace("\"", "\"\"") + "\"," + fault.extent() + ","
                + cells.collect(Collectors.joining(",")));
        return caught;
    }

    private static String cell(Fault fault, String id, Set<String> caught) {
        if (fault.caughtBy().contains(id)) {
            return caught.contains(id) ? "caught" : "missed";
        }
        return caught.contains(id) ? "also" : "";
    }

    List<String> lines() {
        return lines;
    }
}
