package dev.minotaur.auth;

/** Why a password was not changed. A constant may be added in a minor version. */
public enum PasswordChangeRefusal {
    /** The session is not good, or was ended while the change was under way. */
    NOT_SIGNED_IN,
    /** The current password is wrong. */
    WRONG_PASSWORD,
    /** The policy does not accept the new password; the result says why. */
    PASSWORD_NOT_ACCEPTED,
    /** Too many attempts in a row; the current password was not looked at. */
    TOO_MANY_ATTEMPTS,
    /** The machine is busy with other passwords; the attempt does not count. */
    BUSY
}
