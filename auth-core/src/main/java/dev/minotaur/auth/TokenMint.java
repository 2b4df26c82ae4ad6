package dev.minotaur.auth;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;

/** Makes ids, stamps and tokens of random bits. */
final class TokenMint {

    private final SecureRandom random;

    TokenMint(SecureRandom random) {
        this.random = random;
    }

    /** A random UUID (RFC 9562 version 4). */
    UserId userId() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        return new UserId(new UUID(high, variant(random.nextLong())));
    }

    SecurityStamp stamp() {
        return new SecurityStamp(new UUID(random.nextLong(), random.nextLong()));
    }

    RawToken token(Instant now) {
        return secretFor(tokenId(now));
    }

    /** A fresh secret under an id that stays. */
    RawToken secretFor(TokenId id) {
        byte[] secret = new byte[RawToken.SECRET_BYTES];
        random.nextBytes(secret);
        return RawToken.of(id, secret);
    }

    /** A UUID of the time in milliseconds and 74 random bits (RFC 9562 version 7). */
    private TokenId tokenId(Instant now) {
        long high = (now.toEpochMilli() << 16) | 0x7000L | (random.nextInt() & 0x0FFFL);
        return new TokenId(new UUID(high, variant(random.nextLong())));
    }

    private static long variant(long bits) {
        return (bits & 0x3FFFFFFFFFFFFFFFL) | 0x8000000000000000L;
    }
}
