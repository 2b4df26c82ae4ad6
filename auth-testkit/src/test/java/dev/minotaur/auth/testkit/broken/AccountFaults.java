package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.attempts;
import static dev.minotaur.auth.testkit.broken.Fault.pause;
import static dev.minotaur.auth.testkit.broken.Fault.stores;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import dev.minotaur.auth.testkit.Durability;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Stores over which the account rules do not hold. */
final class AccountFaults {

    private AccountFaults() {}

    static List<Fault> all() {
        return Fault.list(
                users("users who are found by the entered address", AccountFaults::byEntered, "ACC-1")
                        .toAccounts(),
                users(
                                "users who share addresses",
                                store -> new Ambiguous(store, Ambiguous.Of.EMAIL, true, false),
                                "ACC-2")
                        .toAccounts(),
                users(
                                "users who share usernames",
                                store -> new Ambiguous(store, Ambiguous.Of.USERNAME, true, false),
                                "ACC-2")
                        .toAccounts(),
                users("users whose status stays", BreakUsers.updating(AccountFaults::keepStatus), "ACC-3", "ACC-18")
                        .toAccounts(),
                attempts("one first attempt in three lost", losingEveryThird(), "ACC-4")
                        .toAccounts(),
                attempts(
                                "attempts that nobody writes down",
                                AttemptFaults.recording((store, key, expected, next) -> true),
                                "ACC-5",
                                "ACC-26")
                        .toAccounts(),
                attempts(
                                "attempts that are counted to eight",
                                AttemptFaults.recording((store, key, expected, next) -> store.record(
                                        key, expected, new Attempts(Math.min(8, next.count()), next.lastAt()))),
                                "ACC-33")
                        .toAccounts(),
                users(
                                "users who never change",
                                BreakUsers.updating((store, next, version) -> UpdateUserOutcome.UPDATED),
                                "ACC-6",
                                "ACC-16")
                        .toAccounts(),
                users(
                                "users whom a late update overwrites",
                                BreakUsers.updating((store, next, version) -> store.update(
                                        next,
                                        store.findById(next.id()).orElseThrow().version())),
                                "ACC-35")
                        .toAccounts(),
                stores("a joined read that takes every token for a session", AccountFaults::anySession, "ACC-7")
                        .toAccounts(),
                tokens(
                                "consume without a look at the digest",
                                BreakTokens.consuming((store, id, purpose, digest) ->
                                        store.find(id).filter(token -> store.delete(id))),
                                "ACC-7",
                                "ACC-28")
                        .toAccounts(),
                tokens("touch that does nothing", BreakTokens.touching((store, id, time) -> true), "ACC-8", "ACC-10")
                        .toAccounts(),
                tokens(
                                "touch that extends the session",
                                BreakTokens.touching((store, id, time) -> {
                                    boolean touched = store.touch(id, time);
                                    store.find(id)
                                            .ifPresent(token -> BreakTokens.overwrite(
                                                    store,
                                                    token.toBuilder()
                                                            .expiresAt(time.plusSeconds(18_000))
                                                            .build()));
                                    return touched;
                                }),
                                "ACC-9")
                        .toAccounts(),
                tokens(
                                "consume that does not remove",
                                BreakTokens.consuming((store, id, purpose, digest) -> store.find(id)
                                        .filter(token -> token.purpose().equals(purpose)
                                                && token.digest().equals(digest))),
                                "ACC-11",
                                "ACC-28")
                        .toAccounts(),
                tokens(
                                "delete that deletes all of the user",
                                BreakTokens.deleting((store, id) -> {
                                    store.find(id)
                                            .ifPresent(token -> store.deleteByUser(
                                                    token.user(),
                                                    TokenScope.everything().butNot(id)));
                                    return store.delete(id);
                                }),
                                "ACC-12",
                                "ACC-15")
                        .toAccounts(),
                tokens(
                                "deleteByUser that spares nothing",
                                BreakTokens.deletingByUser(
                                        (store, user, scope) -> store.deleteByUser(user, TokenScope.everything())),
                                "ACC-13",
                                "ACC-16")
                        .toAccounts(),
                tokens(
                                "a list with the newest first",
                                BreakTokens.listing((store, user, purpose) -> store.listByUser(user, purpose).stream()
                                        .sorted(Comparator.comparing(StoredToken::issuedAt)
                                                .reversed())
                                        .toList()),
                                "ACC-14")
                        .toAccounts(),
                tokens(
                                "a list of two at most",
                                BreakTokens.listing((store, user, purpose) -> store.listByUser(user, purpose).stream()
                                        .limit(2)
                                        .toList()),
                                "ACC-15")
                        .toAccounts(),
                tokens("rotate that does nothing", BreakTokens.rotating((store, next, expected) -> true), "ACC-16")
                        .toAccounts(),
                stores("a joined read that writes", AccountFaults::countingReads, "ACC-17")
                        .toAccounts(),
                users("users who are never deleted", BreakUsers.deleting((store, id) -> true), "ACC-19")
                        .toAccounts(),
                tokens(
                                "a purge without a limit",
                                BreakTokens.purging((store, now, limit) -> store.deleteExpired(now, Integer.MAX_VALUE)),
                                "ACC-20")
                        .toAccounts(),
                Fault.fixture(
                                "data that a restart loses",
                                () -> new StoresFaults.Misdeclared(Durability.HEAP_ONLY),
                                "ACC-21")
                        .toAccounts(),
                users(
                                "insert that looks for the address first",
                                UserRaceFaults.checkThenInsert(Ambiguous.Of.EMAIL, BreakUsers::emailIsAnothers),
                                "ACC-22")
                        .toAccounts(),
                stores("stamps that stay, and slow inserts", AccountFaults::keepStamps, "ACC-23", "ACC-24")
                        .toAccounts(),
                users("update that looks at the version first", UserRaceFaults.checkThenUpdate(), "ACC-25")
                        .toAccounts(),
                tokens("rotate that brings a token back", TokenRaceFaults.resurrecting(10), "ACC-27")
                        .toAccounts());
    }

