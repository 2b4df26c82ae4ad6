package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.pause;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Stores whose every verb is right among calls of itself, and goes wrong where one certain other verb meets it. */
final class MeetingFaults {

    private MeetingFaults() {}

    static List<Fault> all() {
        return Fault.list(
                users(
                                "insert looks for the address, guarded against inserts only",
                                insertingAmongUpdates(Ambiguous.Of.EMAIL, BreakUsers::emailIsAnothers),
                                "USR-55")
                        .whenCallersMeet(),
                users(
                                "insert looks for the username, guarded against inserts only",
                                insertingAmongUpdates(Ambiguous.Of.USERNAME, BreakUsers::usernameIsAnothers),
                                "USR-55")
                        .whenCallersMeet(),
                users(
                                "update frees the old username late, whoever has it",
                                BreakUsers.updating(MeetingFaults::freeLate),
                                "USR-44")
                        .whenCallersMeet(),
                users("nobody has a username while its user is updated", unnamedMeanwhile(), "USR-43")
                        .whenCallersMeet(),
                tokens("touch brings a replaced token back", reviving("insertIntoSlot"), "TOK-63")
                        .whenCallersMeet(),
                tokens("touch brings a purged token back", reviving("deleteExpired"), "TOK-63")
                        .whenCallersMeet(),
                tokens("touch brings back what deleteByUser deleted", reviving("deleteByUser"), "TOK-63")
                        .whenCallersMeet(),
                tokens("consume gives what deleteByUser has deleted", takenTwice("consume", "deleteByUser"), "TOK-68")
                        .whenCallersMeet(),
                tokens("consume gives what delete has deleted", takenTwice("consume", "delete"), "TOK-68")
                        .whenCallersMeet(),
                tokens("delete counts what consume has taken", takenTwice("delete", "consume"), "TOK-68")
                        .whenCallersMeet(),
                tokens("deleteByUser counts what consume has taken", takenTwice("deleteByUser", "consume"), "TOK-68")
                        .whenCallersMeet(),
                tokens("deleteByUser counts what delete has deleted", takenTwice("deleteByUser", "delete"), "TOK-68")
                        .whenCallersMeet());
    }

    private static UnaryOperator<UserStore> insertingAmongUpdates(
            Ambiguous.Of of, BiPredicate<UserStore, UserRecord> taken) {
        Object inserts = new Object();
        UnaryOperator<UserStore> late = UserRaceFaults.checkThenInsert(of, taken);
        return store -> new ForwardingUserStore(late.apply(store)) {
            @Override
            public InsertUserOutcome insert(UserRecord user) {
                synchronized (inserts) {
                    return correct.insert(user);
                }
            }
        };
    }

