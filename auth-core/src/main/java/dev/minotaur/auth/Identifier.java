package dev.minotaur.auth;

import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.util.Objects;
import java.util.Optional;

/** What somebody entered to say who they are: with an '@' it is an e-mail address, which no username has. */
final class Identifier {

    private final String entered;
    private final boolean address;
    private final Optional<String> canonical;

    private Identifier(String entered, boolean address, Optional<String> canonical) {
        this.entered = entered;
        this.address = address;
        this.canonical = canonical;
    }

    static Identifier of(String entered, EmailPolicy emails, UsernamePolicy usernames) {
        Objects.requireNonNull(entered, "identifier");
        boolean address = entered.indexOf('@') >= 0;
        return new Identifier(
                entered,
                address,
                address
                        ? emails.parse(entered).map(EmailAddress::canonical)
                        : usernames.parse(entered).map(Username::canonical));
    }

    /** Asks the store once, unless nobody can have the identifier. */
    Optional<UserRecord> find(UserStore users) {
        return canonical.flatMap(address ? users::findByEmail : users::findByUsername);
    }

    /** The canonical form; empty if nobody can have the identifier. */
    Optional<String> canonical() {
        return canonical;
    }

    String entered() {
        return entered;
    }
}
