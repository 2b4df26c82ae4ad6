package dev.minotaur.auth;

/**
 * Is told what happened, after it happened, on the caller's thread: for logs, metrics and alarms. An exception it throws is
 * dropped and changes nothing; while it runs the caller waits.
 */
@FunctionalInterface
public interface AuthListener {

    /**
     * Takes an event.
     *
     * @param event what happened
     */
    void on(AuthEvent event);
}
