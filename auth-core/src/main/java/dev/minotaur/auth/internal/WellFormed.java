package dev.minotaur.auth.internal;

/** What any text must be before a store or a hasher sees it. */
public final class WellFormed {

    private WellFormed() {}

    /**
     * Whether a text has no NUL, which PostgreSQL cannot hold and bcrypt stops at, and no lone surrogate, which drivers and
     * encoders turn into '?'.
     *
     * @param text any text
     * @return whether it is well-formed
     */
    public static boolean isWellFormed(CharSequence text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0' || Character.isLowSurrogate(c)) {
                return false;
            }
            if (Character.isHighSurrogate(c)) {
                i++;
                if (i == text.length() || !Character.isLowSurrogate(text.charAt(i))) {
                    return false;
                }
            }
        }
        return true;
    }

    /**
     * Requires a text of some length, well-formed.
     *
     * @param text the text
     * @param maxLength the most chars
     * @param what what it is, for the message
     * @return the text
     * @throws IllegalArgumentException if it is empty, too long or not well-formed; the message does not quote it
     */
    public static String require(String text, int maxLength, String what) {
        if (text.isEmpty() || text.length() > maxLength) {
            throw new IllegalArgumentException(what + " must have 1 to " + maxLength + " chars");
        }
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException(what + " has a NUL or a lone surrogate");
        }
        return text;
    }
}
