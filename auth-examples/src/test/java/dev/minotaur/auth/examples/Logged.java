package dev.minotaur.auth.examples;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What one logger writes meanwhile, kept from the console. */
public final class Logged extends Handler implements AutoCloseable {

    private final Logger logger;
    private final List<String> messages = new CopyOnWriteArrayList<>();

    private Logged(Logger logger) {
        this.logger = logger;
    }

    /** Starts to listen to the logger of a name. */
    public static Logged by(String name) {
        Logged logged = new Logged(Logger.getLogger(name));
        logged.logger.setUseParentHandlers(false);
        logged.logger.addHandler(logged);
        return logged;
    }

    /** What it has written by now. */
    public List<String> messages() {
        return List.copyOf(messages);
    }

    @Override
    public void publish(LogRecord written) {
        messages.add(written.getMessage());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
