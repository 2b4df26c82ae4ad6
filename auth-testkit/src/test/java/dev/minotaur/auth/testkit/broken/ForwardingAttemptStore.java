package dev.minotaur.auth.testkit.broken;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import java.time.Instant;
import java.util.Optional;

/** A correct store to break in one place: a verb, or the key of all verbs. */
class ForwardingAttemptStore implements AttemptStore {

    protected final AttemptStore correct;

    ForwardingAttemptStore(AttemptStore correct) {
        this.correct = correct;
    }

    protected AttemptKey key(AttemptKey key) {
        return key;
    }

    @Override
    public Optional<Attempts> find(AttemptKey key) {
        return correct.find(key(key));
    }

    @Override
    public boolean record(AttemptKey key, int expectedCount, Attempts next) {
        return correct.record(key(key), expectedCount, next);
    }

    @Override
    public boolean clear(AttemptKey key) {
        return correct.clear(key(key));
    }

    @Override
    public int deleteOlder(Instant lastAtUpTo, int limit) {
        return correct.deleteOlder(lastAtUpTo, limit);
    }
}
