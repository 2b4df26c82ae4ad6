package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.BreakTokens.consuming;
import static dev.minotaur.auth.testkit.broken.BreakTokens.rotating;
import static dev.minotaur.auth.testkit.broken.BreakTokens.touching;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.TokenStore;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Stores of tokens that are broken in {@code consume}, {@code rotate} or {@code touch}. */
final class TokenUseFaults {

    private TokenUseFaults() {}

    static List<Fault> all() {
        return Fault.list(
                tokens(
                        "consume does not remove",
                        consuming((store, id, purpose, digest) -> store.find(id)
                                .filter(token -> token.purpose().equals(purpose)
                                        && token.digest().equals(digest))),
                        "TOK-18",
                        "TOK-19",
                        "TOK-31",
                        "STO-22"),
                tokens(
                        "consume gives back less than there was",
                        consuming((store, id, purpose, digest) -> store.consume(id, purpose, digest)
                                .map(token -> token.toBuilder().sentTo(null).build())),
                        "STO-10",
                        "STO-18",
                        "TOK-19"),
                tokens(
                        "consume does not look at the purpose",
                        consuming((store, id, purpose, digest) ->
                                consumeIf(store, id, token -> token.digest().equals(digest))),
                        "TOK-20"),
                tokens(
                        "consume compares the start of the purpose",
                        consuming((store, id, purpose, digest) -> consumeIf(
                                store,
                                id,
                                token -> token.digest().equals(digest)
                                        && token.purpose().name().startsWith(purpose.name()))),
                        "TOK-20"),
                tokens(
                        "consume destroys at the wrong purpose",
                        consuming((store, id, purpose, digest) -> {
                            Optional<StoredToken> used = store.consume(id, purpose, digest);
                            store.find(id)
                                    .filter(token -> !token.purpose().equals(purpose))
                                    .ifPresent(token -> store.delete(id));
                            return used;
                        }),
                        "TOK-20"),
                tokens(
                        "consume does not look at the digest",
                        consuming((store, id, purpose, digest) ->
                                consumeIf(store, id, token -> token.purpose().equals(purpose))),
                        "TOK-21",
                        "TOK-22",
                        "TOK-31",
                        "STO-20"),
                tokens(
                        "consume compares 31 bytes",
                        consuming((store, id, purpose, digest) -> consumeIf(
                                store,
                                id,
                                token -> token.purpose().equals(purpose) && sameStart(token.digest(), digest))),
                        "TOK-21",
                        "STO-20"),
                tokens(
                        "consume destroys at the wrong digest",
                        consuming((store, id, purpose, digest) -> {
                            Optional<StoredToken> used = store.consume(id, purpose, digest);
                            store.find(id)
                                    .filter(token -> token.purpose().equals(purpose))
                                    .ifPresent(token -> store.delete(id));
                            return used;
                        }),
                        "TOK-21",
                        "TOK-22",
                        "TOK-31",
                        "STO-20"),
                tokens(
                        "consume takes the previous digest",
                        consuming((store, id, purpose, digest) -> consumeIf(
                                store,
                                id,
                                token -> token.purpose().equals(purpose)
                                        && (token.digest().equals(digest)
                                                || token.previousDigest().equals(Optional.of(digest))))),
                        "TOK-22",
                        "TOK-31",
                        "STO-20"),
                tokens(
                        "consume of nothing is a failure",
                        consuming((store, id, purpose, digest) ->
                                store.consume(store.find(id).orElseThrow().id(), purpose, digest)),
                        "TOK-23",
                        "TOK-19",
                        "STO-3",
                        "STO-9"),
                tokens(
                        "consume removes all with the digest",
                        consuming((store, id, purpose, digest) -> {
                            Optional<StoredToken> used = store.consume(id, purpose, digest);
                            used.ifPresent(token -> store.listByUser(token.user(), purpose).stream()
                                    .filter(other -> other.digest().equals(digest))
                                    .forEach(other -> store.delete(other.id())));
                            return used;
                        }),
                        "TOK-24"),
                tokens(
                        "consume removes all of the user and the purpose",
                        consuming((store, id, purpose, digest) -> {
                            Optional<StoredToken> used = store.consume(id, purpose, digest);
                            used.ifPresent(token ->
                                    store.listByUser(token.user(), purpose).forEach(other -> store.delete(other.id())));
                            return used;
                        }),
                        "STO-18",
                        "TOK-24"),
                tokens(
                        "rotate forgets the stamp",
                        rotating((store, next, expected) -> store.rotate(
                                next.toBuilder()
                                        .stamp(store.find(next.id())
                                                .flatMap(StoredToken::stamp)
                                                .orElse(null))
                                        .build(),
                                expected)),
                        "STO-18",
                        "TOK-25",
                        "TOK-26"),
                tokens(
                        "rotate forgets the expiry",
                        rotating((store, next, expected) -> store.rotate(
                                next.toBuilder()
                                        .expiresAt(store.find(next.id())
                                                .map(StoredToken::expiresAt)
                                                .orElse(next.expiresAt()))
                                        .build(),
                                expected)),
                        "STO-11",
                        "STO-18",
                        "TOK-25",
                        "TOK-43",
                        "STO-14"),
                tokens(
                        "rotate only fills in",
                        rotating((store, next, expected) -> store.rotate(filledIn(store, next), expected)),
                        "TOK-26"),
                tokens("rotate changes the purpose", rotatingTo(TokenUseFaults::withPurpose), "TOK-27"),
                tokens(
                        "rotate changes the user",
                        rotatingTo(
                                (old, next) -> old.toBuilder().user(next.user()).build()),
                        "TOK-27"),
                tokens(
                        "rotate changes the time of issue",
                        rotatingTo((old, next) ->
                                old.toBuilder().issuedAt(next.issuedAt()).build()),
                        "TOK-27"),
                tokens(
                        "rotate changes the sent-to address",
                        rotatingTo((old, next) -> old.toBuilder()
                                .sentTo(next.sentTo().orElse(null))
                                .build()),
                        "TOK-27"),
                tokens(
                        "rotate keeps the time of last use",
                        rotating((store, next, expected) -> store.rotate(
                                next.toBuilder()
                                        .lastUsedAt(store.find(next.id())
                                                .map(StoredToken::lastUsedAt)
                                                .orElse(next.lastUsedAt()))
                                        .build(),
                                expected)),
                        "STO-2",
                        "STO-6",
                        "TOK-25",
                        "TOK-28",
                        "STO-14"),
                tokens(
                        "rotate moves the time of last use back",
                        rotatingTo((old, next) ->
                                old.toBuilder().lastUsedAt(next.lastUsedAt()).build()),
                        "TOK-28"),
                tokens(
                        "rotate ignores the expected digest",
                        rotating((store, next, expected) -> store.find(next.id())
                                .filter(old -> store.rotate(next, old.digest()))
                                .isPresent()),
                        "TOK-29",
                        "TOK-31",
                        "STO-20"),
                tokens(
                        "rotate takes the previous digest",
                        rotating((store, next, expected) -> store.find(next.id())
                                .filter(old -> old.previousDigest().equals(Optional.of(expected)))
                                .map(old -> store.rotate(next, old.digest()))
                                .orElseGet(() -> store.rotate(next, expected))),
                        "TOK-29",
                        "TOK-31",
                        "STO-20"),
                tokens(
                        "rotate says yes to anything",
                        rotating((store, next, expected) -> Fault.yes(store.rotate(next, expected))),
                        "TOK-29",
                        "TOK-30",
                        "TOK-31",
                        "STO-20"),
                tokens(
                        "rotate creates",
                        rotating((store, next, expected) -> {
                            boolean rotated = store.rotate(next, expected);
                            if (!rotated && store.find(next.id()).isEmpty()) {
                                store.insert(next);
                            }
                            return rotated;
                        }),
                        "TOK-30"),
                tokens(
                        "rotate adds a row",
                        rotating((store, next, expected) -> {
                            Optional<StoredToken> old = store.find(next.id());
                            boolean rotated = store.rotate(next, expected);
                            old.filter(token -> rotated && token.slot().isEmpty())
                                    .ifPresent(token -> store.insert(token.toBuilder()
                                            .id(new TokenId(UUID.randomUUID()))
                                            .build()));
                            return rotated;
                        }),
                        "TOK-31",
                        "STO-12",
                        "STO-14"),
                tokens(
                        "the old digest rotates too",
                        rotating((store, next, expected) -> store.rotate(next, expected)
                                || store.find(next.id())
                                        .flatMap(StoredToken::previousDigest)
                                        .filter(expected::equals)
                                        .isPresent()),
                        "TOK-29",
                        "TOK-31",
                        "STO-20"),
                tokens(
                        "touch does nothing",
                        touching((store, id, time) -> store.find(id)
                                .filter(token -> token.lastUsedAt().isBefore(time))
                                .isPresent()),
                        "STO-6",
                        "STO-11",
                        "TOK-32",
                        "STO-14"),
                tokens(
                        "touch compares milliseconds",
                        touching((store, id, time) -> store.find(id)
                                        .filter(token -> token.lastUsedAt()
                                                .truncatedTo(ChronoUnit.MILLIS)
                                                .isBefore(time.truncatedTo(ChronoUnit.MILLIS)))
                                        .isPresent()
                                && store.touch(id, time)),
                        "TOK-32",
                        "STO-11",
                        "STO-12"),
                tokens(
                        "touch moves the expiry too",
                        touching((store, id, time) -> {
                            boolean touched = store.touch(id, time);
                            store.find(id)
                                    .filter(token -> touched)
                                    .ifPresent(token -> BreakTokens.overwrite(
                                            store,
                                            token.toBuilder()
                                                    .expiresAt(time.plusSeconds(60))
                                                    .build()));
                            return touched;
                        }),
                        "STO-6",
                        "STO-11",
                        "TOK-32",
                        "STO-14"),
                tokens(
                        "touch says yes to an equal time",
                        touching((store, id, time) -> store.touch(id, time)
                                || store.find(id)
                                        .filter(token -> token.lastUsedAt().equals(time))
                                        .isPresent()),
                        "TOK-33"),
                tokens(
                        "touch moves back",
                        touching((store, id, time) -> {
                            boolean touched = store.touch(id, time);
                            store.find(id)
                                    .filter(token -> token.lastUsedAt().isAfter(time))
                                    .ifPresent(token -> BreakTokens.overwrite(
                                            store,
                                            token.toBuilder().lastUsedAt(time).build()));
                            return touched;
                        }),
                        "TOK-33"),
                tokens(
                        "touch says yes to anything",
                        touching((store, id, time) -> Fault.yes(store.touch(id, time))),
                        "TOK-33",
                        "TOK-34",
                        "STO-21",
                        "STO-22"),
                tokens(
                        "touch of nothing says yes",
                        touching((store, id, time) ->
                                store.touch(id, time) || store.find(id).isEmpty()),
                        "TOK-34",
                        "STO-22"),
                tokens(
                        "touch and rotate by digest",
                        rotating((store, next, expected) -> {
                            List<StoredToken> siblings = store.find(next.id()).stream()
                                    .flatMap(token -> store.listByUser(token.user(), token.purpose()).stream())
                                    .filter(token -> !token.id().equals(next.id())
                                            && token.digest().equals(expected))
                                    .toList();
                            siblings.forEach(token -> store.rotate(
                                    token.toBuilder().digest(next.digest()).build(), expected));
                            return store.rotate(next, expected);
                        }),
                        "TOK-35"));
    }

