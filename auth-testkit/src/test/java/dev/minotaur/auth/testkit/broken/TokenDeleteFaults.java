package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.BreakTokens.deleting;
import static dev.minotaur.auth.testkit.broken.BreakTokens.deletingByUser;
import static dev.minotaur.auth.testkit.broken.BreakTokens.listing;
import static dev.minotaur.auth.testkit.broken.BreakTokens.purging;
import static dev.minotaur.auth.testkit.broken.Fault.tokens;

import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Stores of tokens that are broken in a deletion, in {@code listByUser} or in {@code deleteExpired}. */
final class TokenDeleteFaults {

    private static final TokenPurpose OTHER = new TokenPurpose("other");

    private TokenDeleteFaults() {}

    static List<Fault> all() {
        return Fault.list(
                tokens("delete always says yes", deleting((store, id) -> Fault.yes(store.delete(id))), "TOK-36"),
                tokens(
                        "delete deletes all of the user",
                        deleting((store, id) -> {
                            Optional<StoredToken> token = store.find(id);
                            token.ifPresent(one -> store.deleteByUser(
                                    one.user(), TokenScope.everything().butNot(id)));
                            return store.delete(id);
                        }),
                        "TOK-36"),
                tokens(
                        "a deletion has places for ten purposes",
                        deletingByUser((store, user, scope) -> store.deleteByUser(user, ofTenPurposes(scope))),
                        "TOK-38"),
                tokens(
                        "an exception outside the scope is taken off the count",
                        deletingByUser((store, user, scope) -> {
                            boolean outside = scope.except()
                                    .flatMap(store::find)
                                    .filter(token -> token.user().equals(user)
                                            && scope.purposes()
                                                    .filter(some -> !some.contains(token.purpose()))
                                                    .isPresent())
                                    .isPresent();
                            return store.deleteByUser(user, scope) - (outside ? 1 : 0);
                        }),
                        "TOK-39"),
                tokens(
                        "an absent exception widens a scope",
                        deletingByUser((store, user, scope) -> store.deleteByUser(
                                user,
                                scope.except().isPresent()
                                                && store.find(scope.except().get())
                                                        .isEmpty()
                                        ? TokenScope.everything()
                                        : scope)),
                        "TOK-39"),
                tokens("a slot stays taken after a deletion by stamp", new KeptSlots()::on, "TOK-18"),
                tokens(
                        "delete of all misses the slots",
                        deletingByUser((store, user, scope) ->
                                except(store, user, scope, token -> token.slot().isPresent())),
                        "TOK-18",
                        "TOK-37"),
                tokens(
                        "delete of all misses expired tokens",
                        deletingByUser((store, user, scope) -> except(
                                store, user, scope, token -> !token.expiresAt().isAfter(token.issuedAt()))),
                        "TOK-37",
                        "STO-12"),
                tokens(
                        "delete of all misses unknown purposes",
                        deletingByUser((store, user, scope) -> except(
                                store,
                                user,
                                scope,
                                token -> scope.purposes().isEmpty()
                                        && token.purpose().equals(OTHER))),
                        "TOK-37"),
                tokens(
                        "delete of all counts one",
                        deletingByUser((store, user, scope) -> Math.min(1, store.deleteByUser(user, scope))),
                        "TOK-37",
                        "TOK-38"),
                tokens(
                        "delete of some ignores the purposes",
                        deletingByUser((store, user, scope) ->
                                store.deleteByUser(user, scope(Optional.empty(), scope.except(), scope.liveStamp()))),
                        "TOK-38",
                        "TOK-39",
                        "TOK-64"),
                tokens(
                        "delete of some takes one purpose",
                        deletingByUser((store, user, scope) -> store.deleteByUser(
                                user,
                                scope(
                                        scope.purposes()
                                                .map(purposes -> Set.of(
                                                        purposes.stream()
                                                                .min(Comparator.comparing(TokenPurpose::name))
                                                                .orElseThrow())),
                                        scope.except(),
                                        scope.liveStamp()))),
                        "TOK-38"),
                tokens(
                        "delete of some takes two purposes",
                        deletingByUser((store, user, scope) -> store.deleteByUser(
                                user,
                                scope(
                                        scope.purposes().map(purposes -> purposes.stream()
                                                .sorted(Comparator.comparing(TokenPurpose::name))
                                                .limit(2)
                                                .collect(Collectors.toSet())),
                                        scope.except(),
                                        scope.liveStamp()))),
                        "TOK-38"),
                tokens(
                        "delete of some ignores the exception",
                        deletingByUser((store, user, scope) ->
                                store.deleteByUser(user, scope(scope.purposes(), Optional.empty(), scope.liveStamp()))),
                        "TOK-39",
                        "TOK-40",
                        "TOK-64"),
                tokens(
                        "delete with an exception ignores the purposes",
                        deletingByUser((store, user, scope) -> store.deleteByUser(
                                user,
                                scope.except().isPresent()
                                        ? TokenScope.everything()
                                                .butNot(scope.except().get())
                                        : scope)),
                        "TOK-39",
                        "TOK-64"),
                tokens(
                        "delete but for a stranger's token deletes nothing",
                        deletingByUser((store, user, scope) -> scope.except()
                                        .flatMap(store::find)
                                        .filter(token -> !token.user().equals(user))
                                        .isPresent()
                                ? 0
                                : store.deleteByUser(user, scope)),
                        "TOK-39"),
                tokens(
                        "delete counts the exception",
                        deletingByUser(
                                (store, user, scope) -> store.deleteByUser(user, scope)
                                        + (int) scope
                                                .except()
                                                .flatMap(store::find)
                                                .filter(token -> token.user().equals(user))
                                                .stream()
                                                .count()),
                        "TOK-39",
                        "TOK-40",
                        "TOK-64"),
                tokens(
                        "delete ignores the stamp",
                        deletingByUser((store, user, scope) ->
                                store.deleteByUser(user, scope(scope.purposes(), scope.except(), Optional.empty()))),
                        "TOK-64"),
                tokens(
                        "delete of what is ended takes what has no stamp",
                        deletingByUser((store, user, scope) -> {
                            int unbound = except(
                                    store,
                                    user,
                                    scope(scope.purposes(), scope.except(), Optional.empty()),
                                    token -> scope.liveStamp().isEmpty()
                                            || token.stamp().isPresent());
                            return unbound + store.deleteByUser(user, scope);
                        }),
                        "TOK-64"),
                tokens("delete of all deletes everybody's", deletingEverybodys(), "TOK-40"),
                tokens(
                        "the list misses expired tokens",
                        listing((store, user, purpose) -> store.listByUser(user, purpose).stream()
                                .filter(token -> token.expiresAt().isAfter(Instant.parse("2096-05-04T10:00:00Z")))
                                .toList()),
                        "STO-12",
                        "TOK-41"),
                tokens(
                        "the list has all purposes",
                        listing((store, user, purpose) -> {
                            List<StoredToken> all = new ArrayList<>(store.listByUser(user, TokenPurpose.SESSION));
                            all.addAll(store.listByUser(user, new TokenPurpose("reset")));
                            return all;
                        }),
                        "STO-18",
                        "TOK-41"),
                tokens(
                        "the list has no labels",
                        listing((store, user, purpose) -> store.listByUser(user, purpose).stream()
                                .map(token -> token.toBuilder().label(null).build())
                                .toList()),
                        "STO-10",
                        "STO-18",
                        "TOK-41",
                        "STO-14"),
                tokens(
                        "the newest is listed first",
                        listing((store, user, purpose) -> {
                            List<StoredToken> reversed = new ArrayList<>(store.listByUser(user, purpose));
                            Collections.reverse(reversed);
                            return reversed;
                        }),
                        "TOK-41",
                        "TOK-42",
                        "STO-13",
                        "STO-21"),
                tokens(
                        "ties are listed by the signed id",
                        listing((store, user, purpose) -> sorted(
                                store.listByUser(user, purpose),
                                Comparator.comparing(StoredToken::issuedAt)
                                        .thenComparing(token -> token.id().value()))),
                        "TOK-42"),
                tokens(
                        "ties are listed the other way round",
                        listing((store, user, purpose) -> sorted(
                                store.listByUser(user, purpose),
                                Comparator.comparing(StoredToken::issuedAt)
                                        .thenComparing(token -> token.id().toString(), Comparator.reverseOrder()))),
                        "TOK-42"),
                tokens(
                        "the list is ordered by milliseconds",
                        listing((store, user, purpose) -> sorted(
                                store.listByUser(user, purpose),
                                Comparator.comparing((StoredToken token) ->
                                                token.issuedAt().truncatedTo(ChronoUnit.MILLIS))
                                        .thenComparing(token -> token.id().toString()))),
                        "TOK-42"),
                tokens(
                        "a token that expires now is not expired",
                        purging((store, now, limit) -> store.deleteExpired(now.minusNanos(1000), limit)),
                        "TOK-43",
                        "TOK-44",
                        "TOK-45"),
                tokens(
                        "a token that expires within the second is expired",
                        purging((store, now, limit) -> store.deleteExpired(now.plusMillis(999), limit)),
                        "TOK-43"),
                tokens("a token used later is not expired", purgingUnused(), "TOK-43"),
                tokens(
                        "the limit is ignored",
                        purging((store, now, limit) -> store.deleteExpired(now, limit < 1 ? limit : Integer.MAX_VALUE)),
                        "TOK-44",
                        "TOK-45"),
                tokens(
                        "the limit is one too high",
                        purging((store, now, limit) -> store.deleteExpired(now, limit < 1 ? limit : limit + 1)),
                        "TOK-44",
                        "TOK-45"),
                tokens(
                        "the limit is answered",
                        purging((store, now, limit) -> {
                            int deleted = store.deleteExpired(now, limit);
                            return deleted == 0 ? 0 : limit;
                        }),
                        "TOK-44",
                        "TOK-45"),
                tokens(
                        "a purge misses the slots",
                        purgeMissing(token -> token.slot().isPresent()),
                        "TOK-18",
                        "TOK-43",
                        "TOK-45"),
                tokens(
                        "a purge misses unknown purposes",
                        purgeMissing(token -> token.purpose().equals(OTHER)),
                        "TOK-45"),
                tokens(
                        "a purge of nothing is allowed",
                        purging((store, now, limit) -> limit < 1 ? 0 : store.deleteExpired(now, limit)),
                        "TOK-46"),
                tokens(
                        "a purge without a limit is allowed",
                        purging((store, now, limit) -> store.deleteExpired(now, limit < 1 ? Integer.MAX_VALUE : limit)),
                        "TOK-46"));
    }

