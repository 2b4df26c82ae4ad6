package dev.minotaur.auth.spi;

/** What {@link UserStore#insert} did. A constant may be added in a minor version. */
public enum InsertUserOutcome {
    /** The record is stored. */
    INSERTED,
    /** A record with the same id and the same content was there: this is a retry whose first answer was lost. */
    ALREADY_INSERTED,
    /** A record with the same id and other content is there; nothing changed. */
    ID_TAKEN,
    /** Another user has the canonical e-mail address; nothing changed. */
    EMAIL_TAKEN,
    /** Another user has the canonical username; nothing changed. */
    USERNAME_TAKEN
}
