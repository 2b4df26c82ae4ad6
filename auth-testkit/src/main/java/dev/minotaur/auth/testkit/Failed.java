package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.AuthStores;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands for the answer of a call that threw.
 *
 * @param thrown what it threw
 */
record Failed(Throwable thrown) {

    /** Makes a call and gives the answer, or what it threw. */
    static @Nullable Object answer(Operation call, AuthStores stores) {
        try {
            Object answer = call.on(stores);
            return answer instanceof List<?> list ? new ArrayList<>(list) : answer;
        } catch (Throwable thrown) {
            return new Failed(thrown);
        }
    }
}
