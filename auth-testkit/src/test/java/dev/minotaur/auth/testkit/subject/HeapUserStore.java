package dev.minotaur.auth.testkit.subject;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A correct store of users. */
final class HeapUserStore implements UserStore {

    private final HeapData data;

    HeapUserStore(HeapData data) {
        this.data = data;
    }

    @Override
    public InsertUserOutcome insert(UserRecord user) {
        return data.atomically(() -> {
            UserRecord stored = data.users.get(user.id());
            if (stored != null) {
                return stored.equals(user) ? InsertUserOutcome.ALREADY_INSERTED : InsertUserOutcome.ID_TAKEN;
            } else if (another(user, other -> sameEmail(user, other))) {
                return InsertUserOutcome.EMAIL_TAKEN;
            } else if (another(user, other -> sameUsername(user, other))) {
                return InsertUserOutcome.USERNAME_TAKEN;
            }
            data.users.put(user.id(), user);
            return InsertUserOutcome.INSERTED;
        });
    }

    @Override
    public Optional<UserRecord> findById(UserId id) {
        return data.atomically(() -> Optional.ofNullable(data.users.get(id)));
    }

    @Override
    public Optional<UserRecord> findByEmail(String canonicalEmail) {
        return data.atomically(() -> first(user -> user.email().canonical().equals(canonicalEmail)));
    }

    @Override
    public Optional<UserRecord> findByUsername(String canonicalUsername) {
        return data.atomically(() -> first(user -> canonicalUsername(user).equals(Optional.of(canonicalUsername))));
    }

    @Override
    public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
        return data.atomically(() -> {
            UserRecord stored = data.users.get(replacement.id());
            if (stored == null) {
                return UpdateUserOutcome.NOT_FOUND;
            } else if (stored.version() != expectedVersion) {
                return UpdateUserOutcome.STALE;
            } else if (another(replacement, other -> sameEmail(replacement, other))) {
                return UpdateUserOutcome.EMAIL_TAKEN;
            } else if (another(replacement, other -> sameUsername(replacement, other))) {
                return UpdateUserOutcome.USERNAME_TAKEN;
            }
            data.users.put(replacement.id(), replacement);
            return UpdateUserOutcome.UPDATED;
        });
    }

    @Override
    public boolean delete(UserId id) {
        return data.atomically(() -> data.users.remove(id) != null);
    }

    @Override
    public List<UserId> deleteClosed(Instant closedUpTo, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is below 1");
        }
        return data.atomically(() -> {
            List<UserId> old = data.users.values().stream()
                    .filter(user -> user.status() == UserStatus.CLOSED)
                    .filter(user -> !user.updatedAt().isAfter(closedUpTo))
                    .limit(limit)
                    .map(UserRecord::id)
                    .toList();
            old.forEach(data.users::remove);
            return old;
        });
    }

    private Optional<UserRecord> first(Predicate<UserRecord> condition) {
        return data.users.values().stream().filter(condition).findFirst();
    }

    private boolean another(UserRecord user, Predicate<UserRecord> condition) {
        return first(condition.and(other -> !other.id().equals(user.id()))).isPresent();
    }

    private static boolean sameEmail(UserRecord one, UserRecord two) {
        return one.email().canonical().equals(two.email().canonical());
    }

    private static boolean sameUsername(UserRecord one, UserRecord two) {
        return one.username().isPresent() && canonicalUsername(one).equals(canonicalUsername(two));
    }

    private static Optional<String> canonicalUsername(UserRecord user) {
        return user.username().map(Username::canonical);
    }
}
