package dev.minotaur.auth.jdbi.mutation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What became of a mutant.
 *
 * @param database where it ran
 * @param statement the name of the statement
 * @param operator the kind of the change
 * @param change what was changed into what
 * @param outcome what became of it
 * @param by the rule that objects, or what the database said
 * @param rules how many rules were asked
 * @param millis how long that took
 */
record Result(
        String database,
        String statement,
        Mutant.Operator operator,
        String change,
        Outcome outcome,
        String by,
        int rules,
        long millis) {

    static final String HEADER = "database\tstatement\toperator\tchange\toutcome\tby\trules\tmillis";

    enum Outcome {
        KILLED,
        KILLED_BY_OWN_TEST,
        SURVIVED,
        NOT_VIABLE
    }

    boolean isOf(String otherDatabase, Mutant mutant) {
        return database.equals(otherDatabase)
                && statement.equals(mutant.statement())
                && operator == mutant.operator()
                && change.equals(mutant.change());
    }

    /** How a row of the page begins that says why this one survives. */
    String toRow() {
        return "| " + database + " | " + statement + " | `" + change.replace("|", "\\|") + "` | ";
    }

    String toLine() {
        return Stream.of(database, statement, operator, change, outcome, by, rules, millis)
                .map(field -> field.toString().replaceAll("\\s+", " "))
                .collect(Collectors.joining("\t"));
    }

    static Result ofLine(String line) {
        List<String> fields = Arrays.asList(line.split("\t", -1));
        return new Result(
                fields.get(0),
                fields.get(1),
                Mutant.Operator.valueOf(fields.get(2)),
                fields.get(3),
                Outcome.valueOf(fields.get(4)),
                fields.get(5),
                Integer.parseInt(fields.get(6)),
                Long.parseLong(fields.get(7)));
    }
}
