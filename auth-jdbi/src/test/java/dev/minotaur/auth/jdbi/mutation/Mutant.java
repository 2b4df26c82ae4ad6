package dev.minotaur.auth.jdbi.mutation;

/**
 * A statement with one change.
 *
 * @param statement the name of the statement
 * @param original what the stores send
 * @param operator the kind of the change
 * @param change what was changed into what
 * @param text what is sent instead, with numbered parameters
 */
record Mutant(String statement, String original, Operator operator, String change, String text) {

    /** The kinds of changes. */
    enum Operator {
        TRUE("condition made true"),
        FALSE("condition made false"),
        COMPARISON("comparison turned round"),
        BOUNDARY("boundary of a comparison"),
        CONNECTIVE("AND for OR, or the other way"),
        ROW("column left out of a comparison of rows"),
        KEEP("column keeps its old value"),
        NOTHING("null in place of a column or value"),
        OTHER("another column or value of the same type"),
        LITERAL("another literal of the statement"),
        ORDER("ORDER BY"),
        LIMIT("LIMIT or FETCH FIRST"),
        LOCK("row locks"),
        CONFLICT("ON CONFLICT"),
        BRANCH("branch of UNION or MERGE left out"),
        FUNCTION("function or kind of join");

        private final String shown;

        Operator(String shown) {
            this.shown = shown;
        }

        String shown() {
            return shown;
        }
    }
}
