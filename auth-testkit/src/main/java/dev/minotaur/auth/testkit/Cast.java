package dev.minotaur.auth.testkit;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.TokenDigest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Whom and what one run of a history is about. The seed gives the order of the ids; the salt, another one for each run, makes
 * them such as nobody else has.
 */
final class Cast {

    private final long seed;
    private final long salt;
    private final Instant start;
    private final Set<UserId> users = new LinkedHashSet<>();

    Cast(long seed, long salt) {
        this(seed, salt, Samples.T0);
    }

    /** At times from the given one on. */
    Cast(long seed, long salt, Instant start) {
        this.seed = seed;
        this.salt = salt;
        this.start = start;
    }

    /** The earliest time of what happens. */
    Instant start() {
        return start;
    }

    /** A user; after a deletion the same person comes back with another life. */
    UserId user(int number, int life) {
        UserId id = new UserId(uuid('u', number, life));
        users.add(id);
        return id;
    }

    TokenId token(int number, int life) {
        return new TokenId(uuid('t', number, life));
    }

    /** All users that were named. */
    List<UserId> users() {
        return List.copyOf(users);
    }

    EmailAddress email(int number) {
        String local = "abcdef".charAt(number) + "-" + HexFormat.of().toHexDigits(salt);
        return new EmailAddress(local + "@Example.org", local + "@example.org");
    }

    Username username(int number) {
        String text = "xyzuvw".charAt(number) + "-" + HexFormat.of().toHexDigits(salt);
        return new Username(text.toUpperCase(Locale.ROOT), text);
    }

    SecurityStamp stamp(int number) {
        return new SecurityStamp(uuid('s', number, 0));
    }

    TokenDigest digest(int number) {
        return TokenDigest.of(bytes32(uuid('d', number, 0)));
    }

    AttemptKey key(int number) {
        return AttemptKey.of(bytes32(uuid('k', number, 0)));
    }

    /** What is drawn by it is the same in each run. */
    SplittableRandom random(char kind, int number, int variant) {
        return new SplittableRandom(seed ^ place(kind, number, variant));
    }

    private UUID uuid(char kind, int number, int life) {
        long place = place(kind, number, life);
        return new UUID(new SplittableRandom(seed + place).nextLong(), salt + place);
    }

    private static long place(char kind, int number, int life) {
        return ((long) kind << 32) + ((long) number << 16) + life;
    }

    private static byte[] bytes32(UUID id) {
        return ByteBuffer.allocate(32)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }
}
