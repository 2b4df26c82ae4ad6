package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.attempts;
import static dev.minotaur.auth.testkit.broken.Fault.pause;
import static dev.minotaur.auth.testkit.broken.Fault.stores;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/** Stores over which an owner's identifiers, sign-in links and closed accounts are not what they should be. */
final class OwnerFaults {

    private OwnerFaults() {}

    static List<Fault> all() {
        return Fault.list(
                users(
                                "closed users who are purged a day early",
                                BreakUsers.purging((store, upTo, limit) ->
                                        store.deleteClosed(upTo.plus(1, ChronoUnit.DAYS), limit)),
                                "OWN-15")
                        .toAccounts(),
                users("users whose stamp stays", BreakUsers.updating(OwnerFaults::keepStamp), "REV-1")
                        .toAccounts(),
                tokens(
                                "deleteByUser that takes every purpose",
                                BreakTokens.deletingByUser((store, user, scope) -> store.deleteByUser(
                                        user,
                                        scope.except()
                                                .map(TokenScope.everything()::butNot)
                                                .orElse(scope))),
                                "REV-1")
                        .toAccounts(),
                tokens(
                                "touch that counts as signing in",
                                BreakTokens.touching((store, id, time) -> {
                                    boolean touched = store.touch(id, time);
                                    store.find(id)
                                            .ifPresent(token -> BreakTokens.overwrite(
                                                    store,
                                                    token.toBuilder()
                                                            .authenticatedAt(time)
                                                            .build()));
                                    return touched;
                                }),
                                "EML-1",
                                "OWN-1")
                        .toAccounts(),
                stores("a new address that counts when it is asked for", OwnerFaults::unproven, "EML-2")
                        .toAccounts(),
                stores("a joined read that uses links up", OwnerFaults::usingUp, "EML-3", "LNK-3")
                        .toAccounts(),
                users(
                                "update that keeps the old address taken",
                                BreakUsers.updating((store, next, version) -> {
                                    Optional<EmailAddress> old =
                                            store.findById(next.id()).map(UserRecord::email);
                                    UpdateUserOutcome outcome = store.update(next, version);
                                    old.filter(email -> !email.canonical()
                                                    .equals(next.email().canonical()))
                                            .ifPresent(email -> BreakUsers.reserve(store, email, null));
                                    return outcome;
                                }),
                                "EML-4")
                        .toAccounts(),
                users("update that keeps the old username", OwnerFaults::keepingNames, "OWN-2")
                        .toAccounts(),
                stores(
                                "stamps and dead rows that stay",
                                OwnerFaults::keepingAll,
                                "EML-5",
                                "EML-12",
                                "LNK-6",
                                "LNK-7",
                                "OWN-5")
                        .toAccounts(),
                tokens(
                                "links that are good to the next full second",
                                BreakTokens.storing(token -> token.toBuilder()
                                        .expiresAt(token.expiresAt()
                                                .plusMillis(999)
                                                .truncatedTo(ChronoUnit.SECONDS))
                                        .build()),
                                "EML-6",
                                "LNK-4")
                        .toAccounts(),
                stores(
                                "a joined read that takes every link for one to a new address",
                                purposed("email-change"),
                                "EML-7")
                        .toAccounts(),
                stores("a joined read that takes every link for one to sign in", purposed("sign-in-link"), "LNK-5")
                        .toAccounts(),
                tokens(
                                "a slot for each link",
                                BreakTokens.intoSlot((store, token, upTo) -> store.insertIntoSlot(
                                        token.toBuilder()
                                                .slot(UUID.randomUUID()
                                                        .toString()
                                                        .substring(0, 30))
                                                .build(),
                                        upTo)),
                                "EML-8",
                                "LNK-2")
                        .toAccounts(),
                users("closed accounts that are not found by address", OwnerFaults::hidingClosed, "EML-9", "OWN-4")
                        .toAccounts(),
                users(
                                "update to an address that is taken",
                                store -> new Ambiguous(store, Ambiguous.Of.EMAIL, false, true),
                                "EML-10")
                        .toAccounts(),
                users(
                                "update to a username that is taken",
                                store -> new Ambiguous(store, Ambiguous.Of.USERNAME, false, true),
                                "OWN-3")
                        .toAccounts(),
                attempts(
                                "mails that go uncounted",
                                AttemptFaults.recording((store, key, expected, next) -> true),
                                "EML-11",
                                "LNK-9",
                                "OWN-16")
                        .toAccounts(),
                attempts(
                                "attempts that are kept for ever",
                                AttemptFaults.clearing((store, key) -> true),
                                "SUP-19",
                                "EML-13")
                        .toAccounts(),
                attempts("one first mail in three counted twice", AccountFaults.losingEveryThird(), "LNK-8")
                        .toAccounts(),
                stores(
                                "stamps that stay, and sessions that take their time",
                                AccountFaults::keepStamps,
                                "EML-14",
                                "LNK-11",
                                "OWN-10")
                        .toAccounts(),
                users(
                                "update that looks at the version, then changes",
                                UserRaceFaults.checkThenUpdate(),
                                "EML-15",
                                "EML-17",
                                "EML-18",
                                "OWN-11")
                        .toAccounts(),
                users(
                                "update that looks for the address first",
                                checkThenUpdate(Ambiguous.Of.EMAIL, BreakUsers::emailIsAnothers),
                                "EML-16")
                        .toAccounts(),
                users(
                                "update that looks for the username first",
                                checkThenUpdate(Ambiguous.Of.USERNAME, BreakUsers::usernameIsAnothers),
                                "OWN-9")
                        .toAccounts(),
                users("disabled accounts that are found as active", OwnerFaults::activating, "LNK-1")
                        .toAccounts(),
                tokens(
                                "consume that leaves the link",
                                BreakTokens.consuming((store, id, purpose, digest) -> store.find(id)
                                        .filter(token -> token.purpose().equals(purpose)
                                                && token.digest().equals(digest))),
                                "LNK-2")
                        .toAccounts(),
                tokens(
                                "consume that finds, then deletes",
                                BreakTokens.consuming((store, id, purpose, digest) -> {
                                    Optional<StoredToken> found = store.find(id)
                                            .filter(token -> token.purpose().equals(purpose)
                                                    && token.digest().equals(digest));
                                    pause();
                                    found.ifPresent(token -> store.delete(id));
                                    return found;
                                }),
                                "LNK-10")
                        .toAccounts(),
                users(
                                "a password that cannot be taken away",
                                BreakUsers.updating((store, next, version) -> store.update(
                                        next.toBuilder()
                                                .passwordHash(next.passwordHash()
                                                        .or(() -> store.findById(next.id())
                                                                .flatMap(UserRecord::passwordHash))
                                                        .orElse(null))
                                                .build(),
                                        version)),
                                "LNK-7")
                        .toAccounts(),
                users(
                                "no room for a hash of another name",
                                BreakUsers.storing(user -> user.passwordHash()
                                                .filter(hash -> hash.encoded().startsWith("$2y$"))
                                                .isPresent()
                                        ? user.toBuilder().passwordHash(null).build()
                                        : user),
                                "OWN-6")
                        .toAccounts(),
                users(
                                "an address that is proven by being stored",
                                BreakUsers.storing(user -> user.toBuilder()
                                        .emailConfirmedAt(
                                                user.emailConfirmedAt().orElse(user.createdAt()))
                                        .build()),
                                "OWN-7")
                        .toAccounts(),
                users(
                                "imported users who share an address",
                                store -> new Ambiguous(store, Ambiguous.Of.EMAIL, true, false),
                                "OWN-8")
                        .toAccounts(),
                BackendFailureFaults.caught(
                                "a failed link to a new address is stored",
                                "tokens.insertIntoSlot",
                                any -> InsertTokenOutcome.INSERTED)
                        .by("EML-19"),
                BackendFailureFaults.caught("a failed change is made", "users.update", any -> UpdateUserOutcome.UPDATED)
                        .by("EML-20", "OWN-12", "OWN-13"),
                BackendFailureFaults.caught("a failed use is one", "tokens.consume", BackendFailureFaults::unconsumed)
                        .by("LNK-12"),
                BackendFailureFaults.caught(
                                "a failed import is of another", "users.insert", any -> InsertUserOutcome.EMAIL_TAKEN)
                        .by("OWN-14"));
    }