    private static Optional<StoredToken> consumeIf(TokenStore store, TokenId id, Predicate<StoredToken> condition) {
        return store.find(id).filter(condition).filter(token -> store.delete(id));
    }

    private static boolean sameStart(TokenDigest one, TokenDigest two) {
        return Arrays.equals(one.bytes(), 0, TokenDigest.LENGTH - 1, two.bytes(), 0, TokenDigest.LENGTH - 1);
    }

    private static StoredToken filledIn(TokenStore store, StoredToken next) {
        return store.find(next.id())
                .map(old -> next.toBuilder()
                        .previousDigest(
                                next.previousDigest().or(old::previousDigest).orElse(null))
                        .rotatedAt(next.rotatedAt().or(old::rotatedAt).orElse(null))
                        .authenticatedAt(
                                next.authenticatedAt().or(old::authenticatedAt).orElse(null))
                        .label(next.label().or(old::label).orElse(null))
                        .build())
                .orElse(next);
    }

    private static StoredToken withPurpose(StoredToken rotated, StoredToken next) {
        TokenPurpose purpose = next.purpose();
        return rotated.toBuilder().purpose(purpose).build();
    }

    /** After a right rotation, changes what must not change: from the token as it is and the replacement. */
    private static java.util.function.UnaryOperator<TokenStore> rotatingTo(
            java.util.function.BinaryOperator<StoredToken> change) {
        return rotating((store, next, expected) -> {
            boolean rotated = store.rotate(next, expected);
            store.find(next.id())
                    .filter(token -> rotated)
                    .ifPresent(token -> BreakTokens.overwrite(store, change.apply(token, next)));
            return rotated;
        });
    }
}
