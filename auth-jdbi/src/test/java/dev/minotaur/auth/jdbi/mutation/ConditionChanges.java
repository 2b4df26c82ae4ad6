package dev.minotaur.auth.jdbi.mutation;

import static dev.minotaur.auth.jdbi.mutation.Mutant.Operator.BOUNDARY;
import static dev.minotaur.auth.jdbi.mutation.Mutant.Operator.COMPARISON;
import static dev.minotaur.auth.jdbi.mutation.Mutant.Operator.CONNECTIVE;
import static dev.minotaur.auth.jdbi.mutation.Mutant.Operator.FALSE;
import static dev.minotaur.auth.jdbi.mutation.Mutant.Operator.ROW;
import static dev.minotaur.auth.jdbi.mutation.Mutant.Operator.TRUE;

import dev.minotaur.auth.jdbi.mutation.Words.Edit;
import dev.minotaur.auth.jdbi.mutation.Words.Part;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Changes of what follows WHERE, ON and WHEN. */
final class ConditionChanges {

    private static final Set<String> STOPS = Set.of(
            "GROUP", "ORDER", "LIMIT", "FETCH", "FOR", "RETURNING", "UNION", "THEN", "WHEN", "WHERE", "SET", "ON");

    private static final Map<String, String> OPPOSITE =
            Map.of("=", "<>", "<>", "=", "<", ">=", "<=", ">", ">", "<=", ">=", "<");

    private static final Map<String, String> BOUNDARIES = Map.of("<", "<=", "<=", "<", ">", ">=", ">=", ">");

    private final Mutations mutations;
    private final Words words;

    ConditionChanges(Mutations mutations) {
        this.mutations = mutations;
        this.words = mutations.words();
    }

    void make() {
        for (int i = 0; i < words.size(); i++) {
            if (words.isAt(i, "MATCHED AND")) {
                condition(words.until(i + 2, STOPS));
            } else if (leadsToCondition(i)) {
                condition(words.until(i + 1, STOPS));
            }
        }
    }

    private boolean leadsToCondition(int index) {
        return switch (words.at(index)) {
            case "WHERE" -> true;
            case "ON" -> !words.isAt(index + 1, "CONFLICT");
            case "WHEN" -> !words.isAt(index + 1, "MATCHED") && !words.isAt(index + 1, "NOT MATCHED");
            default -> false;
        };
    }

    private void condition(Part part) {
        mutations.replace(TRUE, part, "TRUE");
        mutations.replace(FALSE, part, "FALSE");
        if (words.at(part.from()).equals("(") && words.close(part.from()) == part.to() - 1) {
            condition(words.inside(part.from()));
        } else if (!connected(part, "OR", "AND") && !connected(part, "AND", "OR")) {
            single(part);
        }
    }

    private boolean connected(Part part, String connective, String other) {
        List<Part> operands = words.split(part, connective);
        if (operands.size() == 1) {
            return false;
        }
        for (Part operand : operands) {
            condition(operand);
            if (operand.to() < part.to()) {
                String change = words.text(operand) + " " + connective + " … → " + other;
                mutations.add(CONNECTIVE, change, List.of(new Edit(new Part(operand.to(), operand.to() + 1), other)));
            }
        }
        return true;
    }

    private void single(Part part) {
        if (words.isAt(part.from(), "NOT")) {
            mutations.replace(COMPARISON, new Part(part.from(), part.from() + 1), "");
        } else if (words.isAt(part.from(), "EXISTS")) {
            mutations.add(
                    COMPARISON,
                    words.text(part) + " → NOT",
                    List.of(new Edit(new Part(part.from(), part.from()), "NOT")));
        }
        for (int i = part.from(); i < part.to(); i++) {
            if (words.at(i).equals("(")) {
                i = words.close(i);
            } else if (OPPOSITE.containsKey(words.at(i))) {
                swap(COMPARISON, part, i, OPPOSITE.get(words.at(i)));
                swap(BOUNDARY, part, i, BOUNDARIES.getOrDefault(words.at(i), words.at(i)));
            } else if (words.isAt(i, "IS")) {
                boolean not = words.isAt(i + 1, "NOT");
                swap(COMPARISON, part, i, not ? "" : "IS NOT");
                rows(part, i);
            }
        }
    }

    private void swap(Mutant.Operator operator, Part part, int index, String to) {
        boolean isNot = to.isEmpty();
        Edit edit = isNot ? new Edit(new Part(index, index + 2), "IS") : new Edit(new Part(index, index + 1), to);
        mutations.add(operator, words.text(part) + " → " + (isNot ? "IS" : to), List.of(edit));
    }

    /** Of (a, b) IS NOT DISTINCT FROM (c, d), leaves out a and c, and then b and d. */
    private void rows(Part part, int is) {
        int open = words.isAt(is + 1, "NOT") ? is + 4 : is + 3;
        if (!words.at(part.from()).equals("(") || !words.at(open).equals("(")) {
            return;
        }
        Part left = words.inside(part.from());
        Part right = words.inside(open);
        List<Part> columns = words.split(left, ",");
        List<Part> values = words.split(right, ",");
        for (int i = 0; i < columns.size(); i++) {
            mutations.add(
                    ROW,
                    words.text(columns.get(i)) + " not compared",
                    List.of(Lists.without(left, columns, i), Lists.without(right, values, i)));
        }
    }
}
