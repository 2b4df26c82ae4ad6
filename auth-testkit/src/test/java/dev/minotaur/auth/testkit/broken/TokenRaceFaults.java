package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.BreakTokens.consuming;
import static dev.minotaur.auth.testkit.broken.BreakTokens.deleting;
import static dev.minotaur.auth.testkit.broken.BreakTokens.deletingByUser;
import static dev.minotaur.auth.testkit.broken.BreakTokens.inserting;
import static dev.minotaur.auth.testkit.broken.BreakTokens.intoSlot;
import static dev.minotaur.auth.testkit.broken.BreakTokens.purging;
import static dev.minotaur.auth.testkit.broken.BreakTokens.rotating;
import static dev.minotaur.auth.testkit.broken.BreakTokens.touching;
import static dev.minotaur.auth.testkit.broken.Fault.pause;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Stores of tokens that are right for one caller at a time, and do in two steps what should be one. */
final class TokenRaceFaults {

    private TokenRaceFaults() {}

    static List<Fault> all() {
        return Fault.list(
                tokens(
                                "consume selects, then deletes",
                                consuming((store, id, purpose, digest) -> {
                                    Optional<StoredToken> found = store.find(id)
                                            .filter(token -> token.purpose().equals(purpose)
                                                    && token.digest().equals(digest));
                                    pause();
                                    found.ifPresent(token -> store.delete(id));
                                    return found;
                                }),
                                "TOK-47")
                        .whenCallersMeet(),
                tokens(
                                "consume deletes what it has not found",
                                consuming((store, id, purpose, digest) -> {
                                    boolean known = store.find(id).isPresent();
                                    pause();
                                    return store.consume(id, purpose, digest).filter(token -> known);
                                }),
                                "TOK-65")
                        .whenCallersMeet(),
                tokens(
                                "insert looks for the id first",
                                inserting((store, token) -> failIfLate(store, token, () -> store.insert(token))),
                                "TOK-48")
                        .whenCallersMeet(),
                tokens(
                                "insertIntoSlot looks for the id first",
                                intoSlot((store, token, upTo) ->
                                        failIfLate(store, token, () -> store.insertIntoSlot(token, upTo))),
                                "TOK-48")
                        .whenCallersMeet(),
                tokens(
                                "insert looks for the id, then overwrites",
                                inserting((store, token) -> {
                                    if (token.slot().isPresent()
                                            || store.find(token.id()).isPresent()) {
                                        return store.insert(token);
                                    }
                                    pause();
                                    BreakTokens.overwrite(store, token);
                                    return InsertTokenOutcome.INSERTED;
                                }),
                                "TOK-49")
                        .whenCallersMeet(),
                tokens(
                                "delete looks for the token first",
                                deleting((store, id) -> {
                                    boolean known = store.find(id).isPresent();
                                    pause();
                                    store.delete(id);
                                    return known;
                                }),
                                "TOK-50")
                        .whenCallersMeet(),
                tokens(
                                "deleteByUser counts first",
                                deletingByUser((store, user, scope) -> {
                                    int counted = (int) BreakTokens.allOf(store, user)
                                            .filter(scope::covers)
                                            .count();
                                    pause();
                                    store.deleteByUser(user, scope);
                                    return counted;
                                }),
                                "TOK-50")
                        .whenCallersMeet(),
                tokens(
                                "deleteByUser selects, then deletes by id",
                                deletingByUser((store, user, scope) -> {
                                    List<StoredToken> seen = BreakTokens.allOf(store, user)
                                            .filter(scope::covers)
                                            .toList();
                                    pause();
                                    return (int) seen.stream()
                                            .filter(token -> store.delete(token.id()))
                                            .count();
                                }),
                                "TOK-67")
                        .whenCallersMeet(),
                tokens(
                                "rotate compares the whole token with what it has read, twice",
                                rotating((store, next, expected) ->
                                        unchanged(store, next.id()) && store.rotate(next, expected)),
                                "TOK-62")
                        .whenCallersMeet(),
                tokens(
                                "consume compares the whole token with what it has read, twice",
                                consuming((store, id, purpose, digest) ->
                                        unchanged(store, id) ? store.consume(id, purpose, digest) : Optional.empty()),
                                "TOK-62")
                        .whenCallersMeet(),
                tokens("two purges at once are a failure", exclusivePurge(), "TOK-51")
                        .whenCallersMeet(),
                tokens(
                                "insertIntoSlot looks for the holder first",
                                intoSlot((store, token, upTo) -> {
                                    boolean kept = holder(store, token)
                                            .filter(old -> old.issuedAt().isAfter(upTo))
                                            .isPresent();
                                    if (kept || store.find(token.id()).isPresent()) {
                                        return store.insertIntoSlot(token, upTo);
                                    }
                                    pause();
                                    return store.insertIntoSlot(token, Instant.MAX);
                                }),
                                "TOK-52")
                        .whenCallersMeet(),
                tokens(
                                "insertIntoSlot deletes, then inserts",
                                intoSlot((store, token, upTo) -> {
                                    Optional<StoredToken> holder = holder(store, token);
                                    if (store.find(token.id()).isPresent()
                                            || holder.filter(old ->
                                                            old.issuedAt().isAfter(upTo))
                                                    .isPresent()) {
                                        return store.insertIntoSlot(token, upTo);
                                    }
                                    holder.ifPresent(old -> store.delete(old.id()));
                                    pause();
                                    return store.insertIntoSlot(token, Instant.EPOCH);
                                }),
                                "TOK-53",
                                "TOK-54")
                        .whenCallersMeet(),
                tokens(
                                "a holder that is gone is a failure",
                                intoSlot((store, token, upTo) -> {
                                    Optional<StoredToken> holder = holder(store, token);
                                    pause();
                                    if (holder.isPresent()
                                            && store.find(holder.get().id()).isEmpty()) {
                                        throw StoreException.nothingHappened("one row was expected", null);
                                    }
                                    return store.insertIntoSlot(token, upTo);
                                }),
                                "TOK-55")
                        .whenCallersMeet(),
                tokens(
                                "deleteByUser expects what it has listed",
                                deletingByUser((store, user, scope) -> {
                                    List<StoredToken> listed = BreakTokens.allOf(store, user)
                                            .filter(scope::covers)
                                            .toList();
                                    pause();
                                    for (StoredToken token : listed) {
                                        if (!store.delete(token.id())) {
                                            throw StoreException.outcomeUnknown("one row was expected", null);
                                        }
                                    }
                                    return listed.size();
                                }),
                                "TOK-56")
                        .whenCallersMeet(),
                tokens(
                                "rotate looks at the digest first",
                                rotating((store, next, expected) -> {
                                    if (store.find(next.id())
                                            .filter(old -> old.digest().equals(expected))
                                            .isEmpty()) {
                                        return false;
                                    }
                                    pause();
                                    return store.find(next.id())
                                            .filter(old -> store.rotate(next, old.digest()))
                                            .isPresent();
                                }),
                                "TOK-57")
                        .whenCallersMeet(),
                tokens("rotate brings a deleted token back", resurrecting(1), "TOK-58")
                        .whenCallersMeet(),
                tokens(
                                "consume looks at the digest first",
                                consuming((store, id, purpose, digest) -> {
                                    Optional<StoredToken> found = store.find(id)
                                            .filter(token -> token.purpose().equals(purpose)
                                                    && token.digest().equals(digest));
                                    pause();
                                    return found.filter(token -> store.delete(id));
                                }),
                                "TOK-59")
                        .whenCallersMeet(),
                tokens(
                                "rotate deletes and inserts",
                                rotating((store, next, expected) -> {
                                    Optional<StoredToken> before = store.find(next.id())
                                            .filter(old -> old.digest().equals(expected));
                                    if (before.isEmpty() || !store.rotate(next, expected)) {
                                        return false;
                                    }
                                    StoredToken rotated = store.find(next.id()).orElse(next);
                                    store.delete(next.id());
                                    pause();
                                    BreakTokens.overwrite(store, rotated);
                                    return true;
                                }),
                                "TOK-60")
                        .whenCallersMeet(),
                tokens(
                                "touch reads, then writes",
                                touching((store, id, time) -> {
                                    Optional<StoredToken> before = store.find(id)
                                            .filter(token -> token.lastUsedAt().isBefore(time));
                                    pause();
                                    before.ifPresent(token -> BreakTokens.overwrite(
                                            store,
                                            token.toBuilder().lastUsedAt(time).build()));
                                    return before.isPresent();
                                }),
                                "TOK-61")
                        .whenCallersMeet(),
                tokens(
                                "touch writes the whole token",
                                touching((store, id, time) -> {
                                    Optional<StoredToken> before = store.find(id);
                                    pause();
                                    boolean touched = store.touch(id, time);
                                    before.filter(token -> touched).ifPresent(token -> store.find(id)
                                            .ifPresent(now -> store.rotate(token, now.digest())));
                                    return touched;
                                }),
                                "TOK-62")
                        .whenCallersMeet(),
                tokens(
                                "touch brings a deleted token back",
                                touching((store, id, time) -> {
                                    Optional<StoredToken> before = store.find(id)
                                            .filter(token -> token.lastUsedAt().isBefore(time));
                                    pause();
                                    if (!store.touch(id, time)) {
                                        before.filter(token -> store.find(id).isEmpty())
                                                .ifPresent(token -> BreakTokens.overwrite(store, token));
                                    }
                                    return before.isPresent();
                                }),
                                "TOK-63")
                        .whenCallersMeet());
    }

