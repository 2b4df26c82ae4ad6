package org.example.redis;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.UserRecord;
import java.util.HexFormat;
import java.util.UUID;

/** The records as fields and back. A component that is added later is a new field. */
final class Records {

    private static final HexFormat HEX = HexFormat.of();

    private Records() {}

    static Fields fields(UserRecord user) {
        Fields fields = new Fields()
                .with("id", user.id().value().toString())
                .with("version", Long.toString(user.version()))
                .with("email", user.email().entered())
                .with("emailCanonical", user.email().canonical())
                .with("status", user.status().name())
                .with("stamp", user.stamp().value().toString())
                .with("createdAt", user.createdAt())
                .with("updatedAt", user.updatedAt());
        user.username()
                .ifPresent(name -> fields.with("username", name.entered()).with("usernameCanonical", name.canonical()));
        user.passwordHash().ifPresent(hash -> fields.with("passwordHash", hash.encoded()));
        user.emailConfirmedAt().ifPresent(time -> fields.with("emailConfirmedAt", time));
        return fields;
    }

    static UserRecord user(Fields fields) {
        return UserRecord.builder()
                .id(new UserId(UUID.fromString(fields.get("id"))))
                .version(Long.parseLong(fields.get("version")))
                .email(new EmailAddress(fields.get("email"), fields.get("emailCanonical")))
                .username(fields.find("username")
                        .map(entered -> new Username(entered, fields.get("usernameCanonical")))
                        .orElse(null))
                .passwordHash(fields.find("passwordHash").map(PasswordHash::of).orElse(null))
                .status(UserStatus.valueOf(fields.get("status")))
                .emailConfirmedAt(fields.findTime("emailConfirmedAt").orElse(null))
                .stamp(stamp(fields.get("stamp")))
                .createdAt(fields.getTime("createdAt"))
                .updatedAt(fields.getTime("updatedAt"))
                .build();
    }

    static Fields fields(StoredToken token) {
        Fields fields = new Fields()
                .with("id", token.id().value().toString())
                .with("user", token.user().value().toString())
                .with("purpose", token.purpose().name())
                .with("digest", hex(token.digest()))
                .with("issuedAt", token.issuedAt())
                .with("expiresAt", token.expiresAt())
                .with("lastUsedAt", token.lastUsedAt());
        token.slot().ifPresent(slot -> fields.with("slot", slot));
        token.previousDigest().ifPresent(digest -> fields.with("previousDigest", hex(digest)));
        token.rotatedAt().ifPresent(time -> fields.with("rotatedAt", time));
        token.authenticatedAt().ifPresent(time -> fields.with("authenticatedAt", time));
        token.sentTo().ifPresent(address -> fields.with("sentTo", address));
        token.label().ifPresent(label -> fields.with("label", label));
        token.stamp().ifPresent(stamp -> fields.with("stamp", stamp.value().toString()));
        return fields;
    }

    static StoredToken token(Fields fields) {
        return StoredToken.builder()
                .id(new TokenId(UUID.fromString(fields.get("id"))))
                .user(new UserId(UUID.fromString(fields.get("user"))))
                .purpose(new TokenPurpose(fields.get("purpose")))
                .slot(fields.find("slot").orElse(null))
                .digest(digest(fields.get("digest")))
                .previousDigest(
                        fields.find("previousDigest").map(Records::digest).orElse(null))
                .rotatedAt(fields.findTime("rotatedAt").orElse(null))
                .issuedAt(fields.getTime("issuedAt"))
                .expiresAt(fields.getTime("expiresAt"))
                .lastUsedAt(fields.getTime("lastUsedAt"))
                .authenticatedAt(fields.findTime("authenticatedAt").orElse(null))
                .sentTo(fields.find("sentTo").orElse(null))
                .label(fields.find("label").orElse(null))
                .stamp(fields.find("stamp").map(Records::stamp).orElse(null))
                .build();
    }

    static Fields fields(Attempts attempts) {
        return new Fields().with("count", Integer.toString(attempts.count())).with("lastAt", attempts.lastAt());
    }

    static Attempts attempts(Fields fields) {
        return new Attempts(Integer.parseInt(fields.get("count")), fields.getTime("lastAt"));
    }

    static String hex(TokenDigest digest) {
        return HEX.formatHex(digest.bytes());
    }

    private static TokenDigest digest(String hex) {
        return TokenDigest.of(HEX.parseHex(hex));
    }

    private static SecurityStamp stamp(String text) {
        return new SecurityStamp(UUID.fromString(text));
    }
}
