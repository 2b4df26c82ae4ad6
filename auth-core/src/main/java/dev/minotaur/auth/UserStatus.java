package dev.minotaur.auth;

/**
 * Whether an account may be used. A constant may be added in a minor version; whoever does not know it treats it as
 * {@link #DISABLED}.
 */
public enum UserStatus {
    /** The account may sign in. */
    ACTIVE,
    /** An operator has shut the account; it keeps its identifiers and can be enabled again. */
    DISABLED,
    /** Its owner or an operator has closed the account; it keeps its identifiers until it is removed. */
    CLOSED
}