    private static UnaryOperator<UserStore> unnamedMeanwhile() {
        Set<String> unindexed = ConcurrentHashMap.newKeySet();
        return store -> new ForwardingUserStore(store) {
            @Override
            public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
                String name = correct.findById(replacement.id())
                        .flatMap(UserRecord::username)
                        .map(Username::canonical)
                        .orElse("");
                unindexed.add(name);
                pause();
                UpdateUserOutcome outcome = correct.update(replacement, expectedVersion);
                unindexed.remove(name);
                return outcome;
            }

            @Override
            public Optional<UserRecord> findByUsername(String canonicalUsername) {
                return correct.findByUsername(canonicalUsername).filter(user -> !unindexed.contains(canonicalUsername));
            }
        };
    }

    private static UpdateUserOutcome freeLate(UserStore store, UserRecord next, long version) {
        Optional<UserRecord> before = store.findById(next.id());
        UpdateUserOutcome outcome = store.update(next, version);
        if (outcome == UpdateUserOutcome.UPDATED) {
            pause();
            before.flatMap(UserRecord::username)
                    .flatMap(old -> store.findByUsername(old.canonical()))
                    .filter(holder -> !holder.id().equals(next.id()))
                    .ifPresent(holder ->
                            store.update(holder.toBuilder().username(null).build(), holder.version()));
        }
        return outcome;
    }

    /** Stores a token again that touch has found, if a certain verb has removed it meanwhile. */
    private static UnaryOperator<TokenStore> reviving(String verb) {
        Removals removals = new Removals();
        return store -> new Removing(store, removals) {
            @Override
            public boolean touch(TokenId id, Instant lastUsedAt) {
                Optional<StoredToken> found = correct.find(id);
                return removals.during(id, () -> {
                    pause();
                    boolean touched = correct.touch(id, lastUsedAt);
                    found.filter(token -> !touched && verb.equals(removals.of(id)))
                            .ifPresent(token -> storedAgain(correct, token));
                    return touched;
                });
            }
        };
    }

    private static void storedAgain(TokenStore store, StoredToken token) {
        var unused = token.slot().isPresent() ? store.insertIntoSlot(token, Instant.MAX) : store.insert(token);
    }

    /** A verb that reads, and then takes for its own what a certain other has removed meanwhile. */
    private static UnaryOperator<TokenStore> takenTwice(String taker, String remover) {
        Removals removals = new Removals();
        return store -> new Removing(store, removals) {
            @Override
            public Optional<StoredToken> consume(TokenId id, TokenPurpose purpose, TokenDigest digest) {
                Optional<StoredToken> found = correct.find(id)
                        .filter(token -> token.purpose().equals(purpose)
                                && token.digest().equals(digest));
                if (!taker.equals("consume") || found.isEmpty()) {
                    return super.consume(id, purpose, digest);
                }
                return removals.during(id, () -> {
                    pause();
                    return super.consume(id, purpose, digest)
                            .or(() -> found.filter(token -> remover.equals(removals.of(id))));
                });
            }

            @Override
            public boolean delete(TokenId id) {
                if (!taker.equals("delete") || correct.find(id).isEmpty()) {
                    return super.delete(id);
                }
                return removals.during(id, () -> {
                    pause();
                    return super.delete(id) || remover.equals(removals.of(id));
                });
            }

            @Override
            public int deleteByUser(UserId user, TokenScope scope) {
                List<StoredToken> found =
                        BreakTokens.allOf(correct, user).filter(scope::covers).toList();
                if (!taker.equals("deleteByUser") || found.size() != 1) {
                    return super.deleteByUser(user, scope);
                }
                TokenId id = found.get(0).id();
                return removals.during(id, () -> {
                    pause();
                    int deleted = super.deleteByUser(user, scope);
                    return remover.equals(removals.of(id)) ? deleted + 1 : deleted;
                });
            }
        };
    }

    /** By which verb the tokens went that somebody is about. */
    private static final class Removals {

        private static final String NONE = "";

        private final Map<TokenId, String> verbs = new ConcurrentHashMap<>();

        <T> T during(TokenId id, Supplier<T> call) {
            verbs.put(id, NONE);
            try {
                return call.get();
            } finally {
                verbs.remove(id);
            }
        }

        String of(TokenId id) {
            return verbs.getOrDefault(id, NONE);
        }

        <T> T by(String verb, TokenStore store, Supplier<T> call) {
            Set<TokenId> there = verbs.keySet().stream()
                    .filter(id -> store.find(id).isPresent())
                    .collect(Collectors.toSet());
            T answer = call.get();
            there.stream()
                    .filter(id -> store.find(id).isEmpty())
                    .forEach(id -> verbs.computeIfPresent(id, (any, before) -> verb));
            return answer;
        }
    }

    /** Notes which verb has removed what. */
    private static class Removing extends ForwardingTokenStore {

        private final Removals removals;

        Removing(TokenStore correct, Removals removals) {
            super(correct);
            this.removals = removals;
        }

        @Override
        public InsertTokenOutcome insertIntoSlot(StoredToken token, Instant replaceIssuedUpTo) {
            return removals.by("insertIntoSlot", correct, () -> correct.insertIntoSlot(token, replaceIssuedUpTo));
        }

        @Override
        public Optional<StoredToken> consume(TokenId id, TokenPurpose purpose, TokenDigest digest) {
            return removals.by("consume", correct, () -> correct.consume(id, purpose, digest));
        }

        @Override
        public boolean delete(TokenId id) {
            return removals.by("delete", correct, () -> correct.delete(id));
        }

        @Override
        public int deleteByUser(UserId user, TokenScope scope) {
            return removals.by("deleteByUser", correct, () -> correct.deleteByUser(user, scope));
        }

        @Override
        public int deleteExpired(Instant now, int limit) {
            return removals.by("deleteExpired", correct, () -> correct.deleteExpired(now, limit));
        }
    }
}
