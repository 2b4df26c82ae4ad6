package dev.minotaur.auth.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What a test did to the stores, as far as a reader of a failure needs it: the last steps. */
final class Trace {

    private static final int KEPT = 12;

    private final Deque<String> steps = new ArrayDeque<>();
    private int dropped;

    synchronized void add(String step) {
        steps.add(step);
        if (steps.size() > KEPT) {
            steps.remove();
            dropped++;
        }
    }

    synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        if (dropped > 0) {
            lines.add("(" + dropped + " earlier steps)");
        }
        int number = dropped;
        for (String step : steps) {
            lines.add(++number + ". " + step);
        }
        return lines.isEmpty() ? List.of("nothing yet") : lines;
    }
}
