package dev.minotaur.auth.testkit;

import dev.minotaur.auth.RawToken;
import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.mail.Mailer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is sent, in order; nothing leaves. */
final class Mailbox implements Mailer {

    private final List<MailMessage> messages = new CopyOnWriteArrayList<>();

    @Override
    public void send(MailMessage message) {
        messages.add(message);
    }

    /** What was sent. */
    List<MailMessage> messages() {
        return List.copyOf(messages);
    }

    /** The kind of each message, and the address as it was entered. */
    List<String> told() {
        return messages.stream().map(Mailbox::told).toList();
    }

    static String told(MailMessage message) {
        return message.getClass().getSimpleName() + " to " + message.to().entered();
    }

    /** The tokens of the links to an address, the last one last. */
    List<String> tokens(String email) {
        return messages.stream()
                .filter(message -> message.to().entered().equals(email))
                .flatMap(message -> token(message).stream())
                .map(RawToken::reveal)
                .toList();
    }

    /** The token of the newest link to an address. */
    String token(String email) {
        List<String> tokens = tokens(email);
        if (tokens.isEmpty()) {
            throw new Unmet("what is sent", "a link", told().toString());
        }
        return tokens.get(tokens.size() - 1);
    }

    static Optional<RawToken> token(MailMessage message) {
        if (message instanceof MailMessage.SignUpLink link) {
            return Optional.of(link.token());
        } else if (message instanceof MailMessage.EmailChangeLink link) {
            return Optional.of(link.token());
        } else if (message instanceof MailMessage.SignInLink link) {
            return Optional.of(link.token());
        }
        return message instanceof MailMessage.PasswordResetLink link ? Optional.of(link.token()) : Optional.empty();
    }
}
