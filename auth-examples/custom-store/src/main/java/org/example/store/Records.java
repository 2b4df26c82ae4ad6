package org.example.store;

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

/** The records as bytes and back. The numbers of the components are on disk: none may change its meaning. */
final class Records {

    private Records() {}

    static byte[] bytes(UserRecord user) {
        Packed packed = new Packed()
                .with(1, user.id().value())
                .with(2, user.version())
                .with(3, user.email().entered())
                .with(4, user.email().canonical())
                .with(8, user.status().name())
                .with(10, user.stamp().value())
                .with(11, user.createdAt())
                .with(12, user.updatedAt());
        user.username().ifPresent(name -> packed.with(5, name.entered()).with(6, name.canonical()));
        user.passwordHash().ifPresent(hash -> packed.with(7, hash.encoded()));
        user.emailConfirmedAt().ifPresent(time -> packed.with(9, time));
        return packed.bytes();
    }

    static UserRecord user(byte[] bytes) {
        Packed packed = Packed.of(bytes);
        return UserRecord.builder()
                .id(new UserId(packed.id(1).orElseThrow()))
                .version(packed.number(2).orElseThrow())
                .email(new EmailAddress(
                        packed.text(3).orElseThrow(), packed.text(4).orElseThrow()))
                .username(packed.text(5)
                        .map(entered -> new Username(entered, packed.text(6).orElseThrow()))
                        .orElse(null))
                .passwordHash(packed.text(7).map(PasswordHash::of).orElse(null))
                .status(UserStatus.valueOf(packed.text(8).orElseThrow()))
                .emailConfirmedAt(packed.time(9).orElse(null))
                .stamp(new SecurityStamp(packed.id(10).orElseThrow()))
                .createdAt(packed.time(11).orElseThrow())
                .updatedAt(packed.time(12).orElseThrow())
                .build();
    }

    // region token
    static byte[] bytes(StoredToken token) {
        Packed packed = new Packed()
                .with(1, token.id().value())
                .with(2, token.user().value())
                .with(3, token.purpose().name())
                .with(5, token.digest().bytes())
                .with(8, token.issuedAt())
                .with(9, token.expiresAt())
                .with(10, token.lastUsedAt());
        token.slot().ifPresent(slot -> packed.with(4, slot));
        token.previousDigest().ifPresent(digest -> packed.with(6, digest.bytes()));
        token.rotatedAt().ifPresent(time -> packed.with(7, time));
        token.authenticatedAt().ifPresent(time -> packed.with(11, time));
        token.sentTo().ifPresent(address -> packed.with(12, address));
        token.label().ifPresent(label -> packed.with(13, label));
        token.stamp().ifPresent(stamp -> packed.with(14, stamp.value()));
        return packed.bytes();
    }

    static StoredToken token(byte[] bytes) {
        Packed packed = Packed.of(bytes);
        return StoredToken.builder()
                .id(new TokenId(packed.id(1).orElseThrow()))
                .user(new UserId(packed.id(2).orElseThrow()))
                .purpose(new TokenPurpose(packed.text(3).orElseThrow()))
                .slot(packed.text(4).orElse(null))
                .digest(TokenDigest.of(packed.bytes(5).orElseThrow()))
                .previousDigest(packed.bytes(6).map(TokenDigest::of).orElse(null))
                .rotatedAt(packed.time(7).orElse(null))
                .issuedAt(packed.time(8).orElseThrow())
                .expiresAt(packed.time(9).orElseThrow())
                .lastUsedAt(packed.time(10).orElseThrow())
                .authenticatedAt(packed.time(11).orElse(null))
                .sentTo(packed.text(12).orElse(null))
                .label(packed.text(13).orElse(null))
                .stamp(packed.id(14).map(SecurityStamp::new).orElse(null))
                .build();
    }
    // end region

    static byte[] bytes(Attempts attempts) {
        return new Packed().with(1, attempts.count()).with(2, attempts.lastAt()).bytes();
    }

    static Attempts attempts(byte[] bytes) {
        Packed packed = Packed.of(bytes);
        return new Attempts(
                Math.toIntExact(packed.number(1).orElseThrow()), packed.time(2).orElseThrow());
    }
}
