package dev.minotaur.auth.examples.guide;

import dev.minotaur.auth.AuthEvent;
import dev.minotaur.auth.AuthListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** One listener that writes the audit log and counts. */
final class Observation implements AuthListener {

    // region observe
    private static final System.Logger AUDIT = System.getLogger("audit");
    private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

    @Override
    public void on(AuthEvent event) {
        AUDIT.log(System.Logger.Level.INFO, () -> event.at() + " " + event);
        String name =
                event.type().code() + event.reason().map(reason -> "." + reason).orElse("");
        counts.computeIfAbsent(name, first -> new LongAdder()).increment();
    }
    // end region

    long count(String name) {
        LongAdder count = counts.get(name);
        return count == null ? 0 : count.sum();
    }
}
