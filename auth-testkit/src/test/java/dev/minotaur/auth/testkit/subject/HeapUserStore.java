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

/** A correct store of users. */
final class HeapUserStore implements UserStore {

    private final HeapData data;

    HeapUserStore(HeapData data) {
        this.data = data;
    }

    @Override
    public InsertUserOutcome insert(UserRecord user) {
        return data.atomically(() -> {
            Optional<UserRecord> stored = data.users.get(user.id());
            if (stored.isPresent()) {
                return stored.get().equals(user) ? InsertUserOutcome.ALREADY_INSERTED : InsertUserOutcome.ID_TAKEN;
            } else if (hasAnother(user, byEmail(user))) {
                return InsertUserOutcome.EMAIL_TAKEN;
            } else if (hasAnother(user, byUsername(user))) {
                return InsertUserOutcome.USERNAME_TAKEN;
            }
            data.users.put(user);
            return InsertUserOutcome.INSERTED;
        });
    }

    @Override
    public Optional<UserRecord> findById(UserId id) {
        return data.atomically(() -> data.users.get(id));
    }

    @Override
    public Optional<UserRecord> findByEmail(String canonicalEmail) {
        return data.atomically(() -> data.users.holder(HeapData.email(canonicalEmail)));
    }

    @Override
    public Optional<UserRecord> findByUsername(String canonicalUsername) {
        return data.atomically(() -> data.users.holder(HeapData.username(canonicalUsername)));
    }

    @Override
    public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
        return data.atomically(() -> {
            Optional<UserRecord> stored = data.users.get(replacement.id());
            if (stored.isEmpty()) {
                return UpdateUserOutcome.NOT_FOUND;
            } else if (stored.get().version() != expectedVersion) {
                return UpdateUserOutcome.STALE;
            } else if (hasAnother(replacement, byEmail(replacement))) {
                return UpdateUserOutcome.EMAIL_TAKEN;
            } else if (hasAnother(replacement, byUsername(replacement))) {
                return UpdateUserOutcome.USERNAME_TAKEN;
            }
            data.users.put(replacement);
            return UpdateUserOutcome.UPDATED;
        });
    }

    @Override
    public boolean delete(UserId id) {
        return data.atomically(() -> data.users.remove(id));
    }

    @Override
    public List<UserId> deleteClosed(Instant closedUpTo, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is below 1");
        }
        return data.atomically(() -> {
            List<UserId> old = data.users.all().stream()
                    .filter(user -> user.status() == UserStatus.CLOSED)
                    .filter(user -> !user.updatedAt().isAfter(closedUpTo))
                    .limit(limit)
                    .map(UserRecord::id)
                    .toList();
            old.forEach(data.users::remove);
            return old;
        });
    }

    private Optional<UserRecord> byEmail(UserRecord user) {
        return data.users.holder(HeapData.email(user.email().canonical()));
    }

    private Optional<UserRecord> byUsername(UserRecord user) {
        return user.username().map(Username::canonical).map(HeapData::username).flatMap(data.users::holder);
    }

    private static boolean hasAnother(UserRecord user, Optional<UserRecord> holder) {
        return holder.filter(other -> !other.id().equals(user.id())).isPresent();
    }
}
