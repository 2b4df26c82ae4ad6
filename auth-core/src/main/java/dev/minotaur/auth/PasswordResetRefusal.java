package dev.minotaur.auth;

/** Why a password was not set anew. A constant may be added in a minor version. */
public enum PasswordResetRefusal {
    /** The link is not good: unknown, used, expired, replaced by a newer one, or overtaken by a change of the account. */
    LINK_NOT_GOOD,
    /** The policy does not accept the new password; the result says why. The link stays good. */
    PASSWORD_NOT_ACCEPTED,
    /** The machine is busy with other passwords. The link stays good. */
    BUSY
}
