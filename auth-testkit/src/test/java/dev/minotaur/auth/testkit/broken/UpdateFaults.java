package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.BreakUsers.deleting;
import static dev.minotaur.auth.testkit.broken.BreakUsers.updating;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Stores of users that are broken in {@code update} or {@code delete}. */
final class UpdateFaults {

    private UpdateFaults() {}

    static List<Fault> all() {
        return Fault.list(
                users(
                        "update counts the version itself",
                        updating((store, next, version) -> store.update(
                                next.toBuilder().version(version + 1).build(), version)),
                        "USR-22",
                        "USR-23",
                        "USR-24"),
                users(
                        "update forgets the password hash",
                        updating((store, next, version) -> store.update(
                                keeping(
                                        store,
                                        next,
                                        (old, builder) -> builder.passwordHash(
                                                old.passwordHash().orElse(null))),
                                version)),
                        "STO-18",
                        "USR-13",
                        "USR-21",
                        "USR-22",
                        "USR-23"),
                users(
                        "update only fills in",
                        updating((store, next, version) -> store.update(
                                keeping(store, next, (old, builder) -> builder.passwordHash(next.passwordHash()
                                                .or(old::passwordHash)
                                                .orElse(null))
                                        .emailConfirmedAt(next.emailConfirmedAt()
                                                .or(old::emailConfirmedAt)
                                                .orElse(null))),
                                version)),
                        "USR-23"),
                users(
                        "update ignores the version",
                        updating((store, next, version) -> store.update(
                                next,
                                store.findById(next.id())
                                        .map(UserRecord::version)
                                        .orElse(version))),
                        "USR-24",
                        "USR-27"),
                users(
                        "update takes any lower version",
                        updating((store, next, version) -> store.update(
                                next,
                                store.findById(next.id())
                                        .map(UserRecord::version)
                                        .filter(stored -> stored > version)
                                        .orElse(version))),
                        "USR-24"),
                users(
                        "update creates",
                        updating((store, next, version) -> {
                            UpdateUserOutcome outcome = store.update(next, version);
                            if (outcome == UpdateUserOutcome.NOT_FOUND) {
                                store.insert(next);
                            }
                            return outcome;
                        }),
                        "USR-25",
                        "USR-51"),
                users(
                        "a missing user is stale",
                        updating((store, next, version) -> {
                            UpdateUserOutcome outcome = store.update(next, version);
                            return outcome == UpdateUserOutcome.NOT_FOUND ? UpdateUserOutcome.STALE : outcome;
                        }),
                        "USR-25",
                        "USR-51",
                        "USR-26"),
                users(
                        "a taken address is told before a missing user",
                        updating((store, next, version) ->
                                store.findById(next.id()).isEmpty() && BreakUsers.emailIsAnothers(store, next)
                                        ? UpdateUserOutcome.EMAIL_TAKEN
                                        : store.update(next, version)),
                        "USR-26"),
                users(
                        "a taken address is told before a stale version",
                        updating((store, next, version) ->
                                store.findById(next.id()).isPresent() && BreakUsers.emailIsAnothers(store, next)
                                        ? UpdateUserOutcome.EMAIL_TAKEN
                                        : store.update(next, version)),
                        "USR-27"),
                users(
                        "the version of whoever has the address is looked at",
                        updating((store, next, version) -> {
                            UpdateUserOutcome outcome = store.update(next, version);
                            return outcome == UpdateUserOutcome.EMAIL_TAKEN
                                            && store.findByEmail(next.email().canonical())
                                                    .filter(holder -> holder.version() != version)
                                                    .isPresent()
                                    ? UpdateUserOutcome.STALE
                                    : outcome;
                        }),
                        "USR-28"),
                users(
                        "the address is not unique on update",
                        store -> new Ambiguous(store, Ambiguous.Of.EMAIL, false, true),
                        "USR-28"),
                users(
                        "the username is not unique on update",
                        store -> new Ambiguous(store, Ambiguous.Of.USERNAME, false, true),
                        "USR-29"),
                users(
                        "update writes the username first",
                        updating((store, next, version) -> {
                            UpdateUserOutcome outcome = store.update(next, version);
                            if (outcome == UpdateUserOutcome.EMAIL_TAKEN) {
                                store.update(
                                        keeping(store, next, (old, builder) -> builder.email(old.email())
                                                .version(version)),
                                        version);
                            }
                            return outcome;
                        }),
                        "USR-28"),
                users(
                        "update writes the address first",
                        updating((store, next, version) -> {
                            UpdateUserOutcome outcome = store.update(next, version);
                            if (outcome == UpdateUserOutcome.USERNAME_TAKEN) {
                                store.update(
                                        keeping(store, next, (old, builder) -> builder.username(
                                                        old.username().orElse(null))
                                                .version(version)),
                                        version);
                            }
                            return outcome;
                        }),
                        "USR-29"),
                users(
                        "a user's own address is told for the username",
                        updating((store, next, version) -> {
                            UpdateUserOutcome outcome = store.update(next, version);
                            return outcome == UpdateUserOutcome.USERNAME_TAKEN
                                            && store.findByEmail(next.email().canonical())
                                                    .isPresent()
                                    ? UpdateUserOutcome.EMAIL_TAKEN
                                    : outcome;
                        }),
                        "USR-29"),
                users(
                        "two conflicts of an update at once are not expected",
                        updating((store, next, version) -> {
                            UpdateUserOutcome outcome = store.update(next, version);
                            if (outcome == UpdateUserOutcome.EMAIL_TAKEN
                                    && BreakUsers.usernameIsAnothers(store, next)) {
                                throw StoreException.nothingHappened("more than one row", null);
                            }
                            return outcome;
                        }),
                        "USR-46"),
                users(
                        "a user's own username is taken",
                        updating((store, next, version) -> next.username().isPresent()
                                        && store.findById(next.id())
                                                .filter(old -> old.version() == version)
                                                .map(UserRecord::username)
                                                .equals(Optional.of(next.username()))
                                ? UpdateUserOutcome.USERNAME_TAKEN
                                : store.update(next, version)),
                        "USR-30",
                        "USR-35",
                        "STO-22",
                        "STO-14",
                        "USR-22"),
                users(
                        "an old address is still found",
                        store -> new ForwardingUserStore(store) {
                            private final ConcurrentHashMap<String, UserId> known = new ConcurrentHashMap<>();

                            @Override
                            public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
                                correct.findById(replacement.id())
                                        .ifPresent(old -> known.put(old.email().canonical(), old.id()));
                                return correct.update(replacement, expectedVersion);
                            }

                            @Override
                            public Optional<UserRecord> findByEmail(String canonicalEmail) {
                                Optional<UserRecord> found = correct.findByEmail(canonicalEmail);
                                return found.isPresent()
                                        ? found
                                        : Optional.ofNullable(known.get(canonicalEmail))
                                                .flatMap(correct::findById);
                            }
                        },
                        "USR-31"),
                users(
                        "an old address is never free",
                        updating((store, next, version) -> {
                            Optional<UserRecord> old = store.findById(next.id());
                            UpdateUserOutcome outcome = store.update(next, version);
                            if (outcome == UpdateUserOutcome.UPDATED) {
                                old.filter(before -> !before.email().equals(next.email()))
                                        .ifPresent(before -> BreakUsers.reserve(store, before.email(), null));
                            }
                            return outcome;
                        }),
                        "USR-31"),
                users(
                                "a new address is not indexed",
                                store -> new ForwardingUserStore(store) {
                                    private final Set<String> unindexed = ConcurrentHashMap.newKeySet();

                                    @Override
                                    public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
                                        boolean changed = correct.findById(replacement.id())
                                                .filter(old -> !old.email()
                                                        .canonical()
                                                        .equals(replacement
                                                                .email()
                                                                .canonical()))
                                                .isPresent();
                                        if (changed) {
                                            unindexed.add(replacement.email().canonical());
                                        }
                                        return correct.update(replacement, expectedVersion);
                                    }

                                    @Override
                                    public InsertUserOutcome insert(UserRecord user) {
                                        unindexed.remove(user.email().canonical());
                                        return correct.insert(user);
                                    }

                                    @Override
                                    public Optional<UserRecord> findByEmail(String canonicalEmail) {
                                        return unindexed.contains(canonicalEmail)
                                                ? Optional.empty()
                                                : correct.findByEmail(canonicalEmail);
                                    }
                                },
                                "USR-32",
                                "USR-28",
                                "STO-7")
                        .widely(),
                users(
                        "delete always says yes",
                        deleting((store, id) -> {
                            store.delete(id);
                            return true;
                        }),
                        "USR-33"),
                users("delete never says yes", deleting((store, id) -> !store.delete(id) && store.delete(id)), "USR-33")
                        .widely(),
                users(
                        "a deleted user is found by address",
                        store -> new ForwardingUserStore(store) {
                            private final ConcurrentHashMap<String, UserRecord> deleted = new ConcurrentHashMap<>();

                            @Override
                            public boolean delete(UserId id) {
                                correct.findById(id)
                                        .ifPresent(
                                                user -> deleted.put(user.email().canonical(), user));
                                return correct.delete(id);
                            }

                            @Override
                            public Optional<UserRecord> findByEmail(String canonicalEmail) {
                                Optional<UserRecord> found = correct.findByEmail(canonicalEmail);
                                return found.isPresent() ? found : Optional.ofNullable(deleted.get(canonicalEmail));
                            }
                        },
                        "USR-25",
                        "USR-33",
                        "STO-3",
                        "STO-7"),
                users(
                        "a deleted user keeps its username",
                        deleting((store, id) -> {
                            Optional<UserRecord> user = store.findById(id);
                            boolean deleted = store.delete(id);
                            user.flatMap(UserRecord::username).ifPresent(name -> BreakUsers.reserve(store, null, name));
                            return deleted;
                        }),
                        "USR-25",
                        "USR-33",
                        "USR-34"),
                users(
                        "a deleted user blocks its address",
                        store -> new ForwardingUserStore(store) {
                            private final Set<String> blocked = ConcurrentHashMap.newKeySet();

                            @Override
                            public boolean delete(UserId id) {
                                correct.findById(id)
                                        .ifPresent(
                                                user -> blocked.add(user.email().canonical()));
                                return correct.delete(id);
                            }

                            @Override
                            public InsertUserOutcome insert(UserRecord user) {
                                return blocked.contains(user.email().canonical())
                                        ? InsertUserOutcome.EMAIL_TAKEN
                                        : correct.insert(user);
                            }
                        },
                        "USR-34"),
                users(
                                "update changes the stamp of everybody",
                                store -> new ForwardingUserStore(store) {
                                    private final Set<UserId> all = ConcurrentHashMap.newKeySet();

                                    @Override
                                    public InsertUserOutcome insert(UserRecord user) {
                                        all.add(user.id());
                                        return correct.insert(user);
                                    }

                                    @Override
                                    public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
                                        UpdateUserOutcome outcome = correct.update(replacement, expectedVersion);
                                        if (outcome == UpdateUserOutcome.UPDATED) {
                                            all.stream()
                                                    .filter(id -> !id.equals(replacement.id()))
                                                    .forEach(this::restamp);
                                        }
                                        return outcome;
                                    }

                                    private void restamp(UserId id) {
                                        correct.findById(id)
                                                .ifPresent(user -> correct.update(
                                                        user.toBuilder()
                                                                .stamp(new SecurityStamp(UUID.randomUUID()))
                                                                .build(),
                                                        user.version()));
                                    }
                                },
                                "USR-35",
                                "USR-47",
                                "USR-50")
                        .widely(),
                users(
                        "delete deletes everybody",
                        store -> new ForwardingUserStore(store) {
                            private final Set<UserId> all = ConcurrentHashMap.newKeySet();

                            @Override
                            public InsertUserOutcome insert(UserRecord user) {
                                all.add(user.id());
                                return correct.insert(user);
                            }

                            @Override
                            public boolean delete(UserId id) {
                                boolean deleted = correct.delete(id);
                                if (deleted) {
                                    all.forEach(correct::delete);
                                }
                                return deleted;
                            }
                        },
                        "STO-7",
                        "USR-35"));
    }

    private static UserRecord keeping(UserStore store, UserRecord next, Keep keep) {
        return store.findById(next.id())
                .map(old -> keep.of(old, next.toBuilder()).build())
                .orElse(next);
    }

    /** What of the old record is kept. */
    @FunctionalInterface
    private interface Keep {
        UserRecord.Builder of(UserRecord old, UserRecord.Builder next);
    }
}
