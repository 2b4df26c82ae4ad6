package dev.minotaur.auth.testkit;

import dev.minotaur.auth.testkit.RuleResult.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/** The table of all stores of a run, which is printed when JUnit closes the run. */
final class RunSummary implements AutoCloseable {

    private static final Namespace NAMESPACE = Namespace.create(RunSummary.class);
    private static final int MOST_IDS = 12;
    private static final List<String> HEAD =
            List.of("store", "passed", "failed", "deviating", "not run", "seconds", "seed");

    private final List<List<String>> rows = new ArrayList<>(List.of(HEAD));
    private final List<String> remarks = new ArrayList<>();

    /** That of the run of a context. */
    static RunSummary of(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(RunSummary.class, key -> new RunSummary(), RunSummary.class);
    }

    /**
     * Adds a store.
     *
     * @param report what it has shown
     * @param written where the report is
     */
    synchronized void add(ConformanceReport report, String written) {
        rows.add(List.of(
                report.store(),
                String.valueOf(report.count(Outcome.PASSED)),
                String.valueOf(report.count(Outcome.FAILED)),
                String.valueOf(report.count(Outcome.DEVIATING)),
                String.valueOf(report.count(Outcome.NOT_RUN)),
                String.format(Locale.ROOT, "%.1f", report.took().toMillis() / 1000.0),
                report.seed().isPresent() ? String.valueOf(report.seed().getAsLong()) : "-"));
        List.of(Outcome.FAILED, Outcome.DEVIATING, Outcome.NOT_RUN).forEach(outcome -> remark(report, outcome));
        if (!report.notTried().isEmpty()) {
            remarks.add("  not tried: " + report.store() + ": " + String.join(", ", report.notTried()));
        }
        remarks.add("  report: " + written);
    }

    /** Rules of which the same is to be said are named in one line. */
    private void remark(ConformanceReport report, Outcome outcome) {
        Map<String, List<String>> idsByText = report.results().stream()
                .filter(result -> result.outcome() == outcome)
                .collect(Collectors.groupingBy(
                        RuleResult::firstLine,
                        LinkedHashMap::new,
                        Collectors.mapping(RuleResult::id, Collectors.toList())));
        idsByText.forEach(
                (text, ids) -> remarks.add("  " + outcome.words() + ": " + report.store() + ": " + named(ids, text)));
    }

    private static String named(List<String> ids, String text) {
        return ids.size() == 1 && text.startsWith(ids.get(0)) ? text : listed(ids) + ": " + text;
    }

    private static String listed(List<String> ids) {
        return ids.size() <= MOST_IDS
                ? String.join(", ", ids)
                : String.join(", ", ids.subList(0, MOST_IDS)) + " and " + (ids.size() - MOST_IDS) + " more";
    }

    synchronized String text() {
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("The contract of the stores, version " + ConformanceReport.CONTRACT_VERSION + ", " + Race.ROUNDS
                + " rounds");
        rows.forEach(row -> lines.add(line(row)));
        lines.addAll(remarks);
        return String.join(System.lineSeparator(), lines);
    }

    private String line(List<String> row) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < HEAD.size(); column++) {
            int at = column;
            int width =
                    rows.stream().mapToInt(any -> any.get(at).length()).max().orElse(0);
            String format = column == 0 ? "  %-" + width + "s" : "  %" + width + "s";
            line.append(String.format(Locale.ROOT, format, row.get(column)));
        }
        return line.toString();
    }

    @Override
    public void close() {
        System.out.println(text());
    }
}
