package dev.minotaur.auth.testkit.subject;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** A correct store of tokens. */
final class HeapTokenStore implements TokenStore {

    private final HeapData data;

    HeapTokenStore(HeapData data) {
        this.data = data;
    }

    @Override
    public InsertTokenOutcome insert(StoredToken token) {
        if (token.slot().isPresent()) {
            throw new IllegalArgumentException("the token has a slot");
        }
        return data.atomically(() -> put(token));
    }

    @Override
    public InsertTokenOutcome insertIntoSlot(StoredToken token, Instant replaceIssuedUpTo) {
        if (token.slot().isEmpty()) {
            throw new IllegalArgumentException("the token has no slot");
        }
        return data.atomically(() -> {
            Optional<StoredToken> holder =
                    data.tokens.holder(HeapData.slot(token.user(), token.slot().orElseThrow()));
            boolean idIsFree = data.tokens.get(token.id()).isEmpty();
            if (idIsFree && holder.isPresent()) {
                if (holder.get().issuedAt().isAfter(replaceIssuedUpTo)) {
                    return InsertTokenOutcome.SLOT_KEPT;
                }
                data.tokens.remove(holder.get().id());
            }
            return put(token);
        });
    }

    private InsertTokenOutcome put(StoredToken token) {
        Optional<StoredToken> stored = data.tokens.get(token.id());
        if (stored.isEmpty()) {
            data.tokens.put(token);
            return InsertTokenOutcome.INSERTED;
        }
        return stored.get().equals(token) ? InsertTokenOutcome.ALREADY_INSERTED : InsertTokenOutcome.ID_TAKEN;
    }

    @Override
    public Optional<StoredToken> find(TokenId id) {
        return data.atomically(() -> data.tokens.get(id));
    }

    @Override
    public Optional<StoredToken> consume(TokenId id, TokenPurpose purpose, TokenDigest digest) {
        return data.atomically(() -> {
            Optional<StoredToken> found = data.tokens
                    .get(id)
                    .filter(token ->
                            token.purpose().equals(purpose) && token.digest().equals(digest));
            found.ifPresent(token -> data.tokens.remove(id));
            return found;
        });
    }

    @Override
    public boolean rotate(StoredToken replacement, TokenDigest expected) {
        return data.atomically(() -> {
            StoredToken stored = data.tokens.get(replacement.id()).orElse(null);
            if (stored == null || !stored.digest().equals(expected)) {
                return false;
            }
            boolean usedSince = stored.lastUsedAt().isAfter(replacement.lastUsedAt());
            StoredToken next = replacement.toBuilder()
                    .user(stored.user())
                    .purpose(stored.purpose())
                    .slot(stored.slot().orElse(null))
                    .issuedAt(stored.issuedAt())
                    .sentTo(stored.sentTo().orElse(null))
                    .lastUsedAt(usedSince ? stored.lastUsedAt() : replacement.lastUsedAt())
                    .build();
            data.tokens.put(next);
            return true;
        });
    }

    @Override
    public boolean touch(TokenId id, Instant lastUsedAt) {
        return data.atomically(() -> {
            StoredToken stored = data.tokens.get(id).orElse(null);
            if (stored == null || !stored.lastUsedAt().isBefore(lastUsedAt)) {
                return false;
            }
            data.tokens.put(stored.toBuilder().lastUsedAt(lastUsedAt).build());
            return true;
        });
    }

    @Override
    public boolean delete(TokenId id) {
        return data.atomically(() -> data.tokens.remove(id));
    }

    @Override
    public int deleteByUser(UserId user, TokenScope scope) {
        return remove(token -> token.user().equals(user) && scope.covers(token), Integer.MAX_VALUE);
    }

    @Override
    public List<StoredToken> listByUser(UserId user, TokenPurpose purpose) {
        return data.atomically(() -> data.tokens.all().stream()
                .filter(token -> token.user().equals(user) && token.purpose().equals(purpose))
                .sorted(Comparator.comparing(StoredToken::issuedAt)
                        .thenComparing(token -> token.id().toString()))
                .toList());
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is below 1");
        }
        return remove(token -> !now.isBefore(token.expiresAt()), limit);
    }

    private int remove(Predicate<StoredToken> condition, int limit) {
        return data.atomically(() -> {
            List<TokenId> ids = data.tokens.all().stream()
                    .filter(condition)
                    .limit(limit)
                    .map(StoredToken::id)
                    .toList();
            ids.forEach(data.tokens::remove);
            return ids.size();
        });
    }
}
