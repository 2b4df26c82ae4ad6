package dev.minotaur.auth.examples;

import dev.minotaur.auth.CloseResult;
import dev.minotaur.auth.EmailChangeRefusal;
import dev.minotaur.auth.EmailChangeResult;
import dev.minotaur.auth.ImportResult;
import dev.minotaur.auth.LinkRequestRefusal;
import dev.minotaur.auth.PasswordChangeRefusal;
import dev.minotaur.auth.PasswordResetRefusal;
import dev.minotaur.auth.ReauthenticationRefusal;
import dev.minotaur.auth.RegistrationRefusal;
import dev.minotaur.auth.SessionRefusal;
import dev.minotaur.auth.SignInRefusal;
import dev.minotaur.auth.UsernameChangeResult;
import dev.minotaur.auth.password.PasswordProblem;
import dev.minotaur.auth.spi.StoreException;
import java.time.Duration;
import java.util.Optional;

/**
 * What a user is told. Each switch names every constant and has no default: when a version of the library adds one, this
 * class does not compile until somebody has thought of the words.
 */
public final class Sentences {

    private static final String NO_ADDRESS = "That is no e-mail address this service can use.";
    private static final String NO_USERNAME = "A username is 3 to 32 letters, digits, dots, underscores and hyphens.";
    private static final String ADDRESS_TAKEN = "There is an account with that e-mail address.";
    private static final String USERNAME_TAKEN = "Somebody has that username. Choose another.";
    private static final String NOT_RECENT = "It is a while since you showed who you are. Sign in again first.";
    private static final String LINK_NOT_GOOD = "That link is not good, or no longer. Ask for another.";
    private static final String BUSY = "The service is busy just now. Try again in a few seconds.";

    private Sentences() {}

    // region sign-in
    /**
     * Why a sign-in was refused. One sentence for whatever is wrong with the name or the password: a second one would tell a
     * stranger who has an account.
     *
     * @param reason the reason
     * @param retryAfter how long to wait, if it is known
     * @return a sentence for the user
     */
    public static String of(SignInRefusal reason, Optional<Duration> retryAfter) {
        return switch (reason) {
            case BAD_CREDENTIALS -> "No account goes by that name and password.";
            case LINK_NOT_GOOD -> "That link is not good, or no longer. Ask for another.";
            case TOO_MANY_ATTEMPTS -> tooManyAttempts(retryAfter);
            case BUSY -> "Too many people are signing in just now. Try again in a few seconds.";
        };
    }
    // end region

    /**
     * Why a registration was refused.
     *
     * @param reason the reason
     * @param problem what is wrong with the password, if that is the reason
     * @return a sentence for the user
     */
    public static String of(RegistrationRefusal reason, Optional<PasswordProblem> problem) {
        return switch (reason) {
            case EMAIL_NOT_ACCEPTED -> NO_ADDRESS;
            case USERNAME_NOT_ACCEPTED -> NO_USERNAME;
            case PASSWORD_NOT_ACCEPTED -> passwordNotAccepted(problem);
            case EMAIL_TAKEN -> ADDRESS_TAKEN + " If it is yours, sign in.";
            case USERNAME_TAKEN -> USERNAME_TAKEN;
            case LINK_NOT_GOOD -> LINK_NOT_GOOD;
            case BUSY -> "Too many people are registering just now. Try again in a few seconds.";
        };
    }

    /**
     * Why a session token is not good.
     *
     * @param reason the reason
     * @return a sentence for the user
     */
    public static String of(SessionRefusal reason) {
        return switch (reason) {
            case INVALID -> "You are not signed in.";
            case EXPIRED -> "You have been away for too long. Sign in again.";
            case REVOKED -> "This session was ended. Sign in again.";
            case NOT_RECENT -> "Enter your password once more.";
        };
    }

    /**
     * Why a password was not proved once more.
     *
     * @param reason the reason
     * @param retryAfter how long to wait, if it is known
     * @return a sentence for the user
     */
    public static String of(ReauthenticationRefusal reason, Optional<Duration> retryAfter) {
        return switch (reason) {
            case NOT_SIGNED_IN -> "You are not signed in.";
            case WRONG_PASSWORD -> "That is not your password.";
            case TOO_MANY_ATTEMPTS -> tooManyAttempts(retryAfter);
            case BUSY -> "The service is busy just now. Try again in a few seconds.";
        };
    }

    /**
     * Why a password was not changed.
     *
     * @param reason the reason
     * @param problem what is wrong with the new password, if that is the reason
     * @param retryAfter how long to wait, if it is known
     * @return a sentence for the user
     */
    public static String of(
            PasswordChangeRefusal reason, Optional<PasswordProblem> problem, Optional<Duration> retryAfter) {
        return switch (reason) {
            case NOT_SIGNED_IN -> "You are not signed in, so the password stays as it is.";
            case WRONG_PASSWORD -> "That is not your present password.";
            case PASSWORD_NOT_ACCEPTED -> passwordNotAccepted(problem);
            case TOO_MANY_ATTEMPTS -> tooManyAttempts(retryAfter);
            case BUSY -> BUSY;
        };
    }