    private static TokenScope scope(
            Optional<Set<TokenPurpose>> purposes, Optional<TokenId> except, Optional<SecurityStamp> liveStamp) {
        TokenScope some = purposes.map(TokenScope::of).orElse(TokenScope.everything());
        TokenScope butOne = except.map(some::butNot).orElse(some);
        return liveStamp.map(butOne::endedBy).orElse(butOne);
    }

    private static int except(
            TokenStore store, UserId user, TokenScope scope, java.util.function.Predicate<StoredToken> spared) {
        int deleted = 0;
        for (StoredToken token : BreakTokens.allOf(store, user).toList()) {
            if (scope.covers(token) && !spared.test(token) && store.delete(token.id())) {
                deleted++;
            }
        }
        return deleted;
    }

    private static List<StoredToken> sorted(List<StoredToken> tokens, Comparator<StoredToken> order) {
        return tokens.stream().sorted(order).toList();
    }

    private static UnaryOperator<TokenStore> deletingEverybodys() {
        return remembering((known, store) -> new ForwardingTokenStore(store) {
            @Override
            public int deleteByUser(UserId user, TokenScope scope) {
                int deleted = correct.deleteByUser(user, scope);
                known.stream()
                        .filter(id -> correct.find(id).filter(scope::covers).isPresent())
                        .forEach(correct::delete);
                return deleted;
            }
        });
    }

