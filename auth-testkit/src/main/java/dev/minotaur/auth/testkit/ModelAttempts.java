package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import java.time.Instant;
import java.util.Optional;

/** The attempts of the {@link Model}. */
final class ModelAttempts implements AttemptStore {

    private final State state;

    ModelAttempts(State state) {
        this.state = state;
    }

    @Override
    public Optional<Attempts> find(AttemptKey key) {
        return Optional.ofNullable(state.attempts().get(key));
    }

    @Override
    public boolean record(AttemptKey key, int expectedCount, Attempts next) {
        boolean records = find(key).map(Attempts::count).orElse(0) == expectedCount;
        if (records) {
            state.attempts().put(key, next);
        }
        return records;
    }

    @Override
    public boolean clear(AttemptKey key) {
        return state.attempts().remove(key) != null;
    }

    @Override
    public int deleteOlder(Instant lastAtUpTo, int limit) {
        throw new UnsupportedOperationException("histories do not purge");
    }
}
