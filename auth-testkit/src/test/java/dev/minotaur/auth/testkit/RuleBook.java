package dev.minotaur.auth.testkit;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** The rules that the kit tests, read from the kit. */
public final class RuleBook {

    private static final Set<String> PLAIN = Set.of("USR", "TOK", "ATT", "STO");

    private RuleBook() {}

    /**
     * A rule and its test.
     *
     * @param id the number
     * @param promise what a store must do
     * @param why what harm follows if it does not
     * @param method the test
     */
    public record Entry(String id, String promise, String why, Method method) {

        /** Whether the test needs callers that meet. */
        public boolean hasRace() {
            return method.getDeclaringClass().getSimpleName().matches(".*(Race|HistoryOfMany)Rules");
        }

        /** The group of the number: USR, TOK and so on. */
        public String group() {
            return id.substring(0, 3);
        }

        /** Whether the test calls the stores from one thread, in the same way each time: a fault is asked by name for the others. */
        public boolean isPlain() {
            return PLAIN.contains(group()) && !hasRace();
        }
    }

    /** All rules, in the order of their ids. */
    public static List<Entry> all() {
        return Arrays.stream(AuthStoresContract.class.getMethods())
                .filter(method -> method.isAnnotationPresent(Rule.class))
                .map(RuleBook::entry)
                .sorted(Comparator.comparing(Entry::id, RuleBook::compareIds))
                .toList();
    }

    /** Orders USR-2 before USR-10. */
    public static int compareIds(String one, String two) {
        return Comparator.comparing((String id) -> id.substring(0, 4))
                .thenComparingInt(id -> Integer.parseInt(id.substring(4)))
                .compare(one, two);
    }

    private static Entry entry(Method method) {
        Rule rule = method.getAnnotation(Rule.class);
        return new Entry(rule.id(), rule.promise(), rule.why(), method);
    }
}
