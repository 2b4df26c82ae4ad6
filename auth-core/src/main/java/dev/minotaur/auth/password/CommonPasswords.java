package dev.minotaur.auth.password;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The passwords that are chosen most: for each least length from 8 to 15 the 3000 most common that have it, and all of 15 and
 * more that the source has. Read when first asked, and once.
 *
 * <p>Of each the first bytes of a SHA-256 are kept, in order, the long ones first: so the jar spreads nobody's password, and
 * the list is small. A good password is taken for a listed one once in ten thousand millions.
 */
final class CommonPasswords {

    private static final String RESOURCE = "common-passwords.bin";
    private static final int LONG = 15;
    private static final int DIGEST_BYTES = 6;

    private final ByteBuffer digests;
    private final int longOnes;
    private final int shortOnes;

    private CommonPasswords(ByteBuffer list) {
        this.longOnes = list.getInt();
        this.shortOnes = list.getInt();
        this.digests = list.slice();
    }

    private static final class Holder {
        private static final CommonPasswords LIST = new CommonPasswords(read());
    }

    static CommonPasswords list() {
        return Holder.LIST;
    }

    private static ByteBuffer read() {
        try (InputStream in = CommonPasswords.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the list of common passwords is missing beside its class");
            }
            return ByteBuffer.wrap(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the list of common passwords cannot be read", unreadable);
        }
    }

    int longOnes() {
        return longOnes;
    }

    int shortOnes() {
        return shortOnes;
    }

    int sizeInBytes() {
        return digests.capacity();
    }

    /** Whether a password is listed. None that is has anything beyond ASCII. */
    boolean contains(FoldedPassword password) {
        if (IntStream.range(0, password.length()).anyMatch(i -> password.at(i) >= 0x80)) {
            return false;
        }
        byte[] text = new byte[password.length()];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) password.at(i);
        }
        long sought = firstOf(ByteBuffer.wrap(sha256(text)), 0);
        Arrays.fill(text, (byte) 0);
        return text.length >= LONG ? find(sought, 0, longOnes) : find(sought, longOnes, longOnes + shortOnes);
    }

    private boolean find(long sought, int from, int to) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            long there = firstOf(digests, middle);
            if (there == sought) {
                return true;
            }
            if (there < sought) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return false;
    }

    private static long firstOf(ByteBuffer bytes, int index) {
        int at = index * DIGEST_BYTES;
        return ((bytes.getShort(at) & 0xFFFFL) << Integer.SIZE) | (bytes.getInt(at + Short.BYTES) & 0xFFFFFFFFL);
    }

    private static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
