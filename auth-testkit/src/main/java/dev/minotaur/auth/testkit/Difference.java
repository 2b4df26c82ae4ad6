package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.UserRecord;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Two unequal values as text; of two records only the components that differ.
 *
 * @param expected what should have been
 * @param observed what was
 */
record Difference(String expected, String observed) {

    static Difference between(@Nullable Object expected, @Nullable Object observed) {
        Object left = opened(expected);
        Object right = opened(observed);
        return left != null && right != null && areRecords(left, right)
                ? ofComponents(Components.of(left), Components.of(right))
                : new Difference(Shown.of(expected), Shown.of(observed));
    }

    private static boolean areRecords(Object left, Object right) {
        boolean users = left instanceof UserRecord && right instanceof UserRecord;
        boolean tokens = left instanceof StoredToken && right instanceof StoredToken;
        return users || tokens;
    }

    private static @Nullable Object opened(@Nullable Object value) {
        return value instanceof Optional<?> optional && optional.isPresent() ? optional.get() : value;
    }

    private static Difference ofComponents(Map<String, String> expected, Map<String, String> observed) {
        return new Difference(missingFrom(observed, expected), missingFrom(expected, observed));
    }

    private static String missingFrom(Map<String, String> other, Map<String, String> components) {
        Map<String, String> differing = new TreeMap<>(components);
        differing.entrySet().removeAll(other.entrySet());
        other.forEach((name, value) -> {
            if (!components.containsKey(name)) {
                differing.put(name, "absent");
            }
        });
        return "a record with " + differing;
    }
}
