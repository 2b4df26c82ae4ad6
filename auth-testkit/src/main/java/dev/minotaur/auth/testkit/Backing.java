package dev.minotaur.auth.testkit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a fixture lets the kit try: a green run over one that lets it try less says less.
 *
 * @param durability what a restart leaves
 * @param faults whether the backend can be made to fail
 * @param dump whether what is stored can be looked at
 */
record Backing(Durability durability, boolean faults, boolean dump) {

    static Backing of(StoreFixture fixture) {
        return new Backing(
                fixture.durability(),
                fixture.faults().isPresent(),
                fixture.dump().isPresent());
    }

    /** For the report file. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("durability", durability.name());
        fields.put("faults", faults);
        fields.put("dump", dump);
        return fields;
    }

    /** What the rules could not try, in words. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (durability == Durability.HEAP_ONLY) {
            missing.add("a restart (HEAP_ONLY)");
        }
        if (!faults) {
            missing.add("failures of the backend (no faults())");
        }
        if (!dump) {
            missing.add("a look at what is stored (no dump())");
        }
        return missing;
    }
}