    private static UnaryOperator<TokenStore> purgingUnused() {
        return remembering((known, store) -> new ForwardingTokenStore(store) {
            @Override
            public int deleteExpired(Instant now, int limit) {
                List<StoredToken> used = known.stream()
                        .flatMap(id -> correct.find(id).stream())
                        .filter(token -> token.lastUsedAt().isAfter(now))
                        .toList();
                int deleted = correct.deleteExpired(now, limit);
                used.stream().filter(token -> token.slot().isEmpty()).forEach(correct::insert);
                return deleted;
            }
        });
    }

    private static UnaryOperator<TokenStore> purgeMissing(java.util.function.Predicate<StoredToken> spared) {
        return remembering((known, store) -> new ForwardingTokenStore(store) {
            @Override
            public int deleteExpired(Instant now, int limit) {
                if (limit < 1) {
                    return correct.deleteExpired(now, limit);
                }
                List<StoredToken> expired = known.stream()
                        .flatMap(id -> correct.find(id).stream())
                        .filter(token -> !token.expiresAt().isAfter(now) && !spared.test(token))
                        .limit(limit)
                        .toList();
                expired.forEach(token -> correct.delete(token.id()));
                return expired.size();
            }
        });
    }

    /** A store that knows the ids of all tokens it was given. */
    private static UnaryOperator<TokenStore> remembering(
            java.util.function.BiFunction<Set<TokenId>, ForwardingTokenStore, TokenStore> breaker) {
        Set<TokenId> known = ConcurrentHashMap.newKeySet();
        return store -> {
            TokenStore broken = breaker.apply(known, new ForwardingTokenStore(store));
            return new ForwardingTokenStore(broken) {
                @Override
                public InsertTokenOutcome insert(StoredToken token) {
                    known.add(token.id());
                    return correct.insert(token);
                }

                @Override
                public InsertTokenOutcome insertIntoSlot(StoredToken token, Instant replaceIssuedUpTo) {
                    known.add(token.id());
                    return correct.insertIntoSlot(token, replaceIssuedUpTo);
                }
            };
        };
    }

