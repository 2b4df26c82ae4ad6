package dev.minotaur.auth.jdbi.mutation;

import dev.minotaur.auth.jdbi.mutation.Words.Edit;
import dev.minotaur.auth.jdbi.mutation.Words.Part;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the changes of one statement; each text once. */
final class Mutations {

    private final String name;
    private final String original;
    private final Words words;
    private final Map<String, Mutant> byText = new LinkedHashMap<>();

    private Mutations(String name, String original) {
        this.name = name;
        this.original = original;
        this.words = Words.of(original);
    }

    static List<Mutant> of(String name, String sql, ColumnTypes types) {
        Mutations mutations = new Mutations(name, sql);
        new ConditionChanges(mutations).make();
        new ColumnChanges(mutations, types).make();
        new ClauseChanges(mutations).make();
        return List.copyOf(mutations.byText.values());
    }

    Words words() {
        return words;
    }

    void replace(Mutant.Operator operator, Part part, String text) {
        String to = text.isEmpty() ? "nothing" : text;
        add(operator, words.text(part) + " → " + to, List.of(new Edit(part, text)));
    }

    void add(Mutant.Operator operator, String change, List<Edit> edits) {
        String text = words.with(edits);
        if (!text.equals(words.text())) {
            byText.putIfAbsent(text, new Mutant(name, original, operator, change, text));
        }
    }
}
