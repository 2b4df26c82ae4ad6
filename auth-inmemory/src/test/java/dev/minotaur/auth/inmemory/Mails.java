package dev.minotaur.auth.inmemory;

import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.mail.Mailer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is sent. */
final class Mails implements Mailer {

    private final List<MailMessage> all = new CopyOnWriteArrayList<>();

    @Override
    public void send(MailMessage message) {
        all.add(message);
    }

    List<MailMessage> all() {
        return all;
    }

    /** The token of the last mail, which is a link. */
    String token() {
        MailMessage last = all.get(all.size() - 1);
        return last instanceof MailMessage.SignUpLink link
                ? link.token().reveal()
                : ((MailMessage.PasswordResetLink) last).token().reveal();
    }
}
