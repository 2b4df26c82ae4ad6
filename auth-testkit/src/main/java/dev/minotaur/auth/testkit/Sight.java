package dev.minotaur.auth.testkit;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a handle sees: questions, and the answers as text.
 *
 * @param answers by question
 */
record Sight(Map<String, String> answers) {

    Sight() {
        this(Map.of());
    }

    /** The same with one answer more, or another. */
    Sight with(String question, Object answer) {
        Map<String, String> all = new TreeMap<>(answers);
        all.put(question, answer instanceof String text ? text : Shown.of(answer));
        return new Sight(all);
    }

    /** The same with other answers to some questions. */
    Sight with(Map<String, String> others) {
        Map<String, String> all = new TreeMap<>(answers);
        all.putAll(others);
        return new Sight(all);
    }

    /** Throws unless this is one of those that may be seen; tells only of what differs between them. */
    void expectOneOf(String subject, Collection<Sight> allowed) {
        if (!allowed.contains(this)) {
            List<String> differing = questions(allowed)
                    .filter(question -> allowed.stream()
                            .anyMatch(other -> !other.answer(question).equals(answer(question))))
                    .toList();
            String expected = allowed.stream()
                    .map(sight -> sight.shown(differing))
                    .distinct()
                    .collect(Collectors.joining(" or "));
            throw new Unmet(subject, expected, shown(differing));
        }
    }

    private Stream<String> questions(Collection<Sight> others) {
        return Stream.concat(Stream.of(this), others.stream())
                .flatMap(sight -> sight.answers.keySet().stream())
                .distinct()
                .sorted();
    }

    private String answer(String question) {
        return answers.getOrDefault(question, "none");
    }

    private String shown(List<String> questions) {
        return questions.stream()
                .map(question -> question + ": " + answer(question))
                .collect(Collectors.joining(", ", "{", "}"));
    }
}
