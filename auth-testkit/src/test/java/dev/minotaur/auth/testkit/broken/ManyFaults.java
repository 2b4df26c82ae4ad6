package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.attempts;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;

/** Stores that are right for a few rows. */
final class ManyFaults {

    private static final int BATCH = 1000;

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
                                BreakTokens.deletingByUser(ManyFaults::firstThousand),
                                "STO-23")
                        .whenCallersMeet(),
                tokens("delete of all goes by tens", BreakTokens.deletingByUser(ManyFaults::tenByTen), "STO-23")
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

    private static int firstThousand(TokenStore store, UserId user, TokenScope scope) {
        List<StoredToken> covered =
                BreakTokens.allOf(store, user).filter(scope::covers).toList();
        return covered.size() > BATCH ? deleted(store, covered.subList(0, BATCH)) : store.deleteByUser(user, scope);
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
