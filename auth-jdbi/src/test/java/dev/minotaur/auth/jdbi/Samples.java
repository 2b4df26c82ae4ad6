package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.UserRecord;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;

/** Records with random identifiers and every component set. */
final class Samples {

    static final Instant NOW = Instant.parse("2024-02-29T12:34:56.123457Z");

    private Samples() {}

    static UserRecord user() {
        String name = "u" + UUID.randomUUID();
        return UserRecord.builder()
                .id(new UserId(UUID.randomUUID()))
                .version(1)
                .email(new EmailAddress("E" + name + "@Example.org", "e" + name + "@example.org"))
                .username(new Username("U" + name, name))
                .passwordHash(PasswordHash.of("$2a$" + UUID.randomUUID()))
                .status(UserStatus.ACTIVE)
                .emailConfirmedAt(NOW.minusNanos(1000))
                .stamp(stamp())
                .createdAt(NOW)
                .updatedAt(NOW.plusNanos(1000))
                .build();
    }

    static StoredToken session(UserRecord of) {
        return StoredToken.builder()
                .id(new TokenId(UUID.randomUUID()))
                .user(of.id())
                .purpose(TokenPurpose.SESSION)
                .digest(digest())
                .previousDigest(digest())
                .rotatedAt(NOW.plusSeconds(1))
                .issuedAt(NOW)
                .expiresAt(NOW.plusSeconds(3600))
                .lastUsedAt(NOW)
                .authenticatedAt(NOW.minusNanos(1000))
                .sentTo("To" + UUID.randomUUID() + "@example.org")
                .label("Label " + UUID.randomUUID())
                .stamp(of.stamp())
                .build();
    }

    static StoredToken inSlot(UserRecord of, String slot) {
        return session(of).toBuilder()
                .slot(slot)
                .purpose(new TokenPurpose("reset"))
                .build();
    }

    static SecurityStamp stamp() {
        return new SecurityStamp(UUID.randomUUID());
    }

    static TokenDigest digest() {
        return TokenDigest.of(random32());
    }

    static AttemptKey key() {
        return AttemptKey.of(random32());
    }

    private static byte[] random32() {
        ByteBuffer bytes = ByteBuffer.allocate(32);
        while (bytes.hasRemaining()) {
            bytes.putLong(UUID.randomUUID().getMostSignificantBits());
        }
        return bytes.array();
    }
}
