package dev.minotaur.auth.testkit;

/** The code points that a text may have, one after the other: all of two or three bytes and less, and of the others some. */
final class CodePoints {

    private final int stride;
    private int next = 1;

    /** With each code point of four bytes whose distance to the first is divisible by the stride, and the ends of each plane. */
    CodePoints(int stride) {
        this.stride = stride;
    }

    /** As many as fit into some chars; fewer than that, or none, at the end. */
    String take(int chars) {
        StringBuilder text = new StringBuilder();
        while (next <= Character.MAX_CODE_POINT && text.length() + Character.charCount(next) <= chars) {
            text.appendCodePoint(next);
            next = after(next);
        }
        return text.toString();
    }

    private int after(int codePoint) {
        int candidate = codePoint + 1;
        if (candidate == Character.MIN_SURROGATE) {
            return Character.MAX_SURROGATE + 1;
        }
        while (candidate <= Character.MAX_CODE_POINT && !isTaken(candidate)) {
            candidate++;
        }
        return candidate;
    }

    private boolean isTaken(int codePoint) {
        int inPlane = codePoint & 0xffff;
        return !Character.isSupplementaryCodePoint(codePoint)
                || inPlane == 0
                || inPlane >= 0xfffe
                || (codePoint - Character.MIN_SUPPLEMENTARY_CODE_POINT) % stride == 0;
    }
}
