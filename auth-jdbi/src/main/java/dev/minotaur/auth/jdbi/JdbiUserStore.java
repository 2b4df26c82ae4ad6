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

/** Users as rows of auth_users. */
final class JdbiUserStore implements UserStore {

    private final Database database;
    private final Class<? extends UserStatements.Insert> insert;
    private final Class<? extends UserStatements.Update> update;
    private final Class<? extends UserStatements.DeleteClosed> deleteClosed;

    JdbiUserStore(Database database, Dialect dialect) {
        this.database = database;
        this.insert = dialect.of(UserStatements.Insert.class);
        this.update = dialect.of(UserStatements.Update.class);
        this.deleteClosed = dialect.of(UserStatements.DeleteClosed.class);
    }

    @Override
    public InsertUserOutcome insert(UserRecord user) {
        Map<String, Bound> row = UserRow.parameters(user);
        return database.decide("insert a user", handle -> handle.attach(insert).insert(row));
    }

    @Override
    public Optional<UserRecord> findById(UserId id) {
        Bound bound = Bound.of(id);
        return database.read("find a user by id", handle -> handle.attach(UserStatements.FindById.class)
                .findById(bound));
    }

    @Override
    public Optional<UserRecord> findByEmail(String canonicalEmail) {
        Bound email = Bound.text(Objects.requireNonNull(canonicalEmail, "canonicalEmail"));
        return database.read("find a user by e-mail", handle -> handle.attach(UserStatements.FindByEmail.class)
                .findByEmail(email));
    }

    @Override
    public Optional<UserRecord> findByUsername(String canonicalUsername) {
        Bound username = Bound.text(Objects.requireNonNull(canonicalUsername, "canonicalUsername"));
        return database.read("find a user by username", handle -> handle.attach(UserStatements.FindByUsername.class)
                .findByUsername(username));
    }

    @Override
    public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
        Map<String, Bound> row = UserRow.parameters(replacement);
        Bound expected = Bound.number(expectedVersion);
        return database.decide("update a user", handle -> handle.attach(update).update(row, expected));
    }

    @Override
    public boolean delete(UserId id) {
        Bound bound = Bound.of(id);
        return database.write("delete a user", handle -> handle.attach(UserStatements.Delete.class)
                .delete(bound));
    }

    @Override
    public List<UserId> deleteClosed(Instant closedUpTo, int limit) {
        Bound upTo = Bound.time(Objects.requireNonNull(closedUpTo, "closedUpTo"));
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is below 1");
        }
        Bound most = Bound.number(limit);
        return database.write(
                "delete closed users", handle -> handle.attach(deleteClosed).deleteClosed(upTo, most));
    }
}