    /**
     * Why no link was sent.
     *
     * @param reason the reason
     * @param retryAfter how long to wait, if it is known
     * @return a sentence for the user
     */
    public static String of(LinkRequestRefusal reason, Optional<Duration> retryAfter) {
        return switch (reason) {
            case EMAIL_NOT_ACCEPTED -> NO_ADDRESS;
            case TOO_SOON -> mailedAlready(retryAfter);
            case BUSY -> BUSY;
        };
    }

    /**
     * Why no link to a new address was sent.
     *
     * @param reason the reason
     * @param retryAfter how long to wait, if it is known
     * @return a sentence for the user
     */
    public static String of(EmailChangeRefusal reason, Optional<Duration> retryAfter) {
        return switch (reason) {
            case NOT_SIGNED_IN -> "You are not signed in, so the address stays as it is.";
            case NOT_RECENT -> NOT_RECENT;
            case EMAIL_NOT_ACCEPTED -> NO_ADDRESS;
            case UNCHANGED -> "That is your address already.";
            case TOO_SOON -> mailedAlready(retryAfter);
            case BUSY -> BUSY;
        };
    }

    /**
     * Why an address was not changed.
     *
     * @param reason the reason
     * @return a sentence for the user
     */
    public static String of(EmailChangeResult.Reason reason) {
        return switch (reason) {
            case LINK_NOT_GOOD -> LINK_NOT_GOOD;
            case EMAIL_TAKEN -> ADDRESS_TAKEN;
        };
    }

    /**
     * Why a username was not changed.
     *
     * @param reason the reason
     * @return a sentence for the user
     */
    public static String of(UsernameChangeResult.Reason reason) {
        return switch (reason) {
            case NOT_SIGNED_IN -> "You are not signed in, so the username stays as it is.";
            case NOT_RECENT -> NOT_RECENT;
            case USERNAME_NOT_ACCEPTED -> NO_USERNAME;
            case USERNAME_TAKEN -> USERNAME_TAKEN;
            case TOO_SOON -> "You have tried that too often. Try again tomorrow.";
        };
    }

    /**
     * Why an account was not closed.
     *
     * @param reason the reason
     * @return a sentence for the user
     */
    public static String of(CloseResult.Reason reason) {
        return switch (reason) {
            case NOT_SIGNED_IN -> "You are not signed in, so the account stays open.";
            case NOT_RECENT -> NOT_RECENT;
        };
    }

    /**
     * Why a user of another system was not brought over.
     *
     * @param reason the reason
     * @return a sentence for the operator
     */
    public static String of(ImportResult.Reason reason) {
        return switch (reason) {
            case EMAIL_NOT_ACCEPTED -> NO_ADDRESS;
            case USERNAME_NOT_ACCEPTED -> NO_USERNAME;
            case HASH_NOT_ACCEPTED -> "That hash cannot be read here. Leave it out: a reset sets a password.";
            case EMAIL_TAKEN -> ADDRESS_TAKEN;
            case USERNAME_TAKEN -> USERNAME_TAKEN;
        };
    }

    /**
     * Why a password was not set anew.
     *
     * @param reason the reason
     * @param problem what is wrong with the new password, if that is the reason
     * @return a sentence for the user
     */
    public static String of(PasswordResetRefusal reason, Optional<PasswordProblem> problem) {
        return switch (reason) {
            case LINK_NOT_GOOD -> LINK_NOT_GOOD;
            case PASSWORD_NOT_ACCEPTED -> passwordNotAccepted(problem);
            case BUSY -> BUSY;
        };
    }

    /**
     * What is wrong with a new password. The least length is that of the default policy.
     *
     * @param problem the problem
     * @return a sentence for the user
     */
    public static String of(PasswordProblem problem) {
        return switch (problem) {
            case TOO_SHORT -> "A password has at least 15 characters: a few words will do.";
            case TOO_LONG -> "A password has at most 1024 bytes, which is 1024 plain letters. Shorten it.";
            case NOT_TEXT -> "The password has a character that cannot be typed everywhere. Choose another.";
            case COMMON -> "Many people have that password, so it is tried first. Choose one of your own.";
            case CONTEXT -> "That is made of your own name or address, or of ours, which is what is tried first.";
            case BREACHED ->
                "That password is known from a breach of another service. Choose another, and change it there.";
            case UNCHECKED -> "The password cannot be checked just now. Try again in a few minutes.";
        };
    }

    // region store
    /**
     * What a failed store means for who asked.
     *
     * @param failure what failed
     * @return a sentence for the user
     */
    public static String of(StoreException failure) {
        return switch (failure.effect()) {
            case NONE -> "The database cannot be reached. Nothing has changed; try again later.";
            case UNKNOWN -> "The database failed half-way. See whether it was done before you try again.";
        };
    }
    // end region

    private static String mailedAlready(Optional<Duration> retryAfter) {
        return retryAfter
                .map(wait -> "A mail was sent to that address already. Ask again in "
                        + wait.plusNanos(999_999_999).toSeconds() + " seconds.")
                .orElse("A mail was sent to that address already.");
    }

    private static String tooManyAttempts(Optional<Duration> retryAfter) {
        return retryAfter
                .map(wait -> "Too many attempts. Try again in "
                        + wait.plusNanos(999_999_999).toSeconds() + " seconds.")
                .orElse("Too many attempts. Try again later.");
    }

    private static String passwordNotAccepted(Optional<PasswordProblem> problem) {
        return problem.map(Sentences::of).orElse("Choose another password.");
    }
}
