package dev.minotaur.auth.testkit;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes maps, lists, text, numbers and truth values as JSON. */
final class Json {

    private Json() {}

    static String of(Object value) {
        return of(value, "\n") + "\n";
    }

    private static String of(Object value, String newLine) {
        String inner = newLine + "  ";
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> text(String.valueOf(entry.getKey())) + ": " + of(entry.getValue(), inner))
                    .collect(Collectors.joining("," + inner, "{" + inner, newLine + "}"));
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(element -> of(element, inner))
                    .collect(Collectors.joining("," + inner, "[" + inner, newLine + "]"));
        }
        return value instanceof Number || value instanceof Boolean ? value.toString() : text(value.toString());
    }

    private static String text(String value) {
        StringBuilder text = new StringBuilder("\"");
        value.codePoints().forEach(point -> text.append(escaped(point)));
        return text.append('"').toString();
    }

    /** A surrogate without its other half cannot be written as UTF-8, so it is escaped too. */
    private static String escaped(int point) {
        if (point == '\n') {
            return "\\n";
        }
        int type = Character.getType(point);
        boolean plain = type != Character.CONTROL && type != Character.SURROGATE && point != '"' && point != '\\';
        return plain ? Character.toString(point) : String.format(Locale.ROOT, "\\u%04x", point);
    }
}
