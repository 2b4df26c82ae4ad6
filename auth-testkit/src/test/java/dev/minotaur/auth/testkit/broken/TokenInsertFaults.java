package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.spi.InsertTokenOutcome.ALREADY_INSERTED;
import static dev.minotaur.auth.spi.InsertTokenOutcome.ID_TAKEN;
import static dev.minotaur.auth.spi.InsertTokenOutcome.INSERTED;
import static dev.minotaur.auth.spi.InsertTokenOutcome.SLOT_KEPT;
import static dev.minotaur.auth.testkit.broken.BreakTokens.consuming;
import static dev.minotaur.auth.testkit.broken.BreakTokens.finding;
import static dev.minotaur.auth.testkit.broken.BreakTokens.giving;
import static dev.minotaur.auth.testkit.broken.BreakTokens.inserting;
import static dev.minotaur.auth.testkit.broken.BreakTokens.intoSlot;
import static dev.minotaur.auth.testkit.broken.BreakTokens.storing;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;

import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Stores of tokens that are broken in {@code insert}, {@code insertIntoSlot} or {@code find}. */
final class TokenInsertFaults {

    private static final SecurityStamp ZEROS = new SecurityStamp(new UUID(0, 0));

    private TokenInsertFaults() {}

    static List<Fault> all() {
        return Fault.list(
                tokens("a token is found from the second read on", foundLater(), "TOK-1")
                        .widely(),
                tokens(
                                "the label is dropped",
                                storing(token -> token.toBuilder().label(null).build()),
                                "TOK-2")
                        .widely(),
                tokens(
                                "the sent-to address is dropped",
                                storing(token -> token.toBuilder().sentTo(null).build()),
                                "TOK-2")
                        .widely(),
                tokens(
                                "the stamp is dropped",
                                storing(token -> token.toBuilder().stamp(null).build()),
                                "TOK-2")
                        .widely(),
                tokens(
                        "labels are cut at 100 chars",
                        storing(token -> token.toBuilder()
                                .label(token.label()
                                        .map(label -> label.substring(0, Math.min(100, label.length())))
                                        .orElse(null))
                                .build()),
                        "TOK-2",
                        "STO-17",
                        "STO-18",
                        "STO-19"),
                tokens(
                                "no stamp is a stamp of zeros",
                                storing(token -> token.toBuilder()
                                        .stamp(token.stamp().orElse(ZEROS))
                                        .build()),
                                "TOK-3")
                        .widely(),
                tokens(
                                "no label is an empty one",
                                giving(token -> token.toBuilder()
                                        .label(token.label().orElse("-"))
                                        .build()),
                                "TOK-3")
                        .widely(),
                tokens(
                        "a retry is a taken id",
                        inserting((store, token) -> answer(store.insert(token), ALREADY_INSERTED, ID_TAKEN)),
                        "TOK-4"),
                tokens(
                        "a taken id is a retry",
                        inserting((store, token) -> answer(store.insert(token), ID_TAKEN, ALREADY_INSERTED)),
                        "TOK-5"),
                tokens(
                        "insert overwrites",
                        inserting((store, token) -> {
                            InsertTokenOutcome outcome = store.insert(token);
                            if (outcome == ID_TAKEN) {
                                BreakTokens.overwrite(store, token);
                            }
                            return outcome;
                        }),
                        "TOK-5"),
                tokens(
                        "a retry is told by the digest",
                        inserting((store, token) -> store.find(token.id())
                                        .filter(old -> old.digest().equals(token.digest()))
                                        .isPresent()
                                ? ALREADY_INSERTED
                                : store.insert(token)),
                        "TOK-6",
                        "TOK-5"),
                tokens(
                        "insert takes a token with a slot",
                        inserting((store, token) -> token.slot().isPresent()
                                ? store.insertIntoSlot(token, Instant.MAX)
                                : store.insert(token)),
                        "TOK-6"),
                tokens(
                        "a token without a slot gets one",
                        intoSlot((store, token, upTo) ->
                                token.slot().isPresent() ? store.insertIntoSlot(token, upTo) : store.insert(token)),
                        "TOK-6"),
                tokens(
                                "a user has one session",
                                inserting((store, token) -> {
                                    store.listByUser(token.user(), token.purpose()).stream()
                                            .filter(other -> !other.id().equals(token.id()))
                                            .forEach(other -> store.delete(other.id()));
                                    return store.insert(token);
                                }),
                                "TOK-7")
                        .widely(),
                Fault.stores("a token belongs to a known user only", TokenInsertFaults::withForeignKey, "TOK-8")
                        .widely(),
                tokens(
                                "an unknown token is a failure",
                                finding((store, id) ->
                                        Optional.of(store.find(id).orElseThrow())),
                                "TOK-9")
                        .widely(),
                tokens(
                        "a free slot is kept",
                        intoSlot((store, token, upTo) -> upTo.equals(Instant.EPOCH)
                                        && store.find(token.id()).isEmpty()
                                ? SLOT_KEPT
                                : store.insertIntoSlot(token, upTo)),
                        "TOK-10",
                        "TOK-18"),
                tokens(
                        "a holder of exactly that time is kept",
                        intoSlot((store, token, upTo) -> store.insertIntoSlot(token, upTo.minusNanos(1000))),
                        "STO-11",
                        "STO-21",
                        "STO-22",
                        "TOK-11",
                        "TOK-13",
                        "TOK-14",
                        "TOK-43"),
                tokens(
                        "a replaced token is found still",
                        intoSlot(TokenInsertFaults::keepingTheReplaced),
                        "TOK-11",
                        "STO-22"),
                tokens(
                        "a token that replaces loses its label",
                        intoSlot((store, token, upTo) -> store.insertIntoSlot(
                                holder(store, token).isEmpty()
                                        ? token
                                        : token.toBuilder().label(null).build(),
                                upTo)),
                        "TOK-11"),
                tokens(
                        "a token that replaces keeps the label of the one before",
                        intoSlot((store, token, upTo) -> {
                            Optional<String> before = holder(store, token).flatMap(StoredToken::label);
                            return store.insertIntoSlot(
                                    token.toBuilder()
                                            .label(token.label()
                                                    .or(() -> before)
                                                    .orElse(null))
                                            .build(),
                                    upTo);
                        }),
                        "TOK-11"),
                tokens(
                        "a holder one microsecond younger is replaced",
                        intoSlot((store, token, upTo) -> store.insertIntoSlot(token, upTo.plusNanos(1000))),
                        "STO-11",
                        "TOK-12",
                        "TOK-14",
                        "STO-12",
                        "STO-21"),
                tokens(
                        "times of issue are compared in seconds",
                        intoSlot((store, token, upTo) -> store.insertIntoSlot(
                                token,
                                upTo.minusNanos(1)
                                        .truncatedTo(java.time.temporal.ChronoUnit.SECONDS)
                                        .plusSeconds(1))),
                        "STO-11",
                        "STO-12",
                        "TOK-12",
                        "TOK-14",
                        "STO-21"),
                tokens(
                        "a kept holder is replaced all the same",
                        intoSlot((store, token, upTo) -> {
                            InsertTokenOutcome outcome = store.insertIntoSlot(token, upTo);
                            if (outcome == SLOT_KEPT) {
                                store.insertIntoSlot(token, Instant.MAX);
                            }
                            return outcome;
                        }),
                        "STO-11",
                        "TOK-12",
                        "TOK-14",
                        "STO-12",
                        "STO-21",
                        "STO-7",
                        "STO-14"),
                tokens("a user has one slot", slots(token -> "one"), "TOK-12", "TOK-13", "TOK-15", "TOK-16"),
                tokens("a slot is for all users", slotsOfAllUsers(), "STO-18", "TOK-13", "TOK-43"),
                tokens(
                        "slots are folded",
                        slots(token -> token.slot().orElseThrow().toLowerCase(Locale.ROOT)),
                        "TOK-16",
                        "TOK-15"),
                tokens(
                        "a slot is of one purpose",
                        slots(token -> cut(token.slot().orElseThrow() + "/" + token.purpose())),
                        "STO-11",
                        "TOK-14"),
                tokens(
                        "the slot is looked at before the id",
                        intoSlot((store, token, upTo) -> {
                            Optional<StoredToken> same = store.find(token.id());
                            return same.filter(old -> old.issuedAt().isAfter(upTo))
                                            .isPresent()
                                    ? SLOT_KEPT
                                    : store.insertIntoSlot(token, upTo);
                        }),
                        "TOK-16"),
                tokens(
                        "a retry into a slot is told by the digest",
                        intoSlot((store, token, upTo) -> store.find(token.id())
                                        .filter(old -> old.digest().equals(token.digest()))
                                        .isPresent()
                                ? ALREADY_INSERTED
                                : store.insertIntoSlot(token, upTo)),
                        "TOK-6",
                        "TOK-16"),
                tokens(
                        "a retry replaces itself",
                        intoSlot((store, token, upTo) -> {
                            InsertTokenOutcome outcome = store.insertIntoSlot(token, upTo);
                            if (outcome == ALREADY_INSERTED && !token.issuedAt().isAfter(upTo)) {
                                store.delete(token.id());
                            }
                            return outcome;
                        }),
                        "TOK-16"),
                tokens(
                        "the holder is removed before the id is looked at",
                        intoSlot((store, token, upTo) -> {
                            InsertTokenOutcome outcome = store.insertIntoSlot(token, upTo);
                            if (outcome == ID_TAKEN) {
                                store.listByUser(token.user(), token.purpose()).stream()
                                        .filter(holder -> holder.slot().equals(token.slot())
                                                && !holder.id().equals(token.id()))
                                        .forEach(holder -> store.delete(holder.id()));
                            }
                            return outcome;
                        }),
                        "TOK-17"),
                tokens(
                        "a slot stays taken after consume",
                        consuming((store, id, purpose, digest) -> {
                            Optional<StoredToken> used = store.consume(id, purpose, digest);
                            used.filter(token -> token.slot().isPresent())
                                    .ifPresent(token -> store.insertIntoSlot(ghost(token), Instant.EPOCH));
                            return used;
                        }),
                        "TOK-18"));
    }

