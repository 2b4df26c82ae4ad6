package dev.minotaur.auth;

/** Why a sign-in was refused. None tells whether there is an account. A constant may be added in a minor version. */
public enum SignInRefusal {
    /** There is no such account, or the password is wrong, or the account may not be used: the listener is told which. */
    BAD_CREDENTIALS,
    /** The link is not good: unknown, used, expired, replaced by a newer one, or overtaken by a change of the account. */
    LINK_NOT_GOOD,
    /** Too many attempts in a row, whether there is such an account or not; the password was not looked at. */
    TOO_MANY_ATTEMPTS,
    /** The machine is busy with other passwords; the attempt does not count. */
    BUSY
}
