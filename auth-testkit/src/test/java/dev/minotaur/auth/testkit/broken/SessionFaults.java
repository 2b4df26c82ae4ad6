package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.BreakTokens.rotating;
import static dev.minotaur.auth.testkit.broken.BreakTokens.touching;
import static dev.minotaur.auth.testkit.broken.Fault.attempts;
import static dev.minotaur.auth.testkit.broken.Fault.pause;
import static dev.minotaur.auth.testkit.broken.Fault.stores;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Stores over which sessions are not renewed, and passwords not proved, as they should be. */
final class SessionFaults {

    private SessionFaults() {}

    static List<Fault> all() {
        return Fault.list(
                tokens("rotate that forks the session", rotating(SessionFaults::fork), "SES-1")
                        .toAccounts(),
                tokens(
                                "rotate that extends the session",
                                rotated((before, next) -> next.toBuilder()
                                        .expiresAt(next.expiresAt().plus(Duration.ofHours(1)))
                                        .build()),
                                "SES-1",
                                "SES-9")
                        .toAccounts(),
                tokens(
                                "rotate that loses the label",
                                rotated((before, next) ->
                                        next.toBuilder().label(null).build()),
                                "SES-1")
                        .toAccounts(),
                tokens(
                                "rotate that takes its own time for that of the proof",
                                rotated((before, next) -> next.toBuilder()
                                        .authenticatedAt(next.rotatedAt().orElse(null))
                                        .build()),
                                "SES-1",
                                "SES-8")
                        .toAccounts(),
                tokens(
                                "rotate without a previous digest",
                                rotated((before, next) ->
                                        next.toBuilder().previousDigest(null).build()),
                                "SES-2",
                                "SES-3",
                                "SES-5",
                                "SES-6",
                                "SES-7")
                        .toAccounts(),
                tokens(
                                "rotate that loses its time",
                                rotated((before, next) ->
                                        next.toBuilder().rotatedAt(null).build()),
                                "SES-2",
                                "SES-3")
                        .toAccounts(),
                tokens("delete that does nothing", BreakTokens.deleting((store, id) -> true), "SES-3", "SES-6")
                        .toAccounts(),
                tokens(
                                "rotate that keeps the first of the digests",
                                rotated((before, next) -> next.toBuilder()
                                        .previousDigest(before.previousDigest()
                                                .or(next::previousDigest)
                                                .orElse(null))
                                        .build()),
                                "SES-4",
                                "SES-7")
                        .toAccounts(),
                tokens(
                                "consume with any digest",
                                BreakTokens.consuming((store, id, purpose, digest) ->
                                        store.find(id).filter(token -> store.delete(id))),
                                "SES-4")
                        .toAccounts(),
                tokens(
                                "rotate that keeps the digest it replaces",
                                rotated((before, next) -> next.toBuilder()
                                        .previousDigest(before.digest())
                                        .build()),
                                "SES-5",
                                "SES-7",
                                "SES-9")
                        .toAccounts(),
                tokens("touch of nothing", touching((store, id, time) -> true), "SES-5")
                        .toAccounts(),
                stores("a rotate that leaves the time of last use", SessionFaults::keepingLastUse, "SES-5")
                        .toAccounts(),
                tokens(
                                "rotate that leaves the time of the proof",
                                rotated((before, next) -> next.toBuilder()
                                        .authenticatedAt(
                                                before.authenticatedAt().orElse(null))
                                        .build()),
                                "SES-9")
                        .toAccounts(),
                attempts(
                                "attempts that nobody counts",
                                AttemptFaults.recording((store, key, expected, next) -> true),
                                "SES-10")
                        .toAccounts(),
                tokens("no session beyond five hours", BreakTokens.storing(SessionFaults::shortened), "SES-11")
                        .toAccounts(),
                tokens("rotate that looks at the digest before", rotating(SessionFaults::checkThenRotate), "SES-12")
                        .toAccounts(),
                tokens("rotate that looks at the digest early", rotating(SessionFaults::checkThenRotate), "SES-13")
                        .toAccounts(),
                tokens("rotate that brings back what was ended", TokenRaceFaults.resurrecting(10), "SES-14")
                        .toAccounts(),
                stores("stamps that stay, and rotate that brings back", SessionFaults::keepStamps, "SES-15")
                        .toAccounts());
    }

    /** Changes what is written, in the light of what was there. */
    private static UnaryOperator<TokenStore> rotated(BinaryOperator<StoredToken> change) {
        return rotating((store, next, expected) -> {
            StoredToken before = store.find(next.id()).orElse(next);
            return store.rotate(change.apply(before, next), expected);
        });
    }

    private static boolean fork(TokenStore store, StoredToken next, TokenDigest expected) {
        Optional<StoredToken> before = store.find(next.id());
        boolean rotated = store.rotate(next, expected);
        before.filter(token -> rotated)
                .map(token ->
                        token.toBuilder().id(new TokenId(UUID.randomUUID())).build())
                .ifPresent(store::insert);
        return rotated;
    }

    private static AuthStores keepingLastUse(AuthStores stores) {
        TokenStore tokens = rotating((store, next, expected) -> {
                    Instant before =
                            store.find(next.id()).map(StoredToken::lastUsedAt).orElse(next.lastUsedAt());
                    return store.rotate(next.toBuilder().lastUsedAt(before).build(), expected);
                })
                .apply(stores.tokens());
        return AuthStores.of(stores.users(), tokens, stores.attempts());
    }

    private static StoredToken shortened(StoredToken token) {
        Instant longest = token.issuedAt().plus(Duration.ofHours(5));
        return token.expiresAt().isAfter(longest)
                ? token.toBuilder().expiresAt(longest).build()
                : token;
    }

    private static boolean checkThenRotate(TokenStore store, StoredToken next, TokenDigest expected) {
        boolean asExpected = store.find(next.id())
                .filter(token -> token.digest().equals(expected))
                .isPresent();
        pause();
        return asExpected
                && store.find(next.id())
                        .filter(token -> store.rotate(next, token.digest()))
                        .isPresent();
    }

    /** The rows that a change of password deletes are then all that ends the sessions, and the proof brings one back. */
    private static AuthStores keepStamps(AuthStores stores) {
        UserStore users = BreakUsers.updating((store, next, version) -> store.update(
                        next.toBuilder()
                                .stamp(store.findById(next.id())
                                        .map(UserRecord::stamp)
                                        .orElse(next.stamp()))
                                .build(),
                        version))
                .apply(stores.users());
        TokenStore bringingBack = TokenRaceFaults.resurrecting(50).apply(stores.tokens());
        TokenStore tokens = rotating((store, next, expected) -> store.find(next.id())
                                .filter(token -> token.stamp().equals(next.stamp()))
                                .isPresent()
                        ? bringingBack.rotate(next, expected)
                        : store.rotate(next, expected))
                .apply(stores.tokens());
        return AuthStores.of(users, tokens, stores.attempts());
    }
}