    private static TokenScope ofTenPurposes(TokenScope scope) {
        if (scope.purposes().isEmpty()) {
            return scope;
        }
        TokenScope ten = TokenScope.of(scope.purposes().get().stream().limit(10).collect(Collectors.toSet()));
        TokenScope someLeft = scope.except().map(ten::butNot).orElse(ten);
        return scope.liveStamp().map(someLeft::endedBy).orElse(someLeft);
    }

    /** Remembers whose slots had tokens that a stamp has ended. */
    private static final class KeptSlots {

        private final Set<String> kept = ConcurrentHashMap.newKeySet();

        TokenStore on(TokenStore store) {
            return new ForwardingTokenStore(store) {
                @Override
                public int deleteByUser(UserId user, TokenScope scope) {
                    if (scope.liveStamp().isPresent()) {
                        BreakTokens.allOf(correct, user)
                                .filter(token -> token.slot().isPresent() && scope.covers(token))
                                .forEach(token -> kept.add(slot(token)));
                    }
                    return correct.deleteByUser(user, scope);
                }

                @Override
                public InsertTokenOutcome insertIntoSlot(StoredToken token, Instant replaceIssuedUpTo) {
                    return kept.contains(slot(token))
                            ? InsertTokenOutcome.SLOT_KEPT
                            : correct.insertIntoSlot(token, replaceIssuedUpTo);
                }
            };
        }

        private static String slot(StoredToken token) {
            return token.user() + " " + token.purpose() + " " + token.slot();
        }
    }
}
