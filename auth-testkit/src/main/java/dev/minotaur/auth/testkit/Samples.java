package dev.minotaur.auth.testkit;

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
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Records that no other test has. A plain one has the least a record may have, in whole seconds, so that each rule adds
 * what it is about and fails for nothing else.
 */
final class Samples {

    /**
     * When everything happens that a rule does not date itself: far enough ahead that a store that looks at the clock is not
     * told apart here, but by its own rule.
     */
    static final Instant T0 = Instant.parse("2096-05-04T10:00:00Z");

    /** Shortly before the ends of the years 1999 and of February 2100, which has no 29th, and in between. */
    static final List<Instant> ERAS = Stream.of("1999-12-31T23:59:58Z", "2026-07-01T00:00:00Z", "2100-02-28T23:59:59Z")
            .map(Instant::parse)
            .toList();

    static final Duration TICK = Duration.ofNanos(1000);

    static final TokenPurpose RESET = new TokenPurpose("reset");

    private Samples() {}

    /** A time of the 1970s in whole seconds, for the rules that purge. */
    static Instant longAgo() {
        return longAgo(new SplittableRandom(ThreadLocalRandom.current().nextLong()));
    }

    static Instant longAgo(SplittableRandom random) {
        return Instant.ofEpochSecond(random.nextLong(31_536_000L, 283_996_800L));
    }

    /** One that is in no whole second, and in no whole millisecond. */
    static Instant longAgoInMicros() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        return longAgo().plusMillis(random.nextInt(1, 999)).plusNanos(1000L * random.nextInt(1, 999));
    }

    /** 32 lower-case hex digits. */
    static String unique() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    static EmailAddress email() {
        return email(unique() + "@example.org");
    }

    static EmailAddress email(String canonical) {
        return new EmailAddress(canonical, canonical);
    }

    static Username username() {
        return username("u" + unique());
    }

    static Username username(String canonical) {
        return new Username(canonical, canonical);
    }

    static SecurityStamp stamp() {
        return new SecurityStamp(UUID.randomUUID());
    }

    static UserId userId() {
        return new UserId(UUID.randomUUID());
    }

    static TokenId tokenId() {
        return new TokenId(UUID.randomUUID());
    }

    /** Two others, each of which has a half in common with this one. */
    static List<UUID> alike(UUID id) {
        return List.of(
                new UUID(id.getMostSignificantBits() ^ 1, id.getLeastSignificantBits()),
                new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits() ^ 1));
    }

    /** As many others as there are bytes, each with one bit of another byte changed. */
    static List<byte[]> alike(byte[] bytes) {
        return IntStream.range(0, bytes.length)
                .mapToObj(place -> {
                    byte[] other = bytes.clone();
                    other[place] ^= (byte) (1 << place % 8);
                    return other;
                })
                .toList();
    }

    /** Four of them, in each quarter one. */
    static List<byte[]> someAlike(byte[] bytes) {
        List<byte[]> all = alike(bytes);
        return Stream.of(3, 12, 20, 29).map(all::get).toList();
    }

    static TokenDigest digest() {
        return TokenDigest.of(bytes32());
    }

    static AttemptKey key() {
        return AttemptKey.of(bytes32());
    }

    static byte[] bytes32() {
        UUID one = UUID.randomUUID();
        UUID two = UUID.randomUUID();
        return ByteBuffer.allocate(32)
                .putLong(one.getMostSignificantBits())
                .putLong(one.getLeastSignificantBits())
                .putLong(two.getMostSignificantBits())
                .putLong(two.getLeastSignificantBits())
                .array();
    }

    /** An active user with an e-mail address and nothing optional. */
    static UserRecord user() {
        return user(email());
    }

    static UserRecord user(EmailAddress email) {
        return UserRecord.builder()
                .id(userId())
                .version(1)
                .email(email)
                .status(UserStatus.ACTIVE)
                .stamp(stamp())
                .createdAt(T0)
                .updatedAt(T0)
                .build();
    }

    static UserRecord user(Username username) {
        return user().toBuilder().username(username).build();
    }

    /** A user with every component set, and each to something else than any other. */
    static UserRecord fullUser() {
        String name = unique();
        return user().toBuilder()
                .version(7)
                .email(new EmailAddress("E." + name + "@Example.ORG", "e." + name + "@example.org"))
                .username(new Username("U." + name, "u." + name))
                .passwordHash(PasswordHash.of("$2b$04$" + name))
                .status(UserStatus.DISABLED)
                .emailConfirmedAt(T0.plusSeconds(1))
                .createdAt(T0.plusSeconds(2))
                .updatedAt(T0.plusSeconds(3))
                .build();
    }

    /** A session with nothing optional. */
    static StoredToken session(UserId user) {
        return StoredToken.builder()
                .id(tokenId())
                .user(user)
                .purpose(TokenPurpose.SESSION)
                .digest(digest())
                .issuedAt(T0)
                .expiresAt(T0.plusSeconds(3600))
                .lastUsedAt(T0)
                .build();
    }

    static StoredToken session() {
        return session(userId());
    }

    /** A one-time token in a slot of its user. */
    static StoredToken inSlot(UserId user, String slot) {
        return session(user).toBuilder().purpose(RESET).slot(slot).build();
    }

    /** A session with every component set but the slot. */
    static StoredToken fullSession() {
        return session().toBuilder()
                .previousDigest(digest())
                .expiresAt(T0.plusSeconds(1))
                .lastUsedAt(T0.plusSeconds(2))
                .rotatedAt(T0.plusSeconds(3))
                .authenticatedAt(T0.plusSeconds(4))
                .sentTo("Sent." + unique() + "@example.org")
                .label("label " + unique())
                .stamp(stamp())
                .build();
    }
}
