package dev.minotaur.auth.mail;

/**
 * Sends messages to users. An application implements it over whatever it sends mail with.
 *
 * <p>It is called after the state that the message speaks of is stored, on a thread of the executor and never on the one that
 * asked for the message, unless the application has set an executor that does so. What it throws changes no state and no
 * answer: the listener is told {@link dev.minotaur.auth.AuthEvent.Type#SYS_MAIL_FAIL}, and the message is not sent again. The
 * exception itself is dropped, for it may quote the message: a mailer logs what its operator needs, without the token. It may be
 * called by several threads at a time. One that hangs keeps a thread: set time limits on its connections.
 */
@FunctionalInterface
public interface Mailer {

    /**
     * Sends one message, to {@link MailMessage#to} and nobody else.
     *
     * @param message what to say; a token in it goes into the mail and nowhere else
     * @throws Exception if it cannot be sent
     */
    void send(MailMessage message) throws Exception;
}
