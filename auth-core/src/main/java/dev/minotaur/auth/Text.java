package dev.minotaur.auth;

/** What any text must be before a store sees it. */
final class Text {

    private Text() {}

    /** Whether the text has no NUL (PostgreSQL cannot hold it) and no lone surrogate (drivers turn it into '?'). */
    static boolean isStorable(CharSequence text) {
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

    static String requireStorable(String text, int maxLength, String what) {
        if (text.isEmpty() || text.length() > maxLength) {
            throw new IllegalArgumentException(what + " must have 1 to " + maxLength + " chars");
        }
        if (!isStorable(text)) {
            throw new IllegalArgumentException(what + " has a NUL or a lone surrogate");
        }
        return text;
    }
}
