package dev.minotaur.auth;

/**
 * Is told what happened, after it happened: for logs, metrics and alarms. It is called on the thread that did it: the caller's,
 * or one of the executor's for what is done after an answer, see {@link Accounts.Builder#executor}. It is called by several threads
 * at a time, so it must be safe for that; while it runs its thread waits. What it throws is dropped and changes nothing, but for a
 * {@link VirtualMachineError}.
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
