package dev.minotaur.auth.testkit.broken;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.testkit.RuleBook;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each broken store is caught by the rules that its fault is about, and each failure says what an author needs. */
class BrokenStoresTest {

    private static final Map<String, RuleBook.Entry> RULES =
            RuleBook.all().stream().collect(Collectors.toMap(RuleBook.Entry::id, rule -> rule));

    @TestFactory
    Stream<DynamicTest> everyBrokenStoreIsCaught() {
        return Faults.all().stream().map(fault -> DynamicTest.dynamicTest(fault.name(), () -> expectCaught(fault)));
    }

    @Test
    void everyRuleHasABrokenStore() {
        Set<String> caughtBy = Faults.all().stream()
                .flatMap(fault -> fault.caughtBy().stream())
                .collect(Collectors.toCollection(() -> new TreeSet<>(RuleBook::compareIds)));
        assertThat(caughtBy).containsExactlyInAnyOrderElementsOf(RULES.keySet());
    }

    private static void expectCaught(Fault fault) {
        if (fault.extent() != Fault.Extent.NAMED) {
            Map<String, Throwable> alone = Kit.failures(fault, RuleBook.Entry::isPlain);
            switch (fault.extent()) {
                case EXACT -> assertThat(alone.keySet()).containsExactlyInAnyOrderElementsOf(fault.caughtBy());
                case WIDE -> assertThat(alone.keySet()).containsAll(fault.caughtBy());
                default -> assertThat(alone.keySet()).isEmpty();
            }
            alone.forEach(BrokenStoresTest::expectAllLines);
        }
        if (fault.extent() == Fault.Extent.RACE || fault.extent() == Fault.Extent.NAMED) {
            expectCaughtInTime(fault);
        }
    }

    /** Near certain is not certain: a fault that the scheduler hides from one run is not hidden from three. */
    private static void expectCaughtInTime(Fault fault) {
        Set<String> caught = new TreeSet<>(RuleBook::compareIds);
        for (int run = 0; run < 3 && !caught.containsAll(fault.caughtBy()); run++) {
            Map<String, Throwable> failures =
                    Kit.failures(fault, rule -> fault.caughtBy().contains(rule.id()));
            failures.forEach(BrokenStoresTest::expectAllLines);
            caught.addAll(failures.keySet());
        }
        assertThat(caught).containsAll(fault.caughtBy());
    }

    private static void expectAllLines(String id, Throwable failure) {
        RuleBook.Entry rule = RULES.get(id);
        assertThat(failure)
                .isInstanceOf(AssertionError.class)
                .message()
                .startsWith(id + " is broken by BrokenSubject: " + rule.promise() + "\n  done:     ")
                .contains("\n  checked:  ", "\n  expected: ", "\n  observed: ")
                .endsWith("\n  why:      " + rule.why() + "\n  read:     docs/contract.md#"
                        + id.toLowerCase(Locale.ROOT));
        assertThat(failure.getStackTrace())
                .as("the stack trace leads to the rule")
                .anyMatch(frame -> frame.getMethodName().equals(rule.method().getName()));
    }
}
