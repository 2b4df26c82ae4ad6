package dev.minotaur.auth;

/** Why a registration was refused. A constant may be added in a minor version. */
public enum RegistrationRefusal {
    /** The policy does not accept the e-mail address. */
    EMAIL_NOT_ACCEPTED,
    /** The policy does not accept the username. */
    USERNAME_NOT_ACCEPTED,
    /** The policy does not accept the password; the result says why. */
    PASSWORD_NOT_ACCEPTED,
    /** Another user has the e-mail address. */
    EMAIL_TAKEN,
    /** Another user has the username. */
    USERNAME_TAKEN,
    /** The link is not good: unknown, used, expired, or replaced by a newer one. */
    LINK_NOT_GOOD,
    /** The machine is busy with other passwords. */
    BUSY
}
