package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.attempts;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Stores that are right for a few rows. */
final class ManyFaults {

    private static final int BATCH = 1000;
    private static final int PAGE = 100;

    private ManyFaults() {}

    static List<Fault> all() {
        return Fault.list(
                tokens(
                                "the list ends at a thousand",
                                BreakTokens.listing((store, user, purpose) -> store.listByUser(user, purpose).stream()
                                        .limit(BATCH)
                                        .toList()),
                                "STO-23")
                        .whenCallersMeet(),
                tokens(
                                "delete of all ends at a thousand",
                                BreakTokens.deletingByUser((store, user, scope) -> firstOf(BATCH, store, user, scope)),
                                "STO-23")
                        .whenCallersMeet(),
                tokens("delete of all goes by tens", BreakTokens.deletingByUser(ManyFaults::tenByTen), "STO-23")
                        .whenCallersMeet(),
                tokens(
                                "delete of some purposes ends at a hundred",
                                BreakTokens.deletingByUser(
                                        (store, user, scope) -> scope.purposes().isEmpty()
                                                ? store.deleteByUser(user, scope)
                                                : firstOf(PAGE, store, user, scope)),
                                "STO-23")
                        .whenCallersMeet(),
                tokens(
                                "delete of some purposes goes by tens",
                                BreakTokens.deletingByUser(
                                        (store, user, scope) -> scope.purposes().isEmpty()
                                                ? store.deleteByUser(user, scope)
                                                : tenByTen(store, user, scope)),
                                "STO-23")
                        .whenCallersMeet(),
                tokens(
                                "who has a slot is sought among a hundred",
                                BreakTokens.intoSlot(ManyFaults::insertedBesideTheHolder),
                                "STO-23")
                        .whenCallersMeet(),
                tokens(
                                "the list is in order by the hundred",
                                BreakTokens.listing(
                                        (store, user, purpose) -> orderedByPage(store.listByUser(user, purpose))),
                                "STO-23")
                        .whenCallersMeet(),
                tokens(
                                "a purge ends at a thousand",
                                BreakTokens.purging(
                                        (store, now, limit) -> store.deleteExpired(now, Math.min(limit, BATCH))),
                                "STO-23")
                        .whenCallersMeet(),
                users(
                                "a purge ends at a thousand",
                                BreakUsers.purging(
                                        (store, upTo, limit) -> store.deleteClosed(upTo, Math.min(limit, BATCH))),
                                "STO-23")
                        .whenCallersMeet(),
                attempts(
                                "a purge ends at a thousand",
                                AttemptFaults.purging(
                                        (store, upTo, limit) -> store.deleteOlder(upTo, Math.min(limit, BATCH))),
                                "STO-23")
                        .whenCallersMeet(),
                attempts("the oldest of more than a thousand is forgotten", evicting(), "STO-23")
                        .whenCallersMeet(),
                tokens(
                        "the greatest limit is none",
                        BreakTokens.purging(
                                (store, now, limit) -> isGreatest(limit) ? 0 : store.deleteExpired(now, limit)),
                        "TOK-44"),
                users(
                        "the greatest limit is none",
                        BreakUsers.purging((store, upTo, limit) ->
                                isGreatest(limit) ? List.of() : store.deleteClosed(upTo, limit)),
                        "USR-48"),
                attempts(
                        "the greatest limit is none",
                        AttemptFaults.purging(
                                (store, upTo, limit) -> isGreatest(limit) ? 0 : store.deleteOlder(upTo, limit)),
                        "ATT-10"));
    }

    /** As where one more than the limit is asked for, and overflows. */
    private static boolean isGreatest(int limit) {
        return limit + 1 < limit;
    }

    private static int firstOf(int most, TokenStore store, UserId user, TokenScope scope) {
        List<StoredToken> covered =
                BreakTokens.allOf(store, user).filter(scope::covers).toList();
        return covered.size() > most ? deleted(store, covered.subList(0, most)) : store.deleteByUser(user, scope);
    }

    private static InsertTokenOutcome insertedBesideTheHolder(TokenStore store, StoredToken token, Instant upTo) {
        boolean overlooked = BreakTokens.allOf(store, token.user()).skip(PAGE).anyMatch(other -> other.slot()
                .equals(token.slot()));
        return overlooked ? store.insert(token.toBuilder().slot(null).build()) : store.insertIntoSlot(token, upTo);
    }

    private static List<StoredToken> orderedByPage(List<StoredToken> list) {
        List<StoredToken> byId = list.stream()
                .sorted(Comparator.comparing(token -> token.id().toString()))
                .toList();
        return IntStream.iterate(0, from -> from < byId.size(), from -> from + PAGE)
                .mapToObj(from -> byId.subList(from, Math.min(from + PAGE, byId.size())))
                .flatMap(page -> list.stream().filter(page::contains))
                .toList();
    }

    private static int tenByTen(TokenStore store, UserId user, TokenScope scope) {
        List<StoredToken> covered =
                BreakTokens.allOf(store, user).filter(scope::covers).toList();
        int deleted = 0;
        for (int i = 10; i < covered.size(); i += 10) {
            deleted += deleted(store, covered.subList(i - 10, i));
            Fault.pause();
        }
        return deleted + store.deleteByUser(user, scope);
    }

    private static int deleted(TokenStore store, List<StoredToken> tokens) {
        return (int) tokens.stream().filter(token -> store.delete(token.id())).count();
    }

    private static UnaryOperator<AttemptStore> evicting() {
        Queue<AttemptKey> order = new ConcurrentLinkedQueue<>();
        return AttemptFaults.recording((store, key, expected, next) -> {
            boolean recorded = store.record(key, expected, next);
            if (recorded && expected == 0) {
                order.add(key);
                if (order.size() > BATCH) {
                    store.clear(order.remove());
                }
            }
            return recorded;
        });
    }
}
