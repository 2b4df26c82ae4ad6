package dev.minotaur.auth.testkit;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks for an order of the calls of a history that explains their answers: each has taken effect at one moment between call
 * and answer, and has answered what is right at that moment. The search of Wing and Gong, with the memory of Lowe: a set of
 * calls that has led to a state before leads nowhere new.
 */
final class Linearization {

    private final List<Event> events;
    private final View view;
    private final Set<Visited> visited = new HashSet<>();

    private Linearization(List<Event> events, View view) {
        this.events = events;
        this.view = view;
    }

    /** Calls in any order, and the state that they led to. */
    private record Visited(long calls, State state) {}

    /** Whether there is such an order, for what the view shows. */
    static boolean exists(List<Event> history, View view) {
        return of(history, view).leadsToTheEnd(0, State.empty());
    }

    /** Of a history that nothing explains, no more than what nothing explains; only calls that change nothing are left out. */
    static List<Event> shortest(List<Event> history, View view) {
        List<Event> shortest = history;
        for (Event event : history) {
            List<Event> rest = new ArrayList<>(shortest);
            rest.remove(event);
            Linearization search = of(rest, view);
            if (!search.leadsToTheEnd(0, State.empty()) && search.isIdle(event)) {
                shortest = rest;
            }
        }
        return shortest;
    }

    private static Linearization of(List<Event> history, View view) {
        if (history.size() > Long.SIZE) {
            throw new IllegalArgumentException("a history has at most 64 calls");
        }
        return new Linearization(
                history.stream()
                        .sorted(Comparator.comparingInt(Event::answered))
                        .toList(),
                view);
    }

    /** Whether a call would be right in some state that was visited, and changes none in which it is. */
    private boolean isIdle(Event event) {
        boolean isRight = false;
        if (event.answer() != null) {
            for (Visited one : visited) {
                for (State after : Model.after(one.state(), view, event.call(), Told.alone(event.answer()))) {
                    isRight = true;
                    if (!after.equals(one.state())) {
                        return false;
                    }
                }
            }
        }
        return isRight;
    }

    private boolean leadsToTheEnd(long done, State state) {
        if (Long.bitCount(done) == events.size()) {
            return true;
        }
        if (!visited.add(new Visited(done, state))) {
            return false;
        }
        for (int next = 0; next < events.size(); next++) {
            if (mayBeNext(next, done)) {
                for (State after : after(state, next)) {
                    if (leadsToTheEnd(done | 1L << next, after)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private boolean mayBeNext(int next, long done) {
        if (isIn(next, done)) {
            return false;
        }
        for (int other = 0; other < events.size(); other++) {
            if (!isIn(other, done) && events.get(other).endedBefore(events.get(next))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isIn(int call, long calls) {
        return (calls >> call & 1) == 1;
    }

    private List<State> after(State state, int next) {
        Event event = events.get(next);
        if (event.answer() == null || event.answer() instanceof Failed) {
            return List.of();
        }
        Told told = new Told(event.answer(), next, other -> events.get(other).meets(event));
        return Model.after(state, view, event.call(), told);
    }
}