    private static Optional<StoredToken> holder(TokenStore store, StoredToken token) {
        return BreakTokens.allOf(store, token.user())
                .filter(other -> other.slot().equals(token.slot()))
                .findFirst();
    }

    private static InsertTokenOutcome failIfLate(
            TokenStore store, StoredToken token, java.util.function.Supplier<InsertTokenOutcome> insert) {
        boolean known = store.find(token.id()).isPresent();
        pause();
        InsertTokenOutcome outcome = insert.get();
        if (!known && outcome == InsertTokenOutcome.ALREADY_INSERTED) {
            throw StoreException.nothingHappened("the primary key is violated", null);
        }
        return outcome;
    }

    static UnaryOperator<TokenStore> resurrecting(int pauses) {
        return rotating((store, next, expected) -> {
            Optional<StoredToken> before =
                    store.find(next.id()).filter(old -> old.digest().equals(expected));
            for (int i = 0; i < pauses; i++) {
                pause();
            }
            boolean rotated = store.rotate(next, expected);
            if (!rotated && before.isPresent() && store.find(next.id()).isEmpty()) {
                BreakTokens.overwrite(store, next);
                return true;
            }
            return rotated;
        });
    }

    /** Whether a token is the same for a moment, in one of two tries. */
    private static boolean unchanged(TokenStore store, TokenId id) {
        for (int attempt = 0; attempt < 2; attempt++) {
            Optional<StoredToken> read = store.find(id);
            pause();
            if (store.find(id).equals(read)) {
                return true;
            }
        }
        return false;
    }

    private static UnaryOperator<TokenStore> exclusivePurge() {
        AtomicInteger running = new AtomicInteger();
        return purging((store, now, limit) -> {
            try {
                if (running.incrementAndGet() > 1) {
                    throw StoreException.nothingHappened("a deadlock was broken off", null);
                }
                pause();
                return store.deleteExpired(now, limit);
            } finally {
                running.decrementAndGet();
            }
        });
    }
}
