package dev.minotaur.auth.testkit.broken;

import java.util.Set;
import java.util.stream.Collectors;

/** Which rules have a broken store, for the tests of the pages. */
public final class FaultIndex {

    private FaultIndex() {}

    /** The ids of the rules that catch a broken store. */
    public static Set<String> rulesThatCatch() {
        return Faults.all().stream()
                .flatMap(fault -> fault.caughtBy().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