    private static InsertTokenOutcome answer(
            InsertTokenOutcome outcome, InsertTokenOutcome right, InsertTokenOutcome wrong) {
        return outcome == right ? wrong : outcome;
    }

    private static UnaryOperator<TokenStore> foundLater() {
        Set<TokenId> seen = ConcurrentHashMap.newKeySet();
        return finding((store, id) -> seen.add(id) ? Optional.empty() : store.find(id));
    }

    private static AuthStores withForeignKey(AuthStores stores) {
        TokenStore tokens = inserting(
                        (store, token) -> stores.users().findById(token.user()).isEmpty()
                                ? InsertTokenOutcome.NO_SUCH_USER
                                : store.insert(token))
                .apply(stores.tokens());
        return AuthStores.of(stores.users(), tokens, stores.attempts());
    }

    /** Another token, of any purpose that the kit uses, in the slot that a token names. */
    private static Optional<StoredToken> holder(TokenStore store, StoredToken token) {
        return Stream.of(token.purpose(), TokenPurpose.SESSION, new TokenPurpose("reset"))
                .flatMap(purpose -> store.listByUser(token.user(), purpose).stream())
                .filter(other ->
                        other.slot().equals(token.slot()) && !other.id().equals(token.id()))
                .findFirst();
    }

    private static InsertTokenOutcome keepingTheReplaced(TokenStore store, StoredToken token, Instant upTo) {
        List<StoredToken> before = store.listByUser(token.user(), token.purpose());
        InsertTokenOutcome outcome = store.insertIntoSlot(token, upTo);
        before.stream()
                .filter(old -> store.find(old.id()).isEmpty())
                .forEach(old -> store.insertIntoSlot(
                        old.toBuilder().slot(cut(old.id() + "")).build(), Instant.EPOCH));
        return outcome;
    }

