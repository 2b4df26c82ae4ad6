package dev.minotaur.auth.password;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Words of which no password may consist: kept in the parts that spaces and signs divide, in lower case after NFC. */
final class ContextWords {

    /** A year, or the digits that a rule of composition once asked for, make a guess no harder. */
    private static final int FREE_DIGITS = 4;

    private final List<int[]> parts;
    private final List<int[]> wholes;

    private ContextWords(List<int[]> parts, List<int[]> wholes) {
        this.parts = parts;
        this.wholes = wholes;
    }

    static ContextWords none() {
        return new ContextWords(List.of(), List.of());
    }

    ContextWords and(Collection<String> words) {
        for (String word : words) {
            if (partsOf(word).isEmpty()) {
                throw new IllegalArgumentException("a context word has more in it than spaces and signs");
            }
        }
        return with(words);
    }

    ContextWords with(Collection<String> words) {
        List<int[]> all = new ArrayList<>(parts);
        List<int[]> whole = new ArrayList<>(wholes);
        words.stream().flatMap(ContextWords::spellings).forEach(word -> {
            all.addAll(partsOf(word));
            whole.add(folded(word));
        });
        return new ContextWords(all, whole);
    }

    /**
     * Of some letters the capital is that of two, such as sigma, or is written as two: the capitals fold to another word then,
     * and the small letters of the capitals to a third.
     */
    private static Stream<String> spellings(String word) {
        String capitals = word.toUpperCase(Locale.ROOT);
        return Stream.of(word, capitals, capitals.toLowerCase(Locale.ROOT)).distinct();
    }

    private static int[] folded(String word) {
        return Normalizer.normalize(word, Normalizer.Form.NFC)
                .codePoints()
                .map(Character::toLowerCase)
                .toArray();
    }

    private static List<int[]> partsOf(String word) {
        int[] text = folded(word);
        List<int[]> found = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= text.length; i++) {
            if (i == text.length || isSeparator(text[i])) {
                if (i > from) {
                    found.add(Arrays.copyOfRange(text, from, i));
                }
                from = i + 1;
            }
        }
        return found;
    }

    /**
     * Whether a password is one of the words, whatever that is made of, or nothing but parts, separators and a few digits. For
     * each beginning of it the fewest digits are kept that are in no part.
     */
    boolean compose(FoldedPassword password) {
        if (wholes.stream().anyMatch(word -> word.length == password.length() && password.has(word, 0))) {
            return true;
        }
        if (parts.isEmpty() || (isTooPlain(password) && hasNoPart(password))) {
            return false;
        }
        int[] fewest = new int[password.length() + 1];
        Arrays.fill(fewest, 1, fewest.length, FREE_DIGITS + 1);
        for (int i = 0; i < password.length(); i++) {
            if (fewest[i] > FREE_DIGITS) {
                continue;
            }
            if (isSeparator(password.at(i))) {
                reach(fewest, i + 1, fewest[i]);
            } else if (Character.isDigit(password.at(i))) {
                reach(fewest, i + 1, fewest[i] + 1);
            }
            for (int[] part : parts) {
                if (password.has(part, i)) {
                    reach(fewest, i + part.length, fewest[i]);
                }
            }
        }
        return fewest[password.length()] <= FREE_DIGITS;
    }

    private static void reach(int[] fewest, int end, int digits) {
        fewest[end] = Math.min(fewest[end], digits);
    }

    private boolean hasNoPart(FoldedPassword password) {
        return parts.stream()
                .noneMatch(part -> IntStream.range(0, password.length()).anyMatch(from -> password.has(part, from)));
    }

    /** Whether separators and free digits are all of it: then it has no word, which is not for here to judge. */
    private static boolean isTooPlain(FoldedPassword password) {
        int digits = 0;
        for (int i = 0; i < password.length(); i++) {
            if (Character.isDigit(password.at(i))) {
                digits++;
            } else if (!isSeparator(password.at(i))) {
                return false;
            }
        }
        return digits <= FREE_DIGITS;
    }

    /**
     * What ASCII has beside letters and digits; beyond it spaces, punctuation, signs and what does not show, but no mark, which
     * a script may need in a word, and no picture, of which there are thousands to choose from.
     */
    private static boolean isSeparator(int codePoint) {
        if (codePoint < 0x80) {
            return !Character.isDigit(codePoint) && !(codePoint >= 'a' && codePoint <= 'z');
        }
        return switch (Character.getType(codePoint)) {
            case Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.CURRENCY_SYMBOL,
                    Character.MATH_SYMBOL,
                    Character.MODIFIER_SYMBOL,
                    Character.FORMAT,
                    Character.CONTROL -> true;
            default -> false;
        };
    }
}
