package dev.minotaur.auth.examples.guide;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.EmailPolicy;
import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;

/** Takes over the users of another system with the hashes they have. */
final class LegacyUsers {

    /** A row of the other system; the hash is one of bcrypt. */
    record LegacyUser(String email, String hash, boolean emailConfirmed) {}

    /** What became of a row. */
    enum Adoption {
        ADOPTED,
        ALREADY_THERE,
        EMAIL_NOT_ACCEPTED
    }

    private final UserStore users;
    private final EmailPolicy emails;
    private final Clock clock;
    private final SecureRandom random;

    LegacyUsers(UserStore users, EmailPolicy emails, Clock clock, SecureRandom random) {
        this.users = users;
        this.emails = emails;
        this.clock = clock;
        this.random = random;
    }

    // region adopt
    /** May be run again after it was interrupted: who is there already stays as they are. */
    Adoption adopt(LegacyUser legacy) {
        Optional<EmailAddress> email = emails.parse(legacy.email());
        if (email.isEmpty()) {
            return Adoption.EMAIL_NOT_ACCEPTED;
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        UserRecord user = UserRecord.builder()
                .id(new UserId(UUID.randomUUID()))
                .version(1)
                .email(email.get())
                .passwordHash(PasswordHash.of(legacy.hash()))
                .status(UserStatus.ACTIVE)
                .emailConfirmedAt(legacy.emailConfirmed() ? now : null)
                .stamp(new SecurityStamp(new UUID(random.nextLong(), random.nextLong())))
                .createdAt(now)
                .updatedAt(now)
                .build();
        return switch (users.insert(user)) {
            case INSERTED, ALREADY_INSERTED -> Adoption.ADOPTED;
            case EMAIL_TAKEN -> Adoption.ALREADY_THERE;
            case USERNAME_TAKEN, ID_TAKEN -> throw new IllegalStateException("neither is anybody else's");
        };
    }
    // end region
}
