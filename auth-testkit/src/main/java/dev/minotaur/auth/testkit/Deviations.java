package dev.minotaur.auth.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What an author's class declares by {@link KnownDeviation}, on itself and on the classes that it extends. */
final class Deviations {

    private final Map<String, String> reasons = new TreeMap<>();
    private final List<String> mistakes = new ArrayList<>();
    private final String testClass;

    Deviations(Class<?> testClass) {
        this.testClass = testClass.getSimpleName();
        List<String> ids = Rules.of(testClass).stream().map(Rule::id).toList();
        for (Class<?> type = testClass; type != null; type = type.getSuperclass()) {
            for (KnownDeviation declared : type.getDeclaredAnnotationsByType(KnownDeviation.class)) {
                add(declared, ids);
            }
        }
    }

    private void add(KnownDeviation declared, List<String> ids) {
        if (!ids.contains(declared.rule())) {
            mistakes.add("there is no rule " + declared.rule());
        }
        if (declared.reason().isBlank()) {
            mistakes.add("no reason is given for " + declared.rule());
        }
        if (reasons.put(declared.rule(), declared.reason().strip()) != null) {
            mistakes.add(declared.rule() + " is declared twice");
        }
    }

    /** Why the store breaks a rule, if that is declared. */
    Optional<String> reason(Rule rule) {
        if (!mistakes.isEmpty()) {
            throw new IllegalStateException(
                    "the deviations that " + testClass + " declares are wrong: " + String.join("; ", mistakes));
        }
        return Optional.ofNullable(reasons.get(rule.id()));
    }
}
