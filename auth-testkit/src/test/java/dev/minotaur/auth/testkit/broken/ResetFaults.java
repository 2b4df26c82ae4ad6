package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.attempts;
import static dev.minotaur.auth.testkit.broken.Fault.pause;
import static dev.minotaur.auth.testkit.broken.Fault.stores;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Stores over which the rules of a reset by link do not hold. */
final class ResetFaults {

    private ResetFaults() {}

    static List<Fault> all() {
        return Fault.list(
                users(
                                "users who never change, by link",
                                BreakUsers.updating((store, next, version) -> UpdateUserOutcome.UPDATED),
                                "RST-2")
                        .toAccounts(),
                stores(
                                "stamps that stay, and rows too",
                                ResetFaults::keepStampsAndRows,
                                "RST-3",
                                "RST-5",
                                "RST-9",
                                "RST-13")
                        .toAccounts(),
                stores("a joined read that uses up links", ResetFaults::usingUp, "RST-4", "RST-8")
                        .toAccounts(),
                stores("a joined read that takes every token for a reset link", ResetFaults::anyReset, "RST-7")
                        .toAccounts(),
                users("a status that stays", BreakUsers.updating(ResetFaults::keepStatus), "RST-9")
                        .toAccounts(),
                attempts("attempts that are never cleared", AttemptFaults.clearing((store, key) -> true), "RST-10")
                        .toAccounts(),
                users(
                                "updates that forget when the address was confirmed",
                                BreakUsers.updating((store, next, version) -> store.update(
                                        next.toBuilder().emailConfirmedAt(null).build(), version)),
                                "RST-2",
                                "RST-10")
                        .toAccounts(),
                stores("stamps that stay, and slow inserts of sessions", ResetFaults::keepStampsAndWait, "RST-14")
                        .toAccounts(),
                users(
                                "update that looks at the version first, by link",
                                UserRaceFaults.checkThenUpdate(),
                                "RST-15",
                                "RST-16")
                        .toAccounts(),
                tokens("a slot that is looked at first", BreakTokens.intoSlot(ResetFaults::lookThenInsert), "RST-17")
                        .toAccounts());
    }

    private static UserStore keepingStamps(UserStore users) {
        return BreakUsers.updating((store, next, version) -> store.update(
                        next.toBuilder()
                                .stamp(store.findById(next.id())
                                        .map(UserRecord::stamp)
                                        .orElse(next.stamp()))
                                .build(),
                        version))
                .apply(users);
    }

    private static AuthStores keepStampsAndRows(AuthStores stores) {
        TokenStore tokens =
                BreakTokens.deletingByUser((store, user, scope) -> 0).apply(stores.tokens());
        return AuthStores.of(keepingStamps(stores.users()), tokens, stores.attempts());
    }

    private static AuthStores keepStampsAndWait(AuthStores stores) {
        TokenStore tokens = BreakTokens.inserting((store, token) -> {
                    for (int i = 0; i < 100; i++) {
                        pause();
                    }
                    return store.insert(token);
                })
                .apply(stores.tokens());
        return AuthStores.of(keepingStamps(stores.users()), tokens, stores.attempts());
    }

    private static AuthStores usingUp(AuthStores stores) {
        return new StoresFaults.Grouped(stores) {
            @Override
            public Optional<TokenWithUser> findTokenWithUser(TokenId id) {
                Optional<TokenWithUser> found = correct.findTokenWithUser(id);
                found.filter(pair -> pair.token().slot().isPresent())
                        .ifPresent(pair -> correct.tokens().delete(id));
                return found;
            }
        };
    }

    private static AuthStores anyReset(AuthStores stores) {
        return new StoresFaults.Grouped(stores) {
            @Override
            public Optional<TokenWithUser> findTokenWithUser(TokenId id) {
                return correct.findTokenWithUser(id)
                        .map(pair -> new TokenWithUser(
                                pair.token().toBuilder()
                                        .purpose(TokenPurpose.PASSWORD_RESET)
                                        .build(),
                                pair.user()));
            }
        };
    }

    private static UpdateUserOutcome keepStatus(UserStore store, UserRecord next, long version) {
        UserRecord stored = store.findById(next.id()).orElse(next);
        return store.update(next.toBuilder().status(stored.status()).build(), version);
    }

    private static InsertTokenOutcome lookThenInsert(TokenStore store, StoredToken token, Instant upTo) {
        List<StoredToken> holders = store.listByUser(token.user(), token.purpose());
        pause();
        InsertTokenOutcome outcome = store.insertIntoSlot(
                token.toBuilder().slot("slot-" + UUID.randomUUID()).build(), upTo);
        holders.forEach(holder -> store.delete(holder.id()));
        return outcome;
    }
}
