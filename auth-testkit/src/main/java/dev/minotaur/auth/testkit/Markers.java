package dev.minotaur.auth.testkit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Values that are looked for in what a store shows or keeps: as they are, and in the forms in which they usually hide. */
final class Markers {

    private static final int LEAST = 16;
    private static final int AROUND = 24;
    private static final int FILTER = (1 << 20) - 1;

    private final List<Form> forms = new ArrayList<>();

    /** Adds a text of ASCII characters, at least sixteen so that no other text has it by accident. */
    void text(String name, String value) {
        forms.add(new Form(name, "as text", value.toLowerCase(Locale.ROOT), false));
        bytes(name, value.getBytes(StandardCharsets.UTF_8));
        byte[] utf16 = value.getBytes(StandardCharsets.UTF_16BE);
        bytes(name, Arrays.copyOfRange(utf16, 1, utf16.length));
    }

    /** Adds bytes, at least sixteen. */
    void bytes(String name, byte[] value) {
        if (value.length < LEAST) {
            throw new IllegalArgumentException("a marker is found by accident if it is short");
        }
        for (String delimiter : List.of("", " ", ":")) {
            String hex = HexFormat.ofDelimiter(delimiter).formatHex(value);
            forms.add(new Form(name, "in hex", hex, false));
        }
        String numbers = Arrays.toString(value);
        forms.add(new Form(name, "as numbers", numbers.substring(1, numbers.length() - 1), true));
        forms.add(new Form(name, "as bytes", new String(value, StandardCharsets.ISO_8859_1), true));
        for (int before = 0; before < 3; before++) {
            String base64 = base64(value, before);
            forms.add(new Form(name, "in base64", base64, true));
            forms.add(new Form(name, "in base64url", base64.replace('+', '-').replace('/', '_'), true));
        }
    }

    /** Adds an id as it is written, and as bytes. */
    void uuid(String name, String value) {
        UUID id = UUID.fromString(value);
        text(name, value);
        bytes(
                name,
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(id.getMostSignificantBits())
                        .putLong(id.getLeastSignificantBits())
                        .array());
    }

    /** The first marker that a text has, and what stands around it. */
    Optional<String> in(String text) {
        return found(text).entrySet().stream()
                .findFirst()
                .map(found -> found.getKey().name() + " " + found.getKey().how() + ": " + found.getValue());
    }

    /** The names of all markers that a text has, in the order in which they were added. */
    List<String> allIn(String text) {
        Map<Form, String> found = found(text);
        return forms.stream()
                .filter(found::containsKey)
                .map(Form::name)
                .distinct()
                .toList();
    }

    private Map<Form, String> found(String text) {
        Map<Form, String> found = new LinkedHashMap<>();
        scan(text, true, found);
        scan(text.toLowerCase(Locale.ROOT), false, found);
        return found;
    }

    /** Goes through a text once, however many forms there are: a hash of the last chars tells where one may begin. */
    private void scan(String text, boolean exact, Map<Form, String> found) {
        Map<Integer, List<Form>> byStart = forms.stream()
                .filter(form -> form.exact() == exact)
                .collect(Collectors.groupingBy(
                        form -> form.written().substring(0, LEAST).hashCode()));
        BitSet possible = new BitSet();
        byStart.keySet().forEach(hash -> possible.set(hash & FILTER));
        int outgoing = 1;
        for (int i = 0; i < LEAST; i++) {
            outgoing *= 31;
        }
        int hash = 0;
        for (int end = 1; end <= text.length(); end++) {
            hash = 31 * hash + text.charAt(end - 1);
            int start = end - LEAST;
            if (start > 0) {
                hash -= outgoing * text.charAt(start - 1);
            }
            if (start >= 0 && possible.get(hash & FILTER)) {
                for (Form form : byStart.getOrDefault(hash, List.of())) {
                    if (text.startsWith(form.written(), start)) {
                        int until =
                                Math.min(text.length(), start + form.written().length() + AROUND);
                        found.putIfAbsent(form, text.substring(Math.max(0, start - AROUND), until));
                    }
                }
            }
        }
    }

    /** What bytes look like in base64 behind some others: only the characters that no other byte has a part in. */
    private static String base64(byte[] value, int before) {
        byte[] shifted = new byte[before + value.length];
        System.arraycopy(value, 0, shifted, before, value.length);
        String text = Base64.getEncoder().encodeToString(shifted);
        return text.substring((8 * before + 5) / 6, 8 * shifted.length / 6);
    }

    /**
     * One way to write a marker.
     *
     * @param name the marker
     * @param how the way
     * @param written the outcome, in lower case if case does not count
     * @param exact whether case counts
     */
    private record Form(String name, String how, String written, boolean exact) {}
}
