package dev.minotaur.auth.inmemory;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

final class InMemoryUserStore implements UserStore {

    private final Exclusive exclusive = new Exclusive();
    private final Map<UserId, UserRecord> byId = new HashMap<>();
    private final Map<String, UserId> byEmail = new HashMap<>();
    private final Map<String, UserId> byUsername = new HashMap<>();
    private final NavigableSet<UserRecord> closed = new TreeSet<>(Comparator.comparing(UserRecord::updatedAt)
            .thenComparing(user -> user.id().toString()));

    @Override
    public InsertUserOutcome insert(UserRecord user) {
        Objects.requireNonNull(user, "user");
        return exclusive.run(() -> {
            UserRecord same = byId.get(user.id());
            if (same != null) {
                return same.equals(user) ? InsertUserOutcome.ALREADY_INSERTED : InsertUserOutcome.ID_TAKEN;
            }
            if (isEmailOthers(user)) {
                return InsertUserOutcome.EMAIL_TAKEN;
            }
            if (isUsernameOthers(user)) {
                return InsertUserOutcome.USERNAME_TAKEN;
            }
            put(user);
            return InsertUserOutcome.INSERTED;
        });
    }

    @Override
    public Optional<UserRecord> findById(UserId id) {
        Objects.requireNonNull(id, "id");
        return exclusive.run(() -> Optional.ofNullable(byId.get(id)));
    }

    @Override
    public Optional<UserRecord> findByEmail(String canonicalEmail) {
        Objects.requireNonNull(canonicalEmail, "canonicalEmail");
        return exclusive.run(
                () -> Optional.ofNullable(byEmail.get(canonicalEmail)).map(byId::get));
    }

    @Override
    public Optional<UserRecord> findByUsername(String canonicalUsername) {
        Objects.requireNonNull(canonicalUsername, "canonicalUsername");
        return exclusive.run(
                () -> Optional.ofNullable(byUsername.get(canonicalUsername)).map(byId::get));
    }

    @Override
    public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
        Objects.requireNonNull(replacement, "replacement");
        return exclusive.run(() -> {
            UserRecord stored = byId.get(replacement.id());
            if (stored == null) {
                return UpdateUserOutcome.NOT_FOUND;
            }
            if (stored.version() != expectedVersion) {
                return UpdateUserOutcome.STALE;
            }
            if (isEmailOthers(replacement)) {
                return UpdateUserOutcome.EMAIL_TAKEN;
            }
            if (isUsernameOthers(replacement)) {
                return UpdateUserOutcome.USERNAME_TAKEN;
            }
            remove(stored);
            put(replacement);
            return UpdateUserOutcome.UPDATED;
        });
    }

    @Override
    public boolean delete(UserId id) {
        Objects.requireNonNull(id, "id");
        return exclusive.run(() -> {
            UserRecord stored = byId.get(id);
            if (stored == null) {
                return false;
            }
            remove(stored);
            return true;
        });
    }

    @Override
    public List<UserId> deleteClosed(Instant closedUpTo, int limit) {
        Objects.requireNonNull(closedUpTo, "closedUpTo");
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1");
        }
        return exclusive.run(() -> {
            List<UserRecord> old = closed.stream()
                    .takeWhile(user -> !user.updatedAt().isAfter(closedUpTo))
                    .limit(limit)
                    .toList();
            old.forEach(this::remove);
            return old.stream().map(UserRecord::id).toList();
        });
    }

    private boolean isEmailOthers(UserRecord user) {
        return !byEmail.getOrDefault(user.email().canonical(), user.id()).equals(user.id());
    }

    private boolean isUsernameOthers(UserRecord user) {
        return user.username()
                .map(Username::canonical)
                .map(byUsername::get)
                .filter(holder -> !holder.equals(user.id()))
                .isPresent();
    }

    private void put(UserRecord user) {
        byId.put(user.id(), user);
        byEmail.put(user.email().canonical(), user.id());
        user.username().ifPresent(username -> byUsername.put(username.canonical(), user.id()));
        if (user.status() == UserStatus.CLOSED) {
            closed.add(user);
        }
    }

    private void remove(UserRecord user) {
        byId.remove(user.id());
        byEmail.remove(user.email().canonical());
        user.username().ifPresent(username -> byUsername.remove(username.canonical()));
        closed.remove(user);
    }
}
