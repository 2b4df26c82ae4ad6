package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.attempts;
import static dev.minotaur.auth.testkit.broken.Fault.pause;
import static dev.minotaur.auth.testkit.broken.Fault.stores;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Stores over which the rules of sign-up by link do not hold; most of them fail those of a reset alike. */
final class SignUpFaults {

    private SignUpFaults() {}

    static List<Fault> all() {
        return Fault.list(
                stores("links that make their user at once", SignUpFaults::reserving, "SUP-1", "SUP-13")
                        .toAccounts(),
                tokens(
                                "a slot that is kept for ever",
                                BreakTokens.intoSlot((store, token, upTo) -> InsertTokenOutcome.SLOT_KEPT),
                                "SUP-1",
                                "RST-1")
                        .toAccounts(),
                users(
                                "inserts that forget when the address was confirmed",
                                BreakUsers.inserting((store, user) -> store.insert(
                                        user.toBuilder().emailConfirmedAt(null).build())),
                                "SUP-2")
                        .toAccounts(),
                tokens("a find that uses up links", BreakTokens.finding(SignUpFaults::findAndDelete), "SUP-3", "SUP-8")
                        .toAccounts(),
                tokens("deletes that do nothing", BreakTokens.deleting((store, id) -> true), "SUP-4", "SUP-10")
                        .toAccounts(),
                tokens("slots that hold many", BreakTokens.intoSlot(SignUpFaults::intoAnySlot), "SUP-5", "RST-5")
                        .toAccounts(),
                tokens(
                                "ends in whole seconds",
                                BreakTokens.storing(token -> token.toBuilder()
                                        .expiresAt(token.expiresAt().truncatedTo(ChronoUnit.SECONDS))
                                        .build()),
                                "SUP-6",
                                "RST-6")
                        .toAccounts(),
                tokens("tokens that are all sign-up links", SignUpFaults::anySignUp, "SUP-7")
                        .toAccounts(),
                users(
                                "a taken username that is told as a taken address",
                                BreakUsers.answering(InsertUserOutcome.USERNAME_TAKEN, InsertUserOutcome.EMAIL_TAKEN),
                                "SUP-8",
                                "SUP-15")
                        .toAccounts(),
                users("addresses that come back in small letters", SignUpFaults::inSmallLetters, "SUP-9", "RST-1")
                        .toAccounts(),
                users(
                                "users who share addresses, by link",
                                store -> new Ambiguous(store, Ambiguous.Of.EMAIL, true, false),
                                "SUP-10")
                        .toAccounts(),
                attempts("one first mail in three that is not counted", losingEveryThird(), "SUP-11", "RST-11")
                        .toAccounts(),
                attempts(
                                "mails that nobody counts",
                                AttemptFaults.recording((store, key, expected, next) -> true),
                                "SUP-12",
                                "RST-12")
                        .toAccounts(),
                users("insert that writes over its id", overwriting(), "SUP-14").toAccounts(),
                users(
                                "insert that looks for the username first",
                                UserRaceFaults.checkThenInsert(Ambiguous.Of.USERNAME, BreakUsers::usernameIsAnothers),
                                "SUP-15")
                        .toAccounts(),
                attempts("record that looks at the count first", checkThenRecord(), "SUP-16")
                        .toAccounts());
    }

    private static AuthStores reserving(AuthStores stores) {
        TokenStore tokens = BreakTokens.intoSlot((store, token, upTo) -> {
                    token.sentTo()
                            .map(sentTo -> new EmailAddress(sentTo, sentTo.toLowerCase(Locale.ROOT)))
                            .ifPresent(email -> BreakUsers.reserve(stores.users(), email, null));
                    return store.insertIntoSlot(token, upTo);
                })
                .apply(stores.tokens());
        return AuthStores.of(stores.users(), tokens, stores.attempts());
    }

    private static Optional<StoredToken> findAndDelete(TokenStore store, TokenId id) {
        Optional<StoredToken> found = store.find(id);
        found.filter(token -> token.slot().isPresent()).ifPresent(token -> store.delete(id));
        return found;
    }

    private static InsertTokenOutcome intoAnySlot(TokenStore store, StoredToken token, Instant upTo) {
        String slot = token.slot().orElseThrow() + "-" + token.id().toString().substring(0, 18);
        return store.insertIntoSlot(token.toBuilder().slot(slot).build(), upTo);
    }

    private static TokenStore anySignUp(TokenStore store) {
        return BreakTokens.giving(
                        token -> token.toBuilder().purpose(TokenPurpose.SIGN_UP).build())
                .apply(store);
    }

    private static UserStore inSmallLetters(UserStore store) {
        return new ForwardingUserStore(store) {
            @Override
            protected UserRecord out(UserRecord user) {
                String canonical = user.email().canonical();
                return user.toBuilder()
                        .email(new EmailAddress(canonical, canonical))
                        .build();
            }
        };
    }

    private static UnaryOperator<AttemptStore> losingEveryThird() {
        AtomicInteger calls = new AtomicInteger();
        return AttemptFaults.recording((store, key, expected, next) ->
                (expected > 0 || calls.incrementAndGet() % 3 != 0) && store.record(key, expected, next));
    }

    private static UnaryOperator<UserStore> overwriting() {
        return BreakUsers.inserting((store, user) -> {
            boolean known = store.findById(user.id()).isPresent();
            pause();
            InsertUserOutcome outcome = store.insert(user);
            if (!known && outcome == InsertUserOutcome.ID_TAKEN) {
                store.delete(user.id());
                return store.insert(user);
            }
            return outcome;
        });
    }

    private static UnaryOperator<AttemptStore> checkThenRecord() {
        return AttemptFaults.recording((store, key, expected, next) -> {
            if (store.find(key).map(Attempts::count).orElse(0) != expected) {
                return false;
            }
            pause();
            return store.record(key, store.find(key).map(Attempts::count).orElse(0), next);
        });
    }
}
