package dev.minotaur.auth.testkit.broken;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Ways to break one verb of a correct store of tokens. */
final class BreakTokens {

    private BreakTokens() {}

    /** Changes each token before it is stored. */
    static UnaryOperator<TokenStore> storing(UnaryOperator<StoredToken> change) {
        return store -> new ForwardingTokenStore(store) {
            @Override
            protected StoredToken in(StoredToken token) {
                return change.apply(token);
            }
        };
    }

    /** Changes each token on its way out. */
    static UnaryOperator<TokenStore> giving(UnaryOperator<StoredToken> change) {
        return store -> new ForwardingTokenStore(store) {
            @Override
            protected StoredToken out(StoredToken token) {
                return change.apply(token);
            }
        };
    }

    static UnaryOperator<TokenStore> inserting(Insert insert) {
        return store -> new ForwardingTokenStore(store) {
            @Override
            public InsertTokenOutcome insert(StoredToken token) {
                return insert.of(correct, token);
            }
        };
    }

    static UnaryOperator<TokenStore> intoSlot(IntoSlot insert) {
        return store -> new ForwardingTokenStore(store) {
            @Override
            public InsertTokenOutcome insertIntoSlot(StoredToken token, Instant replaceIssuedUpTo) {
                return insert.of(correct, token, replaceIssuedUpTo);
            }
        };
    }

    static UnaryOperator<TokenStore> finding(Find find) {
        return store -> new ForwardingTokenStore(store) {
            @Override
            public Optional<StoredToken> find(TokenId id) {
                return find.of(correct, id);
            }
        };
    }

    static UnaryOperator<TokenStore> consuming(Consume consume) {
        return store -> new ForwardingTokenStore(store) {
            @Override
            public Optional<StoredToken> consume(TokenId id, TokenPurpose purpose, TokenDigest digest) {
                return consume.of(correct, id, purpose, digest);
            }
        };
    }

    static UnaryOperator<TokenStore> rotating(Rotate rotate) {
        return store -> new ForwardingTokenStore(store) {
            @Override
            public boolean rotate(StoredToken replacement, TokenDigest expected) {
                return rotate.of(correct, replacement, expected);
            }
        };
    }

    static UnaryOperator<TokenStore> touching(Touch touch) {
        return store -> new ForwardingTokenStore(store) {
            @Override
            public boolean touch(TokenId id, Instant lastUsedAt) {
                return touch.of(correct, id, lastUsedAt);
            }
        };
    }

    static UnaryOperator<TokenStore> deleting(Delete delete) {
        return store -> new ForwardingTokenStore(store) {
            @Override
            public boolean delete(TokenId id) {
                return delete.of(correct, id);
            }
        };
    }

    static UnaryOperator<TokenStore> deletingByUser(DeleteByUser delete) {
        return store -> new ForwardingTokenStore(store) {
            @Override
            public int deleteByUser(UserId user, TokenScope scope) {
                return delete.of(correct, user, scope);
            }
        };
    }

    static UnaryOperator<TokenStore> listing(ListByUser list) {
        return store -> new ForwardingTokenStore(store) {
            @Override
            public List<StoredToken> listByUser(UserId user, TokenPurpose purpose) {
                return list.of(correct, user, purpose);
            }
        };
    }

    static UnaryOperator<TokenStore> purging(Purge purge) {
        return store -> new ForwardingTokenStore(store) {
            @Override
            public int deleteExpired(Instant now, int limit) {
                return purge.of(correct, now, limit);
            }
        };
    }

    /** A user's tokens of the purposes that the kit uses. */
    static Stream<StoredToken> allOf(TokenStore store, UserId user) {
        Stream<String> numbered = IntStream.range(0, 20).mapToObj(number -> "purpose-" + number);
        return Stream.concat(Stream.of("session", "reset", "reset-2", "other"), numbered)
                .flatMap(purpose -> store.listByUser(user, new TokenPurpose(purpose)).stream());
    }

    /** Replaces a stored token wholly, as {@code rotate} does not. */
    static void overwrite(TokenStore store, StoredToken token) {
        store.delete(token.id());
        if (token.slot().isPresent()) {
            store.insertIntoSlot(token, Instant.EPOCH);
        } else {
            store.insert(token);
        }
    }

    /** In place of {@code insert}. */
    @FunctionalInterface
    interface Insert {
        InsertTokenOutcome of(TokenStore correct, StoredToken token);
    }

    /** In place of {@code insertIntoSlot}. */
    @FunctionalInterface
    interface IntoSlot {
        InsertTokenOutcome of(TokenStore correct, StoredToken token, Instant upTo);
    }

    /** In place of {@code find}. */
    @FunctionalInterface
    interface Find {
        Optional<StoredToken> of(TokenStore correct, TokenId id);
    }

    /** In place of {@code consume}. */
    @FunctionalInterface
    interface Consume {
        Optional<StoredToken> of(TokenStore correct, TokenId id, TokenPurpose purpose, TokenDigest digest);
    }

    /** In place of {@code rotate}. */
    @FunctionalInterface
    interface Rotate {
        boolean of(TokenStore correct, StoredToken next, TokenDigest expected);
    }

    /** In place of {@code touch}. */
    @FunctionalInterface
    interface Touch {
        boolean of(TokenStore correct, TokenId id, Instant time);
    }

    /** In place of {@code delete}. */
    @FunctionalInterface
    interface Delete {
        boolean of(TokenStore correct, TokenId id);
    }

    /** In place of {@code deleteByUser}. */
    @FunctionalInterface
    interface DeleteByUser {
        int of(TokenStore correct, UserId user, TokenScope scope);
    }

    /** In place of {@code listByUser}. */
    @FunctionalInterface
    interface ListByUser {
        List<StoredToken> of(TokenStore correct, UserId user, TokenPurpose purpose);
    }

    /** In place of {@code deleteExpired}. */
    @FunctionalInterface
    interface Purge {
        int of(TokenStore correct, Instant now, int limit);
    }
}
