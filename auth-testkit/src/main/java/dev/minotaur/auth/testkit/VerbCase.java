package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.AuthStores;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A verb with its arguments, on records that no other case has.
 *
 * @param name what it does, in words
 * @param given stores what has to be there
 * @param call the verb
 * @param look what a handle sees of it
 * @param states what may be seen: first as it was, last as it is to be; between them what a purge may leave that stopped
 * @param secrets what no exception may say
 */
record VerbCase(
        String name,
        Consumer<AuthStores> given,
        Function<AuthStores, Object> call,
        Function<AuthStores, Sight> look,
        List<State> states,
        Set<String> secrets) {

    /**
     * What is seen, and what the verb then answers.
     *
     * @param seen what is seen
     * @param answer the right answer of a call that begins there
     */
    record State(Sight seen, Object answer) {}

    State before() {
        return states.get(0);
    }

    State after() {
        return states.get(states.size() - 1);
    }

    /** The state that a handle sees. */
    State now(AuthStores handle) {
        Sight seen = look.apply(handle);
        seen.expectOneOf(
                "what another handle sees", states.stream().map(State::seen).toList());
        return states.stream()
                .filter(state -> state.seen().equals(seen))
                .findFirst()
                .orElseThrow();
    }

    boolean reads() {
        return name.startsWith("find") || name.startsWith("list");
    }
}
