package dev.minotaur.auth.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Something that somebody does to an account, and what comes of it.
 *
 * @param action does it and tells the answer in words
 * @param answer the right answer
 * @param again the answer of who does it once more after it was done
 * @param changes what another handle then sees otherwise
 * @param orElse the same where what may be tidied up later has failed
 */
record Deed(
        Supplier<String> action,
        String answer,
        String again,
        Map<String, String> changes,
        List<Map<String, String>> orElse) {

    static Deed of(Supplier<String> action, String answer, String again, Map<String, String> changes) {
        return new Deed(action, answer, again, changes, List.of());
    }

    /** What changes nothing. */
    static Deed of(Supplier<String> action, String answer) {
        return of(action, answer, answer, Map.of());
    }

    /** The same with one more change, or another. */
    Deed and(String question, String seen) {
        Map<String, String> all = new TreeMap<>(changes);
        all.put(question, seen);
        return new Deed(action, answer, again, all, orElse);
    }

    Deed orElse(Map<String, String> otherChanges) {
        List<Map<String, String>> all = new ArrayList<>(orElse);
        all.add(otherChanges);
        return new Deed(action, answer, again, changes, all);
    }

    /** What may be seen after it. */
    List<Sight> done(Sight before, boolean underFailure) {
        List<Sight> done = new ArrayList<>(List.of(before.with(changes)));
        if (underFailure) {
            orElse.forEach(other -> done.add(before.with(other)));
        }
        return done;
    }
}
