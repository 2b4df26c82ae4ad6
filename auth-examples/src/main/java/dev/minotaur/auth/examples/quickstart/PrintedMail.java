package dev.minotaur.auth.examples.quickstart;

import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.mail.Mailer;
import java.io.PrintStream;

/** Prints each mail in one line, with the command to type in place of a link. */
// region mailer
final class PrintedMail implements Mailer {

    private final PrintStream output;

    PrintedMail(PrintStream output) {
        this.output = output;
    }

    @Override
    public void send(MailMessage message) {
        output.println("mail to " + message.to().entered() + ": " + text(message));
    }

    private static String text(MailMessage message) {
        if (message instanceof MailMessage.SignUpLink link) {
            return "make your account: confirm " + link.token().reveal();
        }
        if (message instanceof MailMessage.AlreadyRegistered registered) {
            return registered.status() == UserStatus.ACTIVE
                    ? "somebody gave your address, which has an account; if it was you: forgot"
                    : "somebody gave your address, whose account is not open; if it was you, ask the operator";
        }
        if (message instanceof MailMessage.PasswordResetLink link) {
            return "set a new password: reset " + link.token().reveal();
        }
        if (message instanceof MailMessage.SignInLink link) {
            return "sign in: " + link.token().reveal();
        }
        if (message instanceof MailMessage.EmailChangeLink link) {
            return "prove that this is your new address: confirm-email "
                    + link.token().reveal();
        }
        if (message instanceof MailMessage.PasswordChanged || message instanceof MailMessage.PasswordReset) {
            return "your password was changed; if it was not you: forgot";
        }
        if (message instanceof MailMessage.PasswordDisabled) {
            return "your password was guessed at too often and is no longer good; set another: forgot";
        }
        if (message instanceof MailMessage.EmailChanged) {
            return "your account has another address now; if it was not you, ask the operator";
        }
        if (message instanceof MailMessage.UsernameChanged) {
            return "your username was changed; if it was not you: forgot";
        }
        if (message instanceof MailMessage.AccountClosed closed) {
            return "your account is closed, and removed after " + closed.removableFrom()
                    + "; if it was not you, ask the operator";
        }
        // A kind that this program does not know says at least that something has happened.
        return "something about your account has changed";
    }
}
// end region
