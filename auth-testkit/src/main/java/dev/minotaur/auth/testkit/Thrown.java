package dev.minotaur.auth.testkit;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All that an exception says, with its causes, what it suppressed, and what is chained to it otherwise. */
final class Thrown {

    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final StringWriter text = new StringWriter();

    private Thrown() {}

    static String inFull(Throwable thrown) {
        Thrown all = new Thrown();
        thrown.printStackTrace(new PrintWriter(all.text, true));
        all.add(thrown);
        return all.text.toString();
    }

    /** An exception of JDBC is an {@code Iterable} of those that come with it, which no stack trace shows. */
    private void add(@Nullable Throwable thrown) {
        if (thrown == null || !seen.add(thrown)) {
            return;
        }
        text.append(thrown.toString()).append('\n');
        text.append(String.valueOf(thrown.getMessage())).append('\n');
        add(thrown.getCause());
        for (Throwable suppressed : thrown.getSuppressed()) {
            add(suppressed);
        }
        if (thrown instanceof Iterable<?> chained) {
            for (Object one : chained) {
                if (one instanceof Throwable other) {
                    add(other);
                }
            }
        }
    }
}
