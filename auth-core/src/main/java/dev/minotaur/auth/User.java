package dev.minotaur.auth;

import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * A user as an application sees it: a snapshot without password hash and stamp.
 *
 * @param id the identity
 * @param email the e-mail address
 * @param username the username, or empty if the user has none
 * @param status whether the account may be used
 * @param emailConfirmedAt when the e-mail address was proven, or empty if it was not
 * @param createdAt when the user was created
 */
public record User(
        UserId id,
        EmailAddress email,
        Optional<Username> username,
        UserStatus status,
        Optional<Instant> emailConfirmedAt,
        Instant createdAt) {

    static User of(UserRecord record) {
        return new User(
                record.id(),
                record.email(),
                record.username(),
                record.status(),
                record.emailConfirmedAt(),
                record.createdAt());
    }

    /** {@return the id and status: identifiers do not belong in logs} */
    @Override
    public String toString() {
        return "User[id=" + id + ", status=" + status + "]";
    }
}
