package dev.minotaur.auth.testkit;

import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What the stores under test answered a call, for the {@link Model} to follow where the contract leaves a choice.
 *
 * @param answer the answer; null where nobody was asked yet
 * @param call the number of the call in its history
 * @param meets whether the call with a number was under way at the same time
 */
record Told(@Nullable Object answer, int call, IntPredicate meets) {

    /** Nobody was asked: the model decides. */
    static final Told NOTHING = new Told(null, -1, other -> false);

    static Told alone(Object answer) {
        return new Told(answer, -1, other -> false);
    }

    /** Whether it is the outcome of that name, of an insert or of an update. */
    boolean is(String outcome) {
        return outcome().equals(outcome);
    }

    /** The name of the outcome, or nothing. */
    String outcome() {
        return answer instanceof Enum<?> constant ? constant.name() : "";
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // it is the answer to the same call
    <T> T follow() {
        return (T) Objects.requireNonNull(answer);
    }
}
