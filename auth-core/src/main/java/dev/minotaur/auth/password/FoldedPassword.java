package dev.minotaur.auth.password;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A password as it is compared with what is refused: its code points after NFC in lower case, each for itself, in no language.
 * They are wiped by {@link #close}, and are never made a {@code String}.
 */
final class FoldedPassword implements AutoCloseable {

    private final int[] codePoints;

    private FoldedPassword(int[] codePoints) {
        this.codePoints = codePoints;
    }

    /** Of a password that is hashable. */
    static FoldedPassword of(RawPassword password) {
        byte[] utf8 = password.utf8();
        char[] chars = new char[utf8.length];
        CharBuffer text = CharBuffer.wrap(chars);
        StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8), text, true);
        text.flip();
        int[] folded = new int[password.length()];
        for (int at = 0, i = 0; i < folded.length; i++) {
            int codePoint = Character.codePointAt(text, at);
            folded[i] = Character.toLowerCase(codePoint);
            at += Character.charCount(codePoint);
        }
        Arrays.fill(utf8, (byte) 0);
        Arrays.fill(chars, '\0');
        return new FoldedPassword(folded);
    }

    int length() {
        return codePoints.length;
    }

    int at(int index) {
        return codePoints[index];
    }

    /** Whether these code points stand from an index on. */
    boolean has(int[] part, int from) {
        return from + part.length <= codePoints.length
                && Arrays.equals(codePoints, from, from + part.length, part, 0, part.length);
    }

    @Override
    public void close() {
        Arrays.fill(codePoints, 0);
    }
}
