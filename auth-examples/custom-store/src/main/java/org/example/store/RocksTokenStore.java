package org.example.store;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.rocksdb.RocksDBException;

/** Tokens by id, and keys that lead to them by user, by slot and by expiry. */
final class RocksTokenStore implements TokenStore {

    private static final Comparator<StoredToken> OLDEST_FIRST = Comparator.comparing(StoredToken::issuedAt)
            .thenComparing(token -> token.id().value().toString());

    private final Database database;

    RocksTokenStore(Database database) {
        this.database = database;
    }

    // region insert
    @Override
    public InsertTokenOutcome insert(StoredToken token) {
        if (token.slot().isPresent()) {
            throw new IllegalArgumentException("the token has a slot");
        }
        return database.write("insert a token", step -> {
            Optional<StoredToken> same = stored(step, token.id());
            if (same.isPresent()) {
                return outcomeOf(same.get(), token);
            }
            add(step, token);
            return InsertTokenOutcome.INSERTED;
        });
    }

    private static InsertTokenOutcome outcomeOf(StoredToken same, StoredToken token) {
        return same.equals(token) ? InsertTokenOutcome.ALREADY_INSERTED : InsertTokenOutcome.ID_TAKEN;
    }
    // end region

    // region insert-into-slot
    @Override
    public InsertTokenOutcome insertIntoSlot(StoredToken token, Instant replaceIssuedUpTo) {
        byte[] slot = Keys.slot(
                token.user(), token.slot().orElseThrow(() -> new IllegalArgumentException("the token has no slot")));
        return database.write("insert a token into a slot", step -> {
            Optional<StoredToken> same = stored(step, token.id());
            if (same.isPresent()) {
                return outcomeOf(same.get(), token);
            }
            Optional<TokenId> holder = step.getForUpdate(slot).map(Keys::id).map(TokenId::new);
            if (holder.isPresent()) {
                StoredToken held = stored(step, holder.get()).orElseThrow();
                if (held.issuedAt().isAfter(replaceIssuedUpTo)) {
                    return InsertTokenOutcome.SLOT_KEPT;
                }
                remove(step, held);
            }
            add(step, token);
            return InsertTokenOutcome.INSERTED;
        });
    }
    // end region

    @Override
    public Optional<StoredToken> find(TokenId id) {
        return database.read("find a token", step -> find(step, id));
    }

    static Optional<StoredToken> find(Step step, TokenId id) throws RocksDBException {
        return step.get(Keys.token(id)).map(Records::token);
    }

    // region consume
    @Override
    public Optional<StoredToken> consume(TokenId id, TokenPurpose purpose, TokenDigest digest) {
        return database.write("consume a token", step -> {
            Optional<StoredToken> token = stored(step, id)
                    .filter(found -> found.purpose().equals(purpose))
                    .filter(found -> found.digest().equals(digest));
            if (token.isPresent()) {
                remove(step, token.get());
            }
            return token;
        });
    }
    // end region

    // region rotate
    @Override
    public boolean rotate(StoredToken replacement, TokenDigest expected) {
        return database.write("rotate a token", step -> {
            Optional<StoredToken> stored = stored(step, replacement.id())
                    .filter(found -> found.digest().equals(expected));
            if (stored.isPresent()) {
                step.delete(Keys.expiry(stored.get()));
                put(step, rotated(stored.get(), replacement));
            }
            return stored.isPresent();
        });
    }

    private static StoredToken rotated(StoredToken stored, StoredToken replacement) {
        Instant used =
                stored.lastUsedAt().isAfter(replacement.lastUsedAt()) ? stored.lastUsedAt() : replacement.lastUsedAt();
        return stored.toBuilder()
                .digest(replacement.digest())
                .previousDigest(replacement.previousDigest().orElse(null))
                .rotatedAt(replacement.rotatedAt().orElse(null))
                .expiresAt(replacement.expiresAt())
                .lastUsedAt(used)
                .authenticatedAt(replacement.authenticatedAt().orElse(null))
                .label(replacement.label().orElse(null))
                .stamp(replacement.stamp().orElse(null))
                .build();
    }
    // end region

    @Override
    public boolean touch(TokenId id, Instant lastUsedAt) {
        return database.write("touch a token", step -> {
            Optional<StoredToken> stored =
                    stored(step, id).filter(found -> found.lastUsedAt().isBefore(lastUsedAt));
            if (stored.isPresent()) {
                put(step, stored.get().toBuilder().lastUsedAt(lastUsedAt).build());
            }
            return stored.isPresent();
        });
    }

    @Override
    public boolean delete(TokenId id) {
        return database.write("delete a token", step -> {
            Optional<StoredToken> stored = stored(step, id);
            if (stored.isPresent()) {
                remove(step, stored.get());
            }
            return stored.isPresent();
        });
    }

    // region delete-by-user
    @Override
    public int deleteByUser(UserId user, TokenScope scope) {
        return database.write("delete tokens of a user", step -> {
            step.getForUpdate(Keys.newTokenOf(user));
            int deleted = 0;
            for (byte[] key : step.keys(Keys.tokensOf(user), Keys.tokensOf(user), Integer.MAX_VALUE)) {
                StoredToken token = stored(step, Keys.tokenAtTheEndOf(key)).orElseThrow();
                if (scope.covers(token)) {
                    remove(step, token);
                    deleted++;
                }
            }
            if (deleted > 0) {
                step.delete(Keys.newTokenOf(user));
            }
            return deleted;
        });
    }
    // end region

    @Override
    public List<StoredToken> listByUser(UserId user, TokenPurpose purpose) {
        return database.read("list tokens of a user", step -> {
            List<StoredToken> tokens = new ArrayList<>();
            for (byte[] key : step.keys(Keys.tokensOf(user), Keys.tokensOf(user), Integer.MAX_VALUE)) {
                find(step, Keys.tokenAtTheEndOf(key))
                        .filter(token -> token.purpose().equals(purpose))
                        .ifPresent(tokens::add);
            }
            tokens.sort(OLDEST_FIRST);
            return tokens;
        });
    }

    // region delete-expired
    @Override
    public int deleteExpired(Instant now, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is below 1");
        }
        return database.write("delete expired tokens", step -> {
            List<byte[]> expired = step.keys(Keys.firstExpiry(), Keys.expiresAt(now), limit);
            for (byte[] key : expired) {
                remove(step, stored(step, Keys.tokenAtTheEndOf(key)).orElseThrow());
            }
            return expired.size();
        });
    }
    // end region

    // region all-keys
    private static Optional<StoredToken> stored(Step step, TokenId id) throws RocksDBException {
        return step.getForUpdate(Keys.token(id)).map(Records::token);
    }

    private static void add(Step step, StoredToken token) throws RocksDBException {
        put(step, token);
        step.put(Keys.tokenOf(token.user(), token.id()));
        step.mark(Keys.newTokenOf(token.user()));
        if (token.slot().isPresent()) {
            step.put(
                    Keys.slot(token.user(), token.slot().get()),
                    Keys.id(token.id().value()));
        }
    }

    private static void put(Step step, StoredToken token) throws RocksDBException {
        step.put(Keys.token(token.id()), Records.bytes(token));
        step.put(Keys.expiry(token));
    }

    private static void remove(Step step, StoredToken token) throws RocksDBException {
        step.delete(Keys.token(token.id()));
        step.delete(Keys.expiry(token));
        step.delete(Keys.tokenOf(token.user(), token.id()));
        if (token.slot().isPresent()) {
            step.delete(Keys.slot(token.user(), token.slot().get()));
        }
    }
    // end region
}
