package dev.minotaur.auth;

/**
 * How much a purge deleted.
 *
 * @param tokens how many expired tokens
 * @param attempts how many old records of attempts
 * @param accounts how many closed accounts whose time was over
 */
public record PurgeResult(int tokens, int attempts, int accounts) {}
