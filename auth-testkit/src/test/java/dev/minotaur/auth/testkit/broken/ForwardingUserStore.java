package dev.minotaur.auth.testkit.broken;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A correct store to break in one place: a verb, or what goes in and out of all verbs. */
class ForwardingUserStore implements UserStore {

    protected final UserStore correct;

    ForwardingUserStore(UserStore correct) {
        this.correct = correct;
    }

    protected UserRecord in(UserRecord user) {
        return user;
    }

    protected UserRecord out(UserRecord user) {
        return user;
    }

    protected String email(String canonical) {
        return canonical;
    }

    protected String username(String canonical) {
        return canonical;
    }

    @Override
    public InsertUserOutcome insert(UserRecord user) {
        return correct.insert(in(user));
    }

    @Override
    public Optional<UserRecord> findById(UserId id) {
        return correct.findById(id).map(this::out);
    }

    @Override
    public Optional<UserRecord> findByEmail(String canonicalEmail) {
        return correct.findByEmail(email(canonicalEmail)).map(this::out);
    }

    @Override
    public Optional<UserRecord> findByUsername(String canonicalUsername) {
        return correct.findByUsername(username(canonicalUsername)).map(this::out);
    }

    @Override
    public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
        return correct.update(in(replacement), expectedVersion);
    }

    @Override
    public boolean delete(UserId id) {
        return correct.delete(id);
    }

    @Override
    public List<UserId> deleteClosed(Instant closedUpTo, int limit) {
        return correct.deleteClosed(closedUpTo, limit);
    }
}
