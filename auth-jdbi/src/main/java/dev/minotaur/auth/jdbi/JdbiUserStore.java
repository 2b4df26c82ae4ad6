package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
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
        Objects.requireNonNull(id, "id");
        return database.read("find a user by id", handle -> on(handle).findById(id));
    }

    @Override
    public Optional<UserRecord> findByEmail(String canonicalEmail) {
        Objects.requireNonNull(canonicalEmail, "canonicalEmail");
        return database.read("find a user by e-mail", handle -> on(handle).findByEmail(canonicalEmail));
    }

    @Override
    public Optional<UserRecord> findByUsername(String canonicalUsername) {
        Objects.requireNonNull(canonicalUsername, "canonicalUsername");
        return database.read("find a user by username", handle -> on(handle).findByUsername(canonicalUsername));
    }

    @Override
    public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
        Map<String, Bound> row = UserRow.parameters(replacement);
        return database.decide("update a user", handle -> on(handle).update(row, expectedVersion));
    }

    @Override
    public boolean delete(UserId id) {
        Objects.requireNonNull(id, "id");
        return database.write("delete a user", handle -> on(handle).delete(id));
    }

    private UserStatements on(Handle handle) {
        return handle.attach(statements);
    }
}
