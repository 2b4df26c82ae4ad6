package org.example.store;

import dev.minotaur.auth.spi.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * A record as bytes: the number of the format, then for each component that is there its number, its length and its value. A
 * component that is absent is not there. One that is added later gets a new number: a record without it is read as before,
 * and a program that does not know the number passes over it. A number is never used again for something else.
 */
final class Packed {

    private static final byte FORMAT = 1;
    private static final int HEAD = Byte.BYTES + Short.BYTES;

    private final Map<Byte, byte[]> values = new TreeMap<>();

    // region packed
    byte[] bytes() {
        int length = 1
                + values.values().stream()
                        .mapToInt(value -> HEAD + value.length)
                        .sum();
        ByteBuffer bytes = ByteBuffer.allocate(length).put(FORMAT);
        values.forEach((number, value) ->
                bytes.put(number).putShort((short) value.length).put(value));
        return bytes.array();
    }

    static Packed of(byte[] bytes) {
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        if (rest.get() != FORMAT) {
            throw StoreException.nothingHappened("a record is in a format that this program does not know", null);
        }
        Packed packed = new Packed();
        while (rest.hasRemaining()) {
            byte number = rest.get();
            byte[] value = new byte[Short.toUnsignedInt(rest.getShort())];
            rest.get(value);
            packed.values.put(number, value);
        }
        return packed;
    }
    // end region

    Packed with(int number, byte[] value) {
        if (value.length > 0xffff) {
            throw new IllegalArgumentException("a component is too long");
        }
        values.put((byte) number, value);
        return this;
    }

    Packed with(int number, String value) {
        return with(number, value.getBytes(StandardCharsets.UTF_8));
    }

    Packed with(int number, long value) {
        return with(number, ByteBuffer.allocate(Long.BYTES).putLong(value).array());
    }

    Packed with(int number, UUID value) {
        return with(number, Keys.id(value));
    }

    Packed with(int number, Instant value) {
        return with(number, Keys.time(value));
    }

    Optional<byte[]> bytes(int number) {
        return Optional.ofNullable(values.get((byte) number));
    }

    Optional<String> text(int number) {
        return bytes(number).map(value -> new String(value, StandardCharsets.UTF_8));
    }

    Optional<Long> number(int number) {
        return bytes(number).map(value -> ByteBuffer.wrap(value).getLong());
    }

    Optional<UUID> id(int number) {
        return bytes(number).map(Keys::id);
    }

    Optional<Instant> time(int number) {
        return bytes(number).map(Keys::time);
    }
}
