package dev.minotaur.auth.mail;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.RawToken;
import dev.minotaur.auth.UserStatus;
import java.time.Instant;

/**
 * A message to a user: one record for each kind, without any wording. The address is the one that the account has, or the one
 * that is to be proven; whoever builds the mail takes {@link EmailAddress#entered}. A kind may be added in a minor version.
 *
 * <p>A link carries {@link RawToken#reveal} and leads to a page of the application that looks at the token when it is opened, and
 * uses it only when its form is sent: programs that scan mail open links too.
 */
public sealed interface MailMessage {

    /**
     * Whom it goes to.
     *
     * @return the address
     */
    EmailAddress to();

    /**
     * Proves an address that somebody wants to register with, and leads to the page where the account is made.
     *
     * @param to the address to be proven
     * @param token for {@code signUp().confirm}
     * @param expiresAt the first instant at which the token is no longer good
     */
    record SignUpLink(EmailAddress to, RawToken token, Instant expiresAt) implements MailMessage {}

    /**
     * Tells the owner of an account that somebody wanted to register with, or change to, its address.
     *
     * @param to the account's address
     * @param status the account's status: to one that is not active a reset sends nothing, and no sign-in is let in
     */
    record AlreadyRegistered(EmailAddress to, UserStatus status) implements MailMessage {}

    /**
     * Leads to the page where a new password is set.
     *
     * @param to the account's address
     * @param token for {@code passwordReset().use}
     * @param expiresAt the first instant at which the token is no longer good
     */
    record PasswordResetLink(EmailAddress to, RawToken token, Instant expiresAt) implements MailMessage {}

    /**
     * Signs the owner of the account in, where that is allowed.
     *
     * @param to the account's address
     * @param token for {@code signInLink().use}
     * @param expiresAt the first instant at which the token is no longer good
     */
    record SignInLink(EmailAddress to, RawToken token, Instant expiresAt) implements MailMessage {}

    /**
     * Proves the address that a user wants to change to.
     *
     * @param to the new address
     * @param token for {@code emailChange().confirm}
     * @param expiresAt the first instant at which the token is no longer good
     */
    record EmailChangeLink(EmailAddress to, RawToken token, Instant expiresAt) implements MailMessage {}

    /**
     * Tells the owner that the password was changed by somebody who was signed in and knew the former one (ASVS 6.3.7).
     *
     * @param to the account's address
     * @param at when
     */
    record PasswordChanged(EmailAddress to, Instant at) implements MailMessage {}

    /**
     * Tells the owner that the password was set anew by a link (ASVS 6.3.7).
     *
     * @param to the account's address
     * @param at when
     */
    record PasswordReset(EmailAddress to, Instant at) implements MailMessage {}

    /**
     * Tells the owner that the password was guessed at too often and is disabled: it is set anew by a reset. Sessions go on.
     *
     * @param to the account's address
     * @param at when
     */
    record PasswordDisabled(EmailAddress to, Instant at) implements MailMessage {}

    /**
     * Tells the owner that the account has another address from now on (ASVS 6.3.7).
     *
     * @param to the former address
     * @param at when
     */
    record EmailChanged(EmailAddress to, Instant at) implements MailMessage {}

    /**
     * Tells the owner that the username was changed (ASVS 6.3.7).
     *
     * @param to the account's address
     * @param at when
     */
    record UsernameChanged(EmailAddress to, Instant at) implements MailMessage {}

    /**
     * Tells the owner that the account was closed, and from when on it may be removed.
     *
     * @param to the account's address
     * @param at when
     * @param removableFrom the first instant at which a purge removes it
     */
    record AccountClosed(EmailAddress to, Instant at, Instant removableFrom) implements MailMessage {}
}
