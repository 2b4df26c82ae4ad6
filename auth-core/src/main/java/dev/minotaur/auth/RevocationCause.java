package dev.minotaur.auth;

import static dev.minotaur.auth.Revocation.BY_DELETE;
import static dev.minotaur.auth.Revocation.BY_STAMP;
import static dev.minotaur.auth.Revocation.KEPT;

import java.util.List;

/**
 * What happens to an account, and which of its tokens that ends: the revocation table of {@code docs/revocation.md}, as data.
 *
 * <p>Of sessions it tells of those by which the user does not act: a change of the password keeps the acting session under a fresh
 * secret, and all that ends sessions by the stamp else ends the acting one too. A sign-up link belongs to an address and to no
 * account. A constant may be added in a minor version.
 */
public enum RevocationCause {
    /** {@code signIn().withPassword}, within the session limit. */
    SIGNED_IN(KEPT, KEPT, KEPT, KEPT, KEPT),
    /** {@code signInLink().use} for a confirmed address: the link is used up. */
    SIGNED_IN_BY_LINK(KEPT, KEPT, KEPT, KEPT, BY_DELETE),
    /** {@code signInLink().use} for an address that was not confirmed. */
    CONFIRMED_BY_LINK(BY_STAMP, KEPT, BY_STAMP, BY_STAMP, BY_STAMP),
    /** {@code signUp().confirm}: the link is used up. */
    SIGNED_UP(KEPT, BY_DELETE, KEPT, KEPT, KEPT),
    /** {@code sessions().endOthers}. */
    OTHER_SESSIONS_ENDED(BY_DELETE, KEPT, KEPT, KEPT, KEPT),
    /** {@code sessions().endAll}. */
    ALL_SESSIONS_ENDED(BY_STAMP, KEPT, BY_STAMP, BY_STAMP, BY_STAMP),
    /** {@code passwords().change}. */
    PASSWORD_CHANGED(BY_STAMP, KEPT, BY_STAMP, BY_STAMP, BY_STAMP),
    /** {@code passwordReset().use}. */
    PASSWORD_RESET(BY_STAMP, KEPT, BY_STAMP, BY_STAMP, BY_STAMP),
    /** {@code emailChange().confirm}. */
    EMAIL_CHANGED(BY_STAMP, KEPT, BY_STAMP, BY_STAMP, BY_STAMP),
    /** {@code usernameChange().change} or {@code remove}. */
    USERNAME_CHANGED(KEPT, KEPT, KEPT, KEPT, KEPT),
    /** {@code administration().disable}. */
    DISABLED(BY_STAMP, KEPT, BY_STAMP, BY_STAMP, BY_STAMP),
    /** {@code closing().close} or {@code administration().close}. */
    CLOSED(BY_STAMP, KEPT, BY_STAMP, BY_STAMP, BY_STAMP),
    /** {@code administration().delete}. */
    DELETED(BY_STAMP, KEPT, BY_STAMP, BY_STAMP, BY_STAMP);

    /** The columns of the table: the purposes of this library's own tokens. */
    public static final List<TokenPurpose> PURPOSES = List.of(
            TokenPurpose.SESSION,
            TokenPurpose.SIGN_UP,
            TokenPurpose.PASSWORD_RESET,
            TokenPurpose.EMAIL_CHANGE,
            TokenPurpose.SIGN_IN_LINK);

    private final Revocation session;
    private final Revocation signUp;
    private final Revocation passwordReset;
    private final Revocation emailChange;
    private final Revocation signInLink;

    RevocationCause(
            Revocation session,
            Revocation signUp,
            Revocation passwordReset,
            Revocation emailChange,
            Revocation signInLink) {
        this.session = session;
        this.signUp = signUp;
        this.passwordReset = passwordReset;
        this.emailChange = emailChange;
        this.signInLink = signInLink;
    }

    /**
     * Gives one cell of the table.
     *
     * @param purpose one of {@link #PURPOSES}
     * @return whether and how tokens of the purpose end
     * @throws IllegalArgumentException for another purpose: a token that an application binds to the user's stamp ends with the
     *     sessions where those end by the stamp, and any other lives on but where its row is deleted
     */
    public Revocation of(TokenPurpose purpose) {
        int column = PURPOSES.indexOf(purpose);
        if (column < 0) {
            throw new IllegalArgumentException("the table has no such purpose");
        }
        return List.of(session, signUp, passwordReset, emailChange, signInLink).get(column);
    }
}
