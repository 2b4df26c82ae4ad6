package dev.minotaur.auth;

/** Why a registration was refused. A constant may be added in a minor version. */
public enum RegistrationRefusal {
    /** The policy does not accept the e-mail address. */
    EMAIL_NOT_ACCEPTED,
    /** The policy does not accept the username. */
    USERNAME_NOT_ACCEPTED,
    /** The policy does not accept the password; the result says why. */
    PASSWORD_NOT_ACCEPTED,
    /**
     * A user has the e-mail address. At a sign-up link that may be the one whom this very link has made, by a call at the same
     * moment or one whose answer was lost: its owner signs in.
     */
    EMAIL_TAKEN,
    /** Another user has the username. */
    USERNAME_TAKEN,
    /** The link is not good: unknown, used, also by the same form sent twice, expired, or replaced by a newer one. */
    LINK_NOT_GOOD,
    /** The machine is busy with other passwords. */
    BUSY
}
