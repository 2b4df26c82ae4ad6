package dev.minotaur.auth.testkit;

import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What holds for more rows than a batch, a page or a list of parameters has where somebody has thought of a number. */
abstract class ManyRaceRules extends StoresRaceRules {

    private static final int MANY = 1001;

    private static final int THREADS = 4;

    ManyRaceRules() {}

    @Rule(
            id = "STO-23",
            promise =
                    "A call that lists, deletes or purges many rows MUST reach 1,001 as it reaches one, deleteByUser in"
                            + " one step, and none is lost because there are many.",
            why =
                    "A bound that nobody asked for leaves the thief's session, tells core that nothing is left to purge, or"
                            + " gives a guesser a fresh budget.")
    @ResourceLock(PURGE)
    public final void sto23ManyAreReachedAtOnce() {
        Instant upTo = Samples.longAgo();
        drain(limit -> tokens().deleteExpired(upTo, limit));
        drain(limit -> users().deleteClosed(upTo, limit).size());
        drain(limit -> attempts().deleteOlder(upTo, limit));
        UserId owner = Samples.userId();
        List<StoredToken> sessions = shuffledSessions(owner);
        List<StoredToken> expired = many(MANY, () -> expiring(upTo));
        List<UserRecord> closed = many(MANY, () -> UserPurgeRules.closed(upTo));
        List<AttemptKey> keys = many(MANY, Samples::key);
        Attempts old = new Attempts(1, upTo);
        fill("record attempts", keys, (stores, key) -> stores.attempts().record(key, 0, old));
        fill("insert sessions of one user", sessions, ManyRaceRules::isInserted);
        fill("insert expired tokens", expired, ManyRaceRules::isInserted);
        fill(
                "insert closed users",
                closed,
                (stores, user) -> stores.users().insert(user) == InsertUserOutcome.INSERTED);
        expect("deleteExpired", tokens().deleteExpired(upTo, MANY)).is(MANY);
        expect(
                        "how many deleteClosed answered",
                        users().deleteClosed(upTo, MANY).size())
                .is(MANY);
        expect("deleteOlder", attempts().deleteOlder(upTo, MANY)).is(MANY);
        List<StoredToken> listed = tokens().listByUser(owner, TokenPurpose.SESSION);
        expect("how many tokens listByUser lists", listed.size()).is(MANY);
        expect(
                        "whether the list is in the order of issue",
                        listed.equals(sessions.stream()
                                .sorted(Comparator.comparing(StoredToken::issuedAt))
                                .toList()))
                .is(true);
        StoredToken link = inSlot(Samples.inSlot(owner, "slot"));
        StoredToken successor = inSlot(Samples.inSlot(owner, "slot"));
        expectGone(link);
        TokenScope ended = TokenScope.of(TokenPurpose.SESSION).endedBy(Samples.stamp());
        expectListedWhollyOrNotAtAll(owner, ended.butNot(link.id()));
        expectStored(successor);
        fill("insert sessions of one user again", shuffledSessions(owner), ManyRaceRules::isInserted);
        expect("delete of the link", tokens().delete(successor.id())).is(true);
        expectListedWhollyOrNotAtAll(owner, TokenScope.everything());
    }

    /** All under one stamp, each issued at another time, and not in the order of the list. */
    private static List<StoredToken> shuffledSessions(UserId owner) {
        SecurityStamp stamp = Samples.stamp();
        return IntStream.range(0, MANY)
                .mapToObj(index -> Samples.session(owner).toBuilder()
                        .issuedAt(Samples.T0.minusSeconds(1 + index * 5L % MANY))
                        .stamp(stamp)
                        .build())
                .toList();
    }

    private void expectListedWhollyOrNotAtAll(UserId owner, TokenScope scope) {
        AtomicInteger deleted = new AtomicInteger();
        var rounds = watch(
                "deleteByUser, and listByUser",
                List.of(owner),
                user -> deleted.set(handle(0).tokens().deleteByUser(user, scope)),
                (user, thread) -> handle(thread)
                        .tokens()
                        .listByUser(user, TokenPurpose.SESSION)
                        .size());
        for (List<Integer> seen : rounds.get(0).answers()) {
            for (int size : seen) {
                expect("how many tokens listByUser lists", size).isOneOf(MANY, 0);
            }
        }
        expect("deleteByUser", deleted.get()).is(MANY);
        expect("listByUser", tokens().listByUser(owner, TokenPurpose.SESSION)).is(List.of());
    }

    private <T> void fill(String name, List<T> rows, BiPredicate<AuthStores, T> write) {
        var written = race(name, THREADS, List.of(rows), (all, thread) -> {
            int count = 0;
            for (int i = thread; i < all.size(); i += THREADS) {
                count += write.test(handle(thread), all.get(i)) ? 1 : 0;
            }
            return count;
        });
        expect(name, written.get(0).answers().stream().mapToInt(count -> count).sum())
                .is(rows.size());
    }

    private static boolean isInserted(AuthStores stores, StoredToken token) {
        return stores.tokens().insert(token) == InsertTokenOutcome.INSERTED;
    }
}
