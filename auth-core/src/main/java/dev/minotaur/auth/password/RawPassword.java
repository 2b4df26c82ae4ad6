package dev.minotaur.auth.password;

import dev.minotaur.auth.internal.WellFormed;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Objects;

/**
 * A password in the clear, as its owner typed it. It holds a copy of its own, which {@link #close} wipes; it has no
 * {@code equals} and shows nothing in {@code toString}.
 *
 * <p>The text is normalised to NFC and nothing else: no trimming, no folding (NIST SP 800-63B-4 section 3.1.1.2, ASVS 6.2.8).
 * Taking a password never fails; one that no hasher may see is told by {@link #isHashable}. A text of chars below U+0300,
 * such as ASCII and Latin-1, is never made a {@code String} that could not be wiped; of others the normaliser makes one.
 */
public final class RawPassword implements AutoCloseable {

    /** The longest input that is looked at, in chars; anything longer is not hashable. */
    public static final int MAX_CHARS = 4096;

    /** Below it every char is its own NFC form, whatever stands beside it. */
    private static final int FIRST_COMBINING = 0x300;

    private final byte[] utf8;
    private final int codePoints;
    private final boolean wellFormed;
    private boolean closed;

    private RawPassword(byte[] utf8, int codePoints, boolean wellFormed) {
        this.utf8 = utf8;
        this.codePoints = codePoints;
        this.wellFormed = wellFormed;
    }

    /**
     * Takes a password from an array, which stays the caller's to wipe.
     *
     * @param chars what was typed, of any length and content
     * @return the password
     */
    public static RawPassword of(char[] chars) {
        Objects.requireNonNull(chars, "chars");
        return of(CharBuffer.wrap(chars));
    }

    /**
     * Takes a password from a string, which nobody can wipe: for callers whose framework gives them nothing else.
     *
     * @param text what was typed, of any length and content
     * @return the password
     */
    public static RawPassword ofString(String text) {
        Objects.requireNonNull(text, "text");
        return of(CharBuffer.wrap(text));
    }

    private static RawPassword of(CharBuffer typed) {
        boolean wellFormed = WellFormed.isWellFormed(typed);
        if (!wellFormed || typed.length() > MAX_CHARS) {
            return new RawPassword(new byte[0], Character.codePointCount(typed, 0, typed.length()), wellFormed);
        }
        CharBuffer composed = typed.chars().allMatch(c -> c < FIRST_COMBINING)
                ? typed
                : CharBuffer.wrap(Normalizer.normalize(typed, Normalizer.Form.NFC));
        byte[] room = new byte[3 * composed.length()];
        ByteBuffer encoded = ByteBuffer.wrap(room);
        StandardCharsets.UTF_8.newEncoder().encode(composed.duplicate(), encoded, true);
        byte[] bytes = Arrays.copyOf(room, encoded.position());
        Arrays.fill(room, (byte) 0);
        return new RawPassword(bytes, Character.codePointCount(composed, 0, composed.length()), true);
    }

    /**
     * Counts code points after NFC, as NIST SP 800-63B-4 section 3.1.1.2 counts length.
     *
     * @return the length; before NFC if the password is not hashable
     */
    public int length() {
        return codePoints;
    }

    /**
     * Whether the text is free of NUL, which ends a password in bcrypt, and of lone surrogates, which encode like '?'.
     *
     * @return whether it is
     */
    public boolean isWellFormed() {
        return wellFormed;
    }

    /**
     * Whether a hasher may see the password: it is not empty, not over {@link #MAX_CHARS}, and well-formed.
     *
     * @return whether {@link #utf8} is the whole password
     */
    public boolean isHashable() {
        return utf8.length > 0;
    }

    /**
     * Counts the bytes of {@link #utf8}.
     *
     * @return the count; 0 if the password is not hashable
     */
    public int utf8Length() {
        return utf8.length;
    }

    /**
     * Gives the password's bytes to a hasher.
     *
     * @return a copy of the UTF-8 of the NFC form, for the caller to wipe; empty if the password is not hashable
     * @throws IllegalStateException if the password is closed
     */
    public byte[] utf8() {
        if (closed) {
            throw new IllegalStateException("the password is closed");
        }
        return utf8.clone();
    }

    /** Another one of the same text, to be closed by itself. */
    RawPassword copy() {
        return new RawPassword(utf8(), codePoints, wellFormed);
    }

    /** Wipes the copy. A second call does nothing. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(utf8, (byte) 0);
    }

    /** {@return the name of the type only} */
    @Override
    public String toString() {
        return "RawPassword[redacted]";
    }
}
