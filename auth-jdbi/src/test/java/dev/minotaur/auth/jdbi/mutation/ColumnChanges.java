package dev.minotaur.auth.jdbi.mutation;

import static dev.minotaur.auth.jdbi.mutation.Mutant.Operator.KEEP;
import static dev.minotaur.auth.jdbi.mutation.Mutant.Operator.NOTHING;
import static dev.minotaur.auth.jdbi.mutation.Mutant.Operator.OTHER;

import dev.minotaur.auth.jdbi.mutation.Words.Edit;
import dev.minotaur.auth.jdbi.mutation.Words.Part;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Changes of what is inserted, set and selected. */
final class ColumnChanges {

    private static final Set<String> AFTER_ITEMS =
            Set.of("FROM", "WHERE", "UNION", "ORDER", "LIMIT", "RETURNING", "WHEN", "ON");

    private final Mutations mutations;
    private final Words words;
    private final ColumnTypes types;

    ColumnChanges(Mutations mutations, ColumnTypes types) {
        this.mutations = mutations;
        this.words = mutations.words();
        this.types = types;
    }

    void make() {
        for (int i = 0; i < words.size(); i++) {
            if (words.isAt(i, "INSERT")) {
                inserted(i);
            } else if (words.isAt(i, "SET (")) {
                setTogether(i + 1);
            } else if (words.isAt(i, "SET")) {
                setApart(words.split(words.until(i + 1, AFTER_ITEMS), ","));
            } else if (words.isAt(i, "SELECT")) {
                selected(words.split(words.until(i + 1, AFTER_ITEMS), ","));
            } else if (words.isAt(i, "RETURNING")) {
                returned(words.split(words.until(i + 1, AFTER_ITEMS), ","));
            }
        }
    }

    private void inserted(int insert) {
        int open = insert;
        while (!words.at(open).equals("(")) {
            open++;
        }
        int then = words.close(open) + 1;
        Part values = words.isAt(then, "VALUES") ? words.inside(then + 1) : words.until(then + 1, AFTER_ITEMS);
        exchange(words.split(words.inside(open), ","), words.split(values, ","), false);
    }

    private void setTogether(int open) {
        Part left = words.inside(open);
        Part right = words.inside(words.close(open) + 2);
        List<Part> columns = words.split(left, ",");
        List<Part> values = words.split(right, ",");
        exchange(columns, values, false);
        for (int i = 0; i < columns.size(); i++) {
            mutations.add(
                    KEEP,
                    words.text(columns.get(i)) + " keeps its value",
                    List.of(Lists.without(left, columns, i), Lists.without(right, values, i)));
        }
    }

    private void setApart(List<Part> assignments) {
        List<Part> columns = assignments.stream()
                .map(part -> new Part(part.from(), part.from() + 1))
                .toList();
        List<Part> values = assignments.stream()
                .map(part -> new Part(part.from() + 2, part.to()))
                .toList();
        exchange(columns, values, false);
        for (int i = 0; i < columns.size(); i++) {
            String column = words.text(columns.get(i));
            mutations.add(KEEP, column + " keeps its value", List.of(new Edit(values.get(i), column)));
        }
    }

    /** An item that is no column, as in SELECT 1 or in a CASE, is left to other changes. */
    private void selected(List<Part> items) {
        List<Part> columns = items.stream()
                .filter(item -> !item.isEmpty() && types.isColumn(words.text(item)))
                .toList();
        exchange(columns, columns, true);
    }

    /** What a part of a statement returns alone tells only that there is a row; what the whole returns is its answer. */
    private void returned(List<Part> items) {
        if (items.size() > 1 || items.get(0).to() == words.size()) {
            selected(items);
        }
    }

    /** What is selected has a name, which other parts of the statement may use. */
    private void exchange(List<Part> columns, List<Part> values, boolean selected) {
        for (int i = 0; i < columns.size(); i++) {
            String column = words.text(columns.get(i));
            if (types.isColumn(column)) {
                String name = selected ? " AS " + ColumnTypes.plain(column) : "";
                exchange(NOTHING, column, values.get(i), types.nothing(column), name);
                exchange(OTHER, column, values.get(i), other(columns, values, i), name);
            }
        }
    }

    private void exchange(Mutant.Operator operator, String column, Part value, String to, String name) {
        if (!to.equals(words.text(value))) {
            mutations.add(operator, column + ": " + to, List.of(new Edit(value, to + name)));
        }
    }

    /** The value of the next column of the same type, else another value, else the same. */
    private String other(List<Part> columns, List<Part> values, int index) {
        String column = words.text(columns.get(index));
        String value = words.text(values.get(index));
        return Stream.concat(
                        IntStream.range(index + 1, columns.size()).boxed(),
                        IntStream.range(0, index).boxed())
                .filter(i -> types.isSameType(column, words.text(columns.get(i))))
                .map(i -> words.text(values.get(i)))
                .findFirst()
                .or(() -> types.other(column, value))
                .orElse(value);
    }
}