    private static AuthStores unproven(AuthStores stores) {
        UserStore users = stores.users();
        TokenStore tokens = BreakTokens.intoSlot((store, token, upTo) -> {
                    token.sentTo()
                            .flatMap(address -> users.findById(token.user()).map(user -> user.toBuilder()
                                    .email(new EmailAddress(address, address.toLowerCase(Locale.ROOT)))
                                    .version(user.version() + 1)
                                    .build()))
                            .ifPresent(user -> users.update(user, user.version() - 1));
                    return store.insertIntoSlot(token, upTo);
                })
                .apply(stores.tokens());
        return AuthStores.of(users, tokens, stores.attempts());
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

    private static UserStore keepingNames(UserStore store) {
        return BreakUsers.updating((correct, next, version) -> {
                    Optional<UserRecord> old = correct.findById(next.id());
                    UpdateUserOutcome outcome = correct.update(next, version);
                    old.flatMap(UserRecord::username)
                            .filter(name -> next.username()
                                    .filter(other -> other.canonical().equals(name.canonical()))
                                    .isEmpty())
                            .ifPresent(name -> BreakUsers.reserve(correct, null, name));
                    return outcome;
                })
                .apply(store);
    }

    private static AuthStores keepingAll(AuthStores stores) {
        UserStore users = BreakUsers.updating((store, next, version) -> store.update(
                        next.toBuilder()
                                .stamp(store.findById(next.id())
                                        .map(UserRecord::stamp)
                                        .orElse(next.stamp()))
                                .build(),
                        version))
                .apply(stores.users());
        TokenStore tokens =
                BreakTokens.deletingByUser((store, user, scope) -> 0).apply(stores.tokens());
        return AuthStores.of(users, tokens, stores.attempts());
    }

    private static UnaryOperator<AuthStores> purposed(String purpose) {
        return stores -> new StoresFaults.Grouped(stores) {
            @Override
            public Optional<TokenWithUser> findTokenWithUser(TokenId id) {
                return correct.findTokenWithUser(id)
                        .map(pair -> pair.token().slot().isEmpty()
                                ? pair
                                : new TokenWithUser(
                                        pair.token().toBuilder()
                                                .purpose(new TokenPurpose(purpose))
                                                .build(),
                                        pair.user()));
            }
        };
    }

    private static UserStore hidingClosed(UserStore store) {
        return new ForwardingUserStore(store) {
            @Override
            public Optional<UserRecord> findByEmail(String canonicalEmail) {
                return correct.findByEmail(canonicalEmail).filter(user -> user.status() != UserStatus.CLOSED);
            }
        };
    }

    private static UserStore activating(UserStore store) {
        return new ForwardingUserStore(store) {
            @Override
            public Optional<UserRecord> findByEmail(String canonicalEmail) {
                return correct.findByEmail(canonicalEmail)
                        .map(user -> user.status() == UserStatus.DISABLED
                                ? user.toBuilder().status(UserStatus.ACTIVE).build()
                                : user);
            }
        };
    }

    private static UnaryOperator<UserStore> checkThenUpdate(Ambiguous.Of of, BiPredicate<UserStore, UserRecord> taken) {
        return store -> new ForwardingUserStore(new Ambiguous(store, of, false, true)) {
            @Override
            public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
                if (taken.test(store, replacement)) {
                    return store.update(replacement, expectedVersion);
                }
                pause();
                return correct.update(replacement, expectedVersion);
            }
        };
    }

    private static UpdateUserOutcome keepStamp(UserStore store, UserRecord next, long version) {
        Optional<UserRecord> before = store.findById(next.id());
        return store.update(
                before.map(old -> next.toBuilder().stamp(old.stamp()).build()).orElse(next), version);
    }
}
