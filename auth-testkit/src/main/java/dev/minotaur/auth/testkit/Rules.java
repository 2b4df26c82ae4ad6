package dev.minotaur.auth.testkit;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The rules that a class inherits, and their order. */
final class Rules {

    /** What is to be read first stands first: the verbs, then what several do together, the account rules, and failures. */
    private static final List<String> GROUPS = List.of(
            "USR", "TOK", "ATT", "STO", "HIS", "SEC", "ACC", "SES", "REV", "SUP", "RST", "EML", "LNK", "OWN", "FLT");

    /** By group, and in a group by number: USR-2 is before USR-10. */
    static final Comparator<String> BY_ID = Comparator.comparingInt(
                    (String id) -> GROUPS.indexOf(id.substring(0, id.indexOf('-'))))
            .thenComparingInt(id -> Integer.parseInt(id.substring(id.indexOf('-') + 1)));

    private Rules() {}

    static List<Rule> of(Class<?> testClass) {
        return Arrays.stream(testClass.getMethods())
                .flatMap(method -> of(method).stream())
                .sorted(Comparator.comparing(Rule::id, BY_ID))
                .toList();
    }

    /** The rule that a method tests; an author's own test has none. */
    static Optional<Rule> of(Method method) {
        return Optional.ofNullable(method.getAnnotation(Rule.class));
    }
}
