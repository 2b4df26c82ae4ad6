package org.example.store;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/** Users by id, a key for each address and each username that leads to the id of who has it, and one for each closed user. */
final class RocksUserStore implements UserStore {

    private final Database database;

    RocksUserStore(Database database) {
        this.database = database;
    }

    // region insert-user
    @Override
    public InsertUserOutcome insert(UserRecord user) {
        return database.write("insert a user", step -> {
            Optional<UserRecord> same = step.getForUpdate(Keys.user(user.id())).map(Records::user);
            if (same.isPresent()) {
                boolean retry = same.get().equals(user);
                return retry ? InsertUserOutcome.ALREADY_INSERTED : InsertUserOutcome.ID_TAKEN;
            }
            if (emailTaken(step, user)) {
                return InsertUserOutcome.EMAIL_TAKEN;
            }
            if (usernameTaken(step, user)) {
                return InsertUserOutcome.USERNAME_TAKEN;
            }
            add(step, user);
            return InsertUserOutcome.INSERTED;
        });
    }
    // end region

    @Override
    public Optional<UserRecord> findById(UserId id) {
        return database.read("find a user", step -> find(step, id));
    }

    // region find
    @Override
    public Optional<UserRecord> findByEmail(String canonicalEmail) {
        return database.read("find a user by e-mail", step -> findBy(step, Keys.email(canonicalEmail)));
    }

    @Override
    public Optional<UserRecord> findByUsername(String canonicalUsername) {
        return database.read("find a user by username", step -> findBy(step, Keys.username(canonicalUsername)));
    }

    private static Optional<UserRecord> findBy(Step step, byte[] identifier) throws RocksDBException {
        Optional<UserId> id = step.get(identifier).map(Keys::id).map(UserId::new);
        return id.isEmpty() ? Optional.empty() : find(step, id.get());
    }

    static Optional<UserRecord> find(Step step, UserId id) throws RocksDBException {
        return step.get(Keys.user(id)).map(Records::user);
    }
    // end region

    // region update-user
    @Override
    public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
        return database.write("update a user", step -> {
            Optional<UserRecord> stored =
                    step.getForUpdate(Keys.user(replacement.id())).map(Records::user);
            if (stored.isEmpty()) {
                return UpdateUserOutcome.NOT_FOUND;
            }
            if (stored.get().version() != expectedVersion) {
                return UpdateUserOutcome.STALE;
            }
            if (emailTaken(step, replacement)) {
                return UpdateUserOutcome.EMAIL_TAKEN;
            }
            if (usernameTaken(step, replacement)) {
                return UpdateUserOutcome.USERNAME_TAKEN;
            }
            remove(step, stored.get());
            add(step, replacement);
            return UpdateUserOutcome.UPDATED;
        });
    }

    /** Somebody else has it: one's own does not count. */
    private static boolean taken(Step step, byte[] identifier, UserId user) throws RocksDBException {
        return step.getForUpdate(identifier)
                .map(holder -> !Keys.id(holder).equals(user.value()))
                .orElse(false);
    }
    // end region

    private static boolean emailTaken(Step step, UserRecord user) throws RocksDBException {
        return taken(step, Keys.email(user.email().canonical()), user.id());
    }

    private static boolean usernameTaken(Step step, UserRecord user) throws RocksDBException {
        Optional<Username> name = user.username();
        return name.isPresent() && taken(step, Keys.username(name.get().canonical()), user.id());
    }

    @Override
    public boolean delete(UserId id) {
        return database.write("delete a user", step -> {
            Optional<UserRecord> stored = step.getForUpdate(Keys.user(id)).map(Records::user);
            if (stored.isPresent()) {
                remove(step, stored.get());
            }
            return stored.isPresent();
        });
    }

    // region delete-closed
    @Override
    public List<UserId> deleteClosed(Instant closedUpTo, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is below 1");
        }
        return database.write("delete closed users", step -> {
            List<UserId> deleted = new ArrayList<>();
            for (byte[] key : step.keys(Keys.firstClosed(), Keys.closedAt(closedUpTo), limit)) {
                UserId id = Keys.userAtTheEndOf(key);
                remove(step, step.getForUpdate(Keys.user(id)).map(Records::user).orElseThrow());
                deleted.add(id);
            }
            return deleted;
        });
    }
    // end region

    // region all-keys
    private static void add(Step step, UserRecord user) throws RocksDBException {
        byte[] id = Keys.id(user.id().value());
        step.put(Keys.user(user.id()), Records.bytes(user));
        step.put(Keys.email(user.email().canonical()), id);
        if (user.username().isPresent()) {
            step.put(Keys.username(user.username().get().canonical()), id);
        }
        if (user.status() == UserStatus.CLOSED) {
            step.put(Keys.closed(user));
        }
    }

    private static void remove(Step step, UserRecord user) throws RocksDBException {
        step.delete(Keys.user(user.id()));
        step.delete(Keys.email(user.email().canonical()));
        if (user.username().isPresent()) {
            step.delete(Keys.username(user.username().get().canonical()));
        }
        if (user.status() == UserStatus.CLOSED) {
            step.delete(Keys.closed(user));
        }
    }
    // end region
}
