package org.example.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The fields of a hash, as a script takes and gives them: name and value in turn. An absent component has no field. */
final class Fields {

    private final Map<String, String> values = new LinkedHashMap<>();

    static Optional<Fields> of(Object answer) {
        List<?> flat = (List<?>) answer;
        Fields fields = new Fields();
        for (int i = 0; i < flat.size(); i += 2) {
            fields.values.put((String) flat.get(i), (String) flat.get(i + 1));
        }
        return fields.values.isEmpty() ? Optional.empty() : Optional.of(fields);
    }

    Fields with(String name, String value) {
        values.put(name, value);
        return this;
    }

    Fields with(String name, Instant value) {
        return with(name, time(value));
    }

    Optional<String> find(String name) {
        return Optional.ofNullable(values.get(name));
    }

    Optional<Instant> findTime(String name) {
        return find(name).map(Fields::time);
    }

    String get(String name) {
        return find(name).orElseThrow();
    }

    Instant getTime(String name) {
        return findTime(name).orElseThrow();
    }

    /** What a script takes: its other arguments, and then these fields. */
    List<String> after(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        values.forEach((name, value) -> {
            all.add(name);
            all.add(value);
        });
        return all;
    }

    // region time
    /** Digits only, and always as many, so that text sorts as the times do. A number in Lua has 53 bits, which is too few. */
    static String time(Instant time) {
        long seconds = time.getEpochSecond() - Instant.MIN.getEpochSecond();
        return String.format(Locale.ROOT, "%017d%09d", seconds, time.getNano());
    }

    static Instant time(String text) {
        long seconds = Long.parseLong(text.substring(0, 17)) + Instant.MIN.getEpochSecond();
        return Instant.ofEpochSecond(seconds, Long.parseLong(text.substring(17)));
    }
    // end region
}
