package dev.minotaur.auth;

/** How something that happens to an account ends a token, if it does: the cells of the table in {@link RevocationCause}. */
public enum Revocation {
    /**
     * The token is dead by the write that changes or removes the user, since it names a stamp that no user has any more: at once,
     * on every node, and also if it is issued at that very moment. That its row is deleted afterwards is housekeeping.
     */
    BY_STAMP,
    /** The token is dead because its row is deleted: one that is issued at that very moment may live on. */
    BY_DELETE,
    /** The token lives on. */
    KEPT
}