    private static UnaryOperator<TokenStore> slotsOfAllUsers() {
        Map<String, TokenId> holders = new ConcurrentHashMap<>();
        return intoSlot((store, token, upTo) -> {
            InsertTokenOutcome outcome = store.insertIntoSlot(token, upTo);
            if (outcome == INSERTED) {
                TokenId holder = holders.put(token.slot().orElseThrow(), token.id());
                if (holder != null) {
                    store.delete(holder);
                }
            }
            return outcome;
        });
    }

    /** Stores under another slot, and gives back the right one. */
    private static UnaryOperator<TokenStore> slots(Function<StoredToken, String> slot) {
        Map<TokenId, String> originals = new ConcurrentHashMap<>();
        return store -> new ForwardingTokenStore(store) {
            @Override
            protected StoredToken in(StoredToken token) {
                if (token.slot().isEmpty()) {
                    return token;
                }
                originals.putIfAbsent(token.id(), token.slot().get());
                return token.toBuilder().slot(slot.apply(token)).build();
            }

            @Override
            protected StoredToken out(StoredToken token) {
                String original =
                        token.slot().map(any -> originals.get(token.id())).orElse(null);
                return token.toBuilder().slot(original).build();
            }
        };
    }

    private static StoredToken ghost(StoredToken token) {
        return token.toBuilder()
                .id(new TokenId(UUID.randomUUID()))
                .purpose(new TokenPurpose("ghost"))
                .build();
    }

    private static String cut(String slot) {
        return slot.substring(0, Math.min(StoredToken.MAX_SLOT_LENGTH, slot.length()));
    }
}
