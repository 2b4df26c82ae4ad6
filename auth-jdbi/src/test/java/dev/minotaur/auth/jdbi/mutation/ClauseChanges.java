package dev.minotaur.auth.jdbi.mutation;

import static dev.minotaur.auth.jdbi.mutation.Mutant.Operator.BRANCH;
import static dev.minotaur.auth.jdbi.mutation.Mutant.Operator.CONFLICT;
import static dev.minotaur.auth.jdbi.mutation.Mutant.Operator.FUNCTION;
import static dev.minotaur.auth.jdbi.mutation.Mutant.Operator.LIMIT;
import static dev.minotaur.auth.jdbi.mutation.Mutant.Operator.LITERAL;
import static dev.minotaur.auth.jdbi.mutation.Mutant.Operator.LOCK;
import static dev.minotaur.auth.jdbi.mutation.Mutant.Operator.ORDER;

import dev.minotaur.auth.jdbi.mutation.Words.Edit;
import dev.minotaur.auth.jdbi.mutation.Words.Part;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Changes of whole clauses, and of what is in few statements only. */
final class ClauseChanges {

    private static final Set<String> AFTER_ORDER = Set.of("LIMIT", "FOR", "FETCH");
    private static final Set<String> AFTER_BRANCH = Set.of("UNION");
    private static final Set<String> AFTER_CONFLICT = Set.of("RETURNING");
    private static final Set<String> AFTER_WHEN = Set.of("WHEN");
    private static final Set<String> NONE = Set.of();

    private final Mutations mutations;
    private final Words words;

    ClauseChanges(Mutations mutations) {
        this.mutations = mutations;
        this.words = mutations.words();
    }

    void make() {
        List<String> literals = IntStream.range(0, words.size())
                .mapToObj(words::at)
                .filter(word -> word.matches("'\\w+'"))
                .distinct()
                .toList();
        for (int i = 0; i < words.size(); i++) {
            switch (words.at(i)) {
                case "ORDER" -> order(new Part(i, words.until(i, AFTER_ORDER).to()));
                case "LIMIT" -> limit(new Part(i, i + 2), i + 1);
                case "FETCH" -> limit(new Part(i, i + 5), i + 2);
                case "FOR" -> lock(words.until(i, NONE));
                case "CONFLICT" ->
                    conflict(new Part(i - 1, words.until(i, AFTER_CONFLICT).to()));
                case "UNION" -> branches(i);
                case "WHEN" -> when(i);
                case "GREATEST", "JOIN", "ANY" -> function(i);
                default -> literal(i, literals);
            }
        }
    }

    private void order(Part clause) {
        mutations.replace(ORDER, clause, "");
        Part list = new Part(clause.from() + 2, clause.to());
        List<Part> keys = words.split(list, ",");
        for (int i = 0; i < keys.size(); i++) {
            mutations.replace(ORDER, keys.get(i), words.text(keys.get(i)) + " DESC");
            if (keys.size() > 1) {
                Edit without = Lists.without(list, keys, i);
                mutations.add(ORDER, "no order by " + words.text(keys.get(i)), List.of(without));
            }
        }
    }

    private void limit(Part clause, int value) {
        mutations.replace(LIMIT, clause, "");
        Part limit = new Part(value, value + 1);
        mutations.replace(LIMIT, limit, "CAST(" + words.text(limit) + " AS int) + 1");
        mutations.replace(LIMIT, limit, "CAST(" + words.text(limit) + " AS int) - 1");
    }

    private void lock(Part clause) {
        mutations.replace(LOCK, clause, "");
        String text = words.text(clause);
        if (text.endsWith(" SKIP LOCKED")) {
            mutations.replace(LOCK, new Part(clause.to() - 2, clause.to()), "");
        }
        String strength = text.replace(" SKIP LOCKED", "");
        for (String other : List.of("FOR UPDATE", "FOR NO KEY UPDATE", "FOR SHARE")) {
            mutations.replace(LOCK, clause, text.replace(strength, other));
        }
    }

    private void conflict(Part clause) {
        mutations.replace(CONFLICT, clause, "");
        int then = words.find(clause, "DO");
        if (words.at(clause.from() + 2).equals("(") && words.isAt(then, "DO NOTHING")) {
            mutations.replace(CONFLICT, new Part(clause.from() + 2, then), "");
        } else if (words.isAt(then, "DO NOTHING")) {
            mutations.replace(CONFLICT, new Part(then, then), "(id)");
        } else {
            mutations.replace(CONFLICT, new Part(then, clause.to()), "DO NOTHING");
            int where = words.find(clause, "WHERE");
            mutations.replace(CONFLICT, new Part(where, clause.to()), "");
        }
    }

    private void branches(int union) {
        Part after = words.until(union + 1, AFTER_BRANCH);
        mutations.replace(BRANCH, new Part(union, after.to()), "");
        int start = union - 1;
        while (!words.isAt(start, "SELECT") || words.until(start, AFTER_BRANCH).to() != union) {
            start--;
        }
        mutations.replace(BRANCH, new Part(start, union + 2), "");
    }

    /** Of a MERGE: in a CASE it is the same as the condition made false. */
    private void when(int when) {
        if (words.isAt(when + 1, "MATCHED") || words.isAt(when + 1, "NOT MATCHED")) {
            mutations.replace(
                    BRANCH, new Part(when, words.until(when + 1, AFTER_WHEN).to()), "");
        }
    }

    private void function(int at) {
        if (words.isAt(at, "GREATEST")) {
            Part call = new Part(at, words.close(at + 1) + 1);
            for (Part argument : words.split(words.inside(at + 1), ",")) {
                mutations.replace(FUNCTION, call, words.text(argument));
            }
        } else if (words.isAt(at, "JOIN")) {
            mutations.replace(FUNCTION, new Part(at, at + 1), "LEFT JOIN");
        } else if (words.isAt(at, "ANY ( ARRAY (")) {
            Part call = new Part(at - 1, words.close(at + 1) + 1);
            String query = words.text(words.inside(at + 3));
            mutations.add(FUNCTION, "= ANY (ARRAY(…)) → IN (…)", List.of(new Edit(call, "IN ( " + query + " )")));
        }
    }

    private void literal(int at, List<String> literals) {
        int index = literals.indexOf(words.at(at));
        if (index >= 0 && literals.size() > 1) {
            mutations.replace(LITERAL, new Part(at, at + 1), literals.get((index + 1) % literals.size()));
        }
    }
}
