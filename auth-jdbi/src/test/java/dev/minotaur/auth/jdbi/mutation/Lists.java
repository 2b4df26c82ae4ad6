package dev.minotaur.auth.jdbi.mutation;

import dev.minotaur.auth.jdbi.mutation.Words.Edit;
import dev.minotaur.auth.jdbi.mutation.Words.Part;
import java.util.List;

/** Parts with commas between them. */
final class Lists {

    private Lists() {}

    /** Takes an item and one of the commas beside it out of a list of two or more. */
    static Edit without(Part list, List<Part> items, int index) {
        Part item = items.get(index);
        return new Edit(
                index == 0
                        ? new Part(item.from(), Math.min(item.to() + 1, list.to()))
                        : new Part(item.from() - 1, item.to()),
                "");
    }
}
