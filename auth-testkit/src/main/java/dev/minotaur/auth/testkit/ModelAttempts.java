package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
        List<AttemptKey> old = state.attempts().entrySet().stream()
                .filter(entry -> !entry.getValue().lastAt().isAfter(lastAtUpTo))
                .map(Map.Entry::getKey)
                .toList();
        old.forEach(this::clear);
        return Model.withinLimit(old, limit).size();
    }
}
