package dev.minotaur.auth;

/** Why a password was not proved once more. A constant may be added in a minor version. */
public enum ReauthenticationRefusal {
    /** The session is not good, or was ended at the same moment. */
    NOT_SIGNED_IN,
    /** The password is wrong, or the account has none. */
    WRONG_PASSWORD,
    /** Too many attempts in a row; the password was not looked at. */
    TOO_MANY_ATTEMPTS,
    /** The machine is busy with other passwords; the attempt does not count. */
    BUSY
}
