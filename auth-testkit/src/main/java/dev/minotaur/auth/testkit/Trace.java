package dev.minotaur.auth.testkit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What a test did to the stores: all of it, or the last steps, as far as a reader of a failure needs them. */
final class Trace {

    private static final int LAST_STEPS = 12;

    private final int kept;
    private final Deque<Supplier<String>> steps = new ArrayDeque<>();
    private Optional<String> heading = Optional.empty();
    private int dropped;

    private Trace(int kept) {
        this.kept = kept;
    }

    static Trace ofLastSteps() {
        return new Trace(LAST_STEPS);
    }

    static Trace ofAllSteps() {
        return new Trace(Integer.MAX_VALUE);
    }

    /** Begins anew under a line that stays on top, however many steps follow. */
    synchronized void begin(String line) {
        heading = Optional.of(line);
        steps.clear();
        dropped = 0;
    }

    void add(String step) {
        add(() -> step);
    }

    /** Adds a step that is put into words only if somebody reads it. */
    synchronized void add(Supplier<String> step) {
        steps.add(step);
        if (steps.size() > kept) {
            steps.remove();
            dropped++;
        }
    }

    synchronized List<String> lines() {
        List<String> lines = new ArrayList<>();
        heading.ifPresent(lines::add);
        if (dropped > 0) {
            lines.add("(" + dropped + " earlier steps)");
        }
        int number = dropped;
        for (Supplier<String> step : steps) {
            lines.add(++number + ". " + step.get());
        }
        return lines.isEmpty() ? List.of("nothing yet") : lines;
    }
}
