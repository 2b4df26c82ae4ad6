package dev.minotaur.auth.testkit;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One call of a history. The two moments are numbers of one count, which goes up with each call and with each answer.
 *
 * @param thread who called
 * @param call the call
 * @param called when it was called
 * @param answered when it was answered
 * @param answer the answer, or {@link Failed}
 */
record Event(int thread, Operation call, int called, int answered, @Nullable Object answer) {

    /** Whether this was answered before the other was called. */
    boolean endedBefore(Event other) {
        return answered < other.called;
    }

    boolean meets(Event other) {
        return !endedBefore(other) && !other.endedBefore(this);
    }

    /** The calls in the order in which they were made, with the moments counted from 1. */
    static List<String> lines(List<Event> history) {
        int[] moments = history.stream()
                .flatMapToInt(event -> IntStream.of(event.called, event.answered))
                .sorted()
                .toArray();
        return history.stream()
                .sorted(Comparator.comparingInt(Event::called))
                .map(event -> event.line(moments))
                .toList();
    }

    private String line(int[] moments) {
        int from = 1 + Arrays.binarySearch(moments, called);
        int to = 1 + Arrays.binarySearch(moments, answered);
        String handle = thread % 2 == 0 ? "first" : "second";
        return Traced.line("thread " + thread + ": [" + from + "-" + to + "] " + handle, call, answer);
    }
}
