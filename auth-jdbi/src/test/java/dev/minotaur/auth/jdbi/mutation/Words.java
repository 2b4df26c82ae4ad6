package dev.minotaur.auth.jdbi.mutation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A statement cut into words. Its parameters are numbered, so a change may leave one out, repeat one or move one. */
final class Words {

    private static final Pattern WORD = Pattern.compile("'[^']*'|\\?|[\\w.]+|<>|<=|>=|\\|\\||::|\\S");

    private final List<String> words;

    private Words(List<String> words) {
        this.words = words;
    }

    static Words of(String sql) {
        List<String> words = new ArrayList<>();
        int parameters = 0;
        for (MatchResult found : WORD.matcher(sql).results().toList()) {
            words.add(found.group().equals("?") ? "?" + ++parameters : found.group());
        }
        return new Words(List.copyOf(words));
    }

    /** A part of the statement: the words from one index to before another one. */
    record Part(int from, int to) {

        boolean isEmpty() {
            return from >= to;
        }
    }

    /** Other text in place of a part. */
    record Edit(Part part, String text) {}

    int size() {
        return words.size();
    }

    String at(int index) {
        return index >= 0 && index < size() ? words.get(index) : "";
    }

    /** Whether these words, in any case, are at an index. */
    boolean isAt(int index, String sequence) {
        String[] expected = sequence.split(" ", -1);
        for (int i = 0; i < expected.length; i++) {
            if (!at(index + i).equalsIgnoreCase(expected[i])) {
                return false;
            }
        }
        return true;
    }

    String text(Part part) {
        return String.join(" ", words.subList(part.from(), part.to()));
    }

    String text() {
        return String.join(" ", words);
    }

    /** The statement after some edits, none of which touches the part of another one. */
    String with(List<Edit> edits) {
        List<String> changed = new ArrayList<>(words);
        edits.stream()
                .sorted(Comparator.comparingInt((Edit edit) -> edit.part().from())
                        .reversed())
                .forEach(edit -> {
                    List<String> part =
                            changed.subList(edit.part().from(), edit.part().to());
                    part.clear();
                    if (!edit.text().isEmpty()) {
                        part.add(edit.text());
                    }
                });
        return String.join(" ", changed);
    }

    /** The index of the parenthesis that closes the one at an index. */
    int close(int open) {
        int depth = 0;
        for (int i = open; i < size(); i++) {
            depth += at(i).equals("(") ? 1 : at(i).equals(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("not closed: " + text());
    }

    /** What is inside the parentheses that open at an index. */
    Part inside(int open) {
        return new Part(open + 1, close(open));
    }

    /** The part that begins at an index and goes on to one of some words on the same level, or to the end of the level. */
    Part until(int from, Set<String> stops) {
        int i = from;
        while (i < size() && !at(i).equals(")") && !stops.contains(at(i))) {
            i = at(i).equals("(") ? close(i) + 1 : i + 1;
        }
        return new Part(from, i);
    }

    /** The parts between the words of a kind, on the level of the part. */
    List<Part> split(Part part, String separator) {
        List<Part> parts = new ArrayList<>();
        int from = part.from();
        for (int i = part.from(); i < part.to(); i++) {
            if (at(i).equals("(")) {
                i = close(i);
            } else if (isAt(i, separator)) {
                parts.add(new Part(from, i));
                from = i + 1;
            }
        }
        parts.add(new Part(from, part.to()));
        return parts;
    }

    /** The index of the first of these words on the level of a part, or -1. */
    int find(Part part, String sequence) {
        for (int i = part.from(); i < part.to(); i++) {
            if (isAt(i, sequence)) {
                return i;
            }
            if (at(i).equals("(")) {
                i = close(i);
            }
        }
        return -1;
    }

    /** The numbers of the parameters in the order in which a text names them. */
    static int[] parameters(String text) {
        Matcher matcher = Pattern.compile("\\?(\\d+)").matcher(text);
        return matcher.results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .toArray();
    }

    /** A text with numbered parameters as a driver takes it. */
    static String forDriver(String text) {
        return text.replaceAll("\\?\\d+", "?");
    }
}
