package dev.minotaur.auth;

/** Why no link was sent. A constant may be added in a minor version. */
public enum LinkRequestRefusal {
    /** The policy does not accept the e-mail address. */
    EMAIL_NOT_ACCEPTED,
    /** A link was asked for a moment ago, or too many were, by whomever; see {@link LinkPolicy}. */
    TOO_SOON,
    /** Too many mails are waiting to be sent. */
    BUSY
}
