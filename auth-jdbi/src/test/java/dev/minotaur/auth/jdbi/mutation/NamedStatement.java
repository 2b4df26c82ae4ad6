package dev.minotaur.auth.jdbi.mutation;

import java.util.List;

/**
 * A statement of the stores.
 *
 * @param name its name
 * @param sql what the driver is given
 * @param constant the text in the class that has it
 * @param parameters the names of the parameters in their order; none where the text has question marks
 */
record NamedStatement(String name, String sql, String constant, List<String> parameters) {

    /** A changed statement as the class would have it. */
    String constantOf(Mutant mutant) {
        String text = mutant.text();
        for (int i = parameters.size(); i > 0; i--) {
            text = text.replaceAll("\\?" + i + "\\b", ":" + parameters.get(i - 1));
        }
        return Words.forDriver(text);
    }
}
