package dev.minotaur.auth.testkit;

import dev.minotaur.auth.testkit.RuleResult.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a finished run of the rules on one store has shown.
 *
 * @param store the name of the author's class, with the number of the invocation if the class is a template
 * @param finished when it was over
 * @param took how long the class took
 * @param seed the seed, if a rule was random
 * @param backing what the fixture let the rules try, if one was opened
 * @param results one for each rule, in the order of their ids
 */
record ConformanceReport(
        String store,
        Instant finished,
        Duration took,
        OptionalLong seed,
        Optional<Backing> backing,
        List<RuleResult> results) {

    /** The version of docs/contract.md, which says when it rises. */
    static final String CONTRACT_VERSION = "0.1";

    long count(Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).count();
    }

    /** The content of the report file. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("contract", CONTRACT_VERSION);
        fields.put("store", store);
        fields.put("finished", finished.toString());
        fields.put("seconds", seconds(took));
        seed.ifPresent(value -> fields.put("seed", Long.toString(value)));
        fields.put("seedGiven", Seed.isGiven());
        fields.put("rounds", Race.ROUNDS);
        backing.ifPresent(given -> fields.putAll(given.fields()));
        fields.put("java", System.getProperty("java.version"));
        fields.put("rules", results.size());
        for (Outcome outcome : Outcome.values()) {
            fields.put(outcome.key(), count(outcome));
        }
        List<Object> each = new ArrayList<>();
        results.forEach(result -> each.add(fields(result)));
        fields.put("results", each);
        return fields;
    }

    private static Map<String, Object> fields(RuleResult result) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("rule", result.id());
        fields.put("result", result.outcome().key());
        fields.put("seconds", seconds(result.took()));
        // As text: a 64-bit number does not survive most readers of JSON.
        result.seed().ifPresent(value -> fields.put("seed", Long.toString(value)));
        if (!result.text().isEmpty()) {
            fields.put("text", result.text());
        }
        return fields;
    }

    /** What a green run would not have looked at, in words. */
    List<String> notTried() {
        List<String> notTried = new ArrayList<>(backing.map(Backing::missing).orElse(List.of()));
        if (Seed.isGiven()) {
            notTried.add("random cases but the one of the given seed");
        }
        return notTried;
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
