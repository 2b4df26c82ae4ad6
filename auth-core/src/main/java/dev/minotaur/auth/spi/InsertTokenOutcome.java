package dev.minotaur.auth.spi;

/**
 * What {@link TokenStore#insert} and {@link TokenStore#insertIntoSlot} did. A constant may be added in a minor version.
 */
public enum InsertTokenOutcome {
    /** The token is stored. */
    INSERTED,
    /** A token with the same id and the same content was there: this is a retry whose first answer was lost. */
    ALREADY_INSERTED,
    /** A token with the same id and other content is there; nothing changed. */
    ID_TAKEN,
    /** The slot is held by a token issued too recently to be replaced; nothing changed. */
    SLOT_KEPT,
    /**
     * The store demands that a token's user exist, and it does not; nothing changed. Only a store with such a constraint
     * answers this; the contract does not ask for one.
     */
    NO_SUCH_USER
}
