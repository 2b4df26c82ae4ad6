package dev.minotaur.auth;

/** Why no link to a new address was sent. A constant may be added in a minor version. */
public enum EmailChangeRefusal {
    /** The session is not good. */
    NOT_SIGNED_IN,
    /** The user proved a credential too long ago in this session: ask for a fresh proof. */
    NOT_RECENT,
    /** The policy does not accept the e-mail address. */
    EMAIL_NOT_ACCEPTED,
    /** It is the address that the user has, in this spelling. */
    UNCHANGED,
    /** A link was sent to the address a moment ago, or too many were, by whomever; see {@link LinkPolicy}. */
    TOO_SOON,
    /** Too many mails are waiting to be sent. */
    BUSY
}
