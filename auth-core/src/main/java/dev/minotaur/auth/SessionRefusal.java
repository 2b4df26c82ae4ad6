package dev.minotaur.auth;

/**
 * Why a session token is not good. Only who holds the right secret learns more than {@link #INVALID}. A constant may be added
 * in a minor version.
 */
public enum SessionRefusal {
    /**
     * It is no token, or there is none with this id and secret, or it is one of another purpose; or the secret is a former one
     * whose grace is over, see {@link SessionPolicy#withRenewal}.
     */
    INVALID,
    /** It has reached its idle or absolute timeout. */
    EXPIRED,
    /** It was ended by a newer event of the account: a changed password, a disabled account, a sign-out everywhere. */
    REVOKED,
    /** It is good, but its user last proved a credential too long ago for what is asked; only {@link Sessions#checkRecent} says so. */
    NOT_RECENT
}
