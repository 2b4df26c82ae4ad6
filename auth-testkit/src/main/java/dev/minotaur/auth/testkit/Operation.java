package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.AuthStores;
import org.jspecify.annotations.Nullable;

/** One call of one verb with its arguments: made on the stores under test, and on the {@link Model}. */
@FunctionalInterface
interface Operation {

    /** Makes the call and gives the answer. */
    @Nullable
    Object on(AuthStores stores);
}
