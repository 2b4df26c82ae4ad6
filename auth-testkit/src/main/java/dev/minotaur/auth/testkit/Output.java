package dev.minotaur.auth.testkit;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What the whole JVM prints and logs by {@code java.util.logging} while this is open, down to the level FINER. The level below,
 * FINEST, is where drivers show what they send and receive, values and all: nobody who keeps secrets turns it on, and no
 * store can help it.
 */
final class Output implements AutoCloseable {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<String> logged = Collections.synchronizedList(new ArrayList<>());
    private final Handler handler = new Kept();
    private final List<Logger> loggers = new ArrayList<>();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final @Nullable Level level;
    private volatile boolean quiet;

    Output() {
        Logger root = Logger.getLogger("");
        level = root.getLevel();
        root.setLevel(Level.FINER);
        loggers.add(root);
        for (String name : Collections.list(LogManager.getLogManager().getLoggerNames())) {
            Logger logger = Logger.getLogger(name);
            if (!logger.getUseParentHandlers()) {
                loggers.add(logger);
            }
        }
        loggers.forEach(logger -> logger.addHandler(handler));
        System.setOut(new PrintStream(new Both(out), true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(new Both(err), true, StandardCharsets.UTF_8));
    }

    /** All of it so far. */
    String text() {
        synchronized (logged) {
            return printed.toString(StandardCharsets.UTF_8) + String.join("\n", logged);
        }
    }

    /** Whether a text that is printed and logged in each of the ways is seen here: the proof that others are. */
    boolean sees(String own) {
        quiet = true;
        System.out.println(own + " out");
        System.err.println(own + " err");
        quiet = false;
        Logger.getLogger(Output.class.getName()).fine(own + " log");
        String seen = text();
        return seen.contains(own + " out") && seen.contains(own + " err") && seen.contains(own + " log");
    }

    @Override
    public void close() {
        System.setOut(out);
        System.setErr(err);
        loggers.forEach(logger -> logger.removeHandler(handler));
        Logger.getLogger("").setLevel(level);
    }

    /** Keeps what is logged: the message as it is read, its parameters, and what was thrown. */
    private final class Kept extends Handler {

        private final SimpleFormatter formatter = new SimpleFormatter();

        Kept() {
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord logRecord) {
            logged.add(formatter.format(logRecord) + Arrays.toString(logRecord.getParameters()));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Keeps what is printed, and prints it. */
    private final class Both extends OutputStream {

        private final PrintStream other;

        Both(PrintStream other) {
            this.other = other;
        }

        @Override
        public void write(int value) {
            printed.write(value);
            if (!quiet) {
                other.write(value);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int length) {
            printed.write(bytes, from, length);
            if (!quiet) {
                other.write(bytes, from, length);
            }
        }

        @Override
        public void flush() {
            other.flush();
        }
    }
}
