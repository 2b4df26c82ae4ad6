package org.example.store;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.UserRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * The keys. The engine sorts them byte by byte, so each begins with a letter that says what it is a key of, and what is
 * looked for by order has a fixed length, the highest byte first.
 */
final class Keys {

    private static final int ID = 2 * Long.BYTES;
    private static final int TIME = Long.BYTES + Integer.BYTES;

    private Keys() {}

    // region keys
    /** The record of a user. */
    static byte[] user(UserId id) {
        return key('u', id(id.value()));
    }

    /** Leads to the id of the user who has the address. */
    static byte[] email(String canonical) {
        return key('e', text(canonical));
    }

    /** Leads to the id of the user who has the name. */
    static byte[] username(String canonical) {
        return key('n', text(canonical));
    }

    /** Each closed user has a key that begins with the time of the last update, and ends with the id. */
    static byte[] closed(UserRecord user) {
        return key('c', time(user.updatedAt()), id(user.id().value()));
    }

    static byte[] closedAt(Instant time) {
        return key('c', time(time));
    }

    static byte[] firstClosed() {
        return key('c');
    }

    /** The record of a token. */
    static byte[] token(TokenId id) {
        return key('t', id(id.value()));
    }

    /** Leads to the id of the token in the slot. */
    static byte[] slot(UserId user, String slot) {
        return key('s', id(user.value()), text(slot));
    }

    /** Each token of a user has a key that begins with this, and ends with its id. */
    static byte[] tokensOf(UserId user) {
        return key('o', id(user.value()));
    }

    static byte[] tokenOf(UserId user, TokenId id) {
        return key('o', id(user.value()), id(id.value()));
    }

    /** Written with each new token of a user, and read by whoever has to have seen all of them. */
    static byte[] newTokenOf(UserId user) {
        return key('g', id(user.value()));
    }

    /** Each token has a key that begins with its expiry, and ends with its id. */
    static byte[] expiry(StoredToken token) {
        return key('x', time(token.expiresAt()), id(token.id().value()));
    }

    static byte[] expiresAt(Instant time) {
        return key('x', time(time));
    }

    static byte[] firstExpiry() {
        return key('x');
    }

    /** The attempts of a key. */
    static byte[] attempts(AttemptKey key) {
        return key('a', key.bytes());
    }

    /** Each record of attempts has a key that begins with the time of the last, and ends with its own. */
    static byte[] lastAt(Instant time, AttemptKey key) {
        return key('l', time(time), key.bytes());
    }

    static byte[] lastAt(Instant time) {
        return key('l', time(time));
    }

    static byte[] firstLastAt() {
        return key('l');
    }
    // end region

    /** The id that a key ends with. */
    static UserId userAtTheEndOf(byte[] key) {
        return new UserId(id(ByteBuffer.wrap(key, key.length - ID, ID)));
    }

    static TokenId tokenAtTheEndOf(byte[] key) {
        return new TokenId(id(ByteBuffer.wrap(key, key.length - ID, ID)));
    }

    static AttemptKey attemptsAtTheEndOf(byte[] key) {
        byte[] bytes = new byte[AttemptKey.LENGTH];
        ByteBuffer.wrap(key, key.length - bytes.length, bytes.length).get(bytes);
        return AttemptKey.of(bytes);
    }

    static byte[] id(UUID id) {
        return ByteBuffer.allocate(ID)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
    }

    static UUID id(byte[] bytes) {
        return id(ByteBuffer.wrap(bytes));
    }

    private static UUID id(ByteBuffer bytes) {
        return new UUID(bytes.getLong(), bytes.getLong());
    }

    // region time
    /** Sorts as the times do, also before 1970: the sign is turned round, so that bytes compare as the numbers would. */
    static byte[] time(Instant time) {
        return ByteBuffer.allocate(TIME)
                .putLong(time.getEpochSecond() ^ Long.MIN_VALUE)
                .putInt(time.getNano())
                .array();
    }

    static Instant time(byte[] bytes) {
        ByteBuffer time = ByteBuffer.wrap(bytes);
        return Instant.ofEpochSecond(time.getLong() ^ Long.MIN_VALUE, time.getInt());
    }
    // end region

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] key(char of, byte[]... parts) {
        int length = 1;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer key = ByteBuffer.allocate(length).put((byte) of);
        for (byte[] part : parts) {
            key.put(part);
        }
        return key.array();
    }
}
