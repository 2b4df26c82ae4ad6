package dev.minotaur.auth.spi;

/** What {@link UserStore#update} did. A constant may be added in a minor version. */
public enum UpdateUserOutcome {
    /** The record is replaced. */
    UPDATED,
    /** The stored record has another version; nothing changed. */
    STALE,
    /** No record has the id; nothing changed, and none was created. */
    NOT_FOUND,
    /** Another user has the canonical e-mail address; nothing changed. */
    EMAIL_TAKEN,
    /** Another user has the canonical username; nothing changed. */
    USERNAME_TAKEN
}