    private static UserStore byEntered(UserStore store) {
        return new ForwardingUserStore(store) {
            @Override
            protected String email(String canonical) {
                return canonical.toUpperCase(Locale.ROOT);
            }
        };
    }

    private static UpdateUserOutcome keepStatus(UserStore store, UserRecord next, long version) {
        UserStatus status = store.findById(next.id()).map(UserRecord::status).orElse(next.status());
        return store.update(next.toBuilder().status(status).build(), version);
    }

    static UnaryOperator<AttemptStore> losingEveryThird() {
        AtomicInteger calls = new AtomicInteger();
        return AttemptFaults.recording((store, key, expected, next) ->
                (expected > 0 || calls.incrementAndGet() % 3 != 0) && store.record(key, expected, next));
    }

    private static AuthStores anySession(AuthStores stores) {
        return new StoresFaults.Grouped(stores) {
            @Override
            public Optional<TokenWithUser> findTokenWithUser(TokenId id) {
                return correct.findTokenWithUser(id)
                        .map(pair -> new TokenWithUser(
                                pair.token().toBuilder()
                                        .purpose(TokenPurpose.SESSION)
                                        .build(),
                                pair.user()));
            }
        };
    }

    private static AuthStores countingReads(AuthStores stores) {
        return new StoresFaults.Grouped(stores) {
            @Override
            public Optional<TokenWithUser> findTokenWithUser(TokenId id) {
                Optional<TokenWithUser> found = correct.findTokenWithUser(id);
                found.map(TokenWithUser::user).ifPresent(user -> correct.users()
                        .update(user.toBuilder().version(user.version() + 1).build(), user.version()));
                return found;
            }
        };
    }

    /** A change of password then ends what is stored, and not what is being stored. */
    static AuthStores keepStamps(AuthStores stores) {
        UserStore users = BreakUsers.updating((store, next, version) -> store.update(
                        next.toBuilder()
                                .stamp(store.findById(next.id())
                                        .map(UserRecord::stamp)
                                        .orElse(next.stamp()))
                                .build(),
                        version))
                .apply(stores.users());
        TokenStore tokens = BreakTokens.inserting((store, token) -> {
                    for (int i = 0; i < 100; i++) {
                        pause();
                    }
                    return store.insert(token);
                })
                .apply(stores.tokens());
        return AuthStores.of(users, tokens, stores.attempts());
    }
}
