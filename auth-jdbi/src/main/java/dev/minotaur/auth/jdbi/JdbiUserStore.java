package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Users as rows of auth_users. */
final class JdbiUserStore implements UserStore {

    private final Database database;
    private final Class<? extends UserStatements> statements;

    JdbiUserStore(Database database, Dialect dialect) {
        this.database = database;
        this.statements = dialect.users();
    }

    @Override
    public InsertUserOutcome insert(UserRecord user) {
        Map<String, Bound> row = UserRow.parameters(user);
        return database.decide("insert a user", handle -> on(handle).insert(row));
    }

    @Override
    public Optional<UserRecord> findById(UserId id) {
        Bound bound = Bound.of(id);
        return database.read("find a user by id", handle -> on(handle).findById(bound));
    }

    @Override
    public Optional<UserRecord> findByEmail(String canonicalEmail) {
        Bound email = Bound.text(Objects.requireNonNull(canonicalEmail, "canonicalEmail"));
        return database.read("find a user by e-mail", handle -> on(handle).findByEmail(email));
    }

    @Override
    public Optional<UserRecord> findByUsername(String canonicalUsername) {
        Bound username = Bound.text(Objects.requireNonNull(canonicalUsername, "canonicalUsername"));
        return database.read("find a user by username", handle -> on(handle).findByUsername(username));
    }

    @Override
    public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
        Map<String, Bound> row = UserRow.parameters(replacement);
        Bound expected = Bound.number(expectedVersion);
        return database.decide("update a user", handle -> on(handle).update(row, expected));
    }

    @Override
    public boolean delete(UserId id) {
        Bound bound = Bound.of(id);
        return database.write("delete a user", handle -> on(handle).delete(bound));
    }

    @Override
    public List<UserId> deleteClosed(Instant closedUpTo, int limit) {
        Bound upTo = Bound.time(Objects.requireNonNull(closedUpTo, "closedUpTo"));
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is below 1");
        }
        Bound most = Bound.number(limit);
        return database.write("delete closed users", handle -> on(handle).deleteClosed(upTo, most));
    }

    private UserStatements on(Handle handle) {
        return handle.attach(statements);
    }
}
