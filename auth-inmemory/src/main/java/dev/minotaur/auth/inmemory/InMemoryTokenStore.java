package dev.minotaur.auth.inmemory;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

final class InMemoryTokenStore implements TokenStore {

    private static final Comparator<StoredToken> BY_ID =
            Comparator.comparing(token -> token.id().toString());

    private final Exclusive exclusive = new Exclusive();
    private final Map<TokenId, StoredToken> byId = new HashMap<>();
    private final Map<UserId, NavigableSet<StoredToken>> byUser = new HashMap<>();
    private final NavigableSet<StoredToken> byExpiry =
            new TreeSet<>(Comparator.comparing(StoredToken::expiresAt).thenComparing(BY_ID));

    @Override
    public InsertTokenOutcome insert(StoredToken token) {
        Objects.requireNonNull(token, "token");
        if (token.slot().isPresent()) {
            throw new IllegalArgumentException("a token with a slot is inserted into its slot");
        }
        return exclusive.run(() -> {
            StoredToken same = byId.get(token.id());
            if (same != null) {
                return conflict(same, token);
            }
            put(token);
            return InsertTokenOutcome.INSERTED;
        });
    }

    @Override
    public InsertTokenOutcome insertIntoSlot(StoredToken token, Instant replaceIssuedUpTo) {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(replaceIssuedUpTo, "replaceIssuedUpTo");
        if (token.slot().isEmpty()) {
            throw new IllegalArgumentException("a token without a slot is inserted");
        }
        return exclusive.run(() -> {
            StoredToken same = byId.get(token.id());
            if (same != null) {
                return conflict(same, token);
            }
            Optional<StoredToken> holder = ofUser(token.user()).stream()
                    .filter(other -> other.slot().equals(token.slot()))
                    .findFirst();
            if (holder.filter(other -> other.issuedAt().isAfter(replaceIssuedUpTo))
                    .isPresent()) {
                return InsertTokenOutcome.SLOT_KEPT;
            }
            holder.ifPresent(this::remove);
            put(token);
            return InsertTokenOutcome.INSERTED;
        });
    }

    @Override
    public Optional<StoredToken> find(TokenId id) {
        Objects.requireNonNull(id, "id");
        return exclusive.run(() -> Optional.ofNullable(byId.get(id)));
    }

    @Override
    public Optional<StoredToken> consume(TokenId id, TokenPurpose purpose, TokenDigest digest) {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(purpose, "purpose");
        Objects.requireNonNull(digest, "digest");
        return exclusive.run(() -> {
            Optional<StoredToken> token = Optional.ofNullable(byId.get(id))
                    .filter(found ->
                            found.purpose().equals(purpose) && found.digest().equals(digest));
            token.ifPresent(this::remove);
            return token;
        });
    }

    @Override
    public boolean rotate(StoredToken replacement, TokenDigest expected) {
        Objects.requireNonNull(replacement, "replacement");
        Objects.requireNonNull(expected, "expected");
        return exclusive.run(() -> {
            StoredToken stored = byId.get(replacement.id());
            if (stored == null || !stored.digest().equals(expected)) {
                return false;
            }
            replace(
                    stored,
                    stored.toBuilder()
                            .digest(replacement.digest())
                            .previousDigest(replacement.previousDigest().orElse(null))
                            .rotatedAt(replacement.rotatedAt().orElse(null))
                            .expiresAt(replacement.expiresAt())
                            .lastUsedAt(later(stored.lastUsedAt(), replacement.lastUsedAt()))
                            .authenticatedAt(replacement.authenticatedAt().orElse(null))
                            .label(replacement.label().orElse(null))
                            .stamp(replacement.stamp().orElse(null))
                            .build());
            return true;
        });
    }

    @Override
    public boolean touch(TokenId id, Instant lastUsedAt) {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(lastUsedAt, "lastUsedAt");
        return exclusive.run(() -> {
            StoredToken stored = byId.get(id);
            if (stored == null || !stored.lastUsedAt().isBefore(lastUsedAt)) {
                return false;
            }
            replace(stored, stored.toBuilder().lastUsedAt(lastUsedAt).build());
            return true;
        });
    }

    @Override
    public boolean delete(TokenId id) {
        Objects.requireNonNull(id, "id");
        return exclusive.run(() -> {
            StoredToken stored = byId.get(id);
            if (stored == null) {
                return false;
            }
            remove(stored);
            return true;
        });
    }

    @Override
    public int deleteByUser(UserId user, TokenScope scope) {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(scope, "scope");
        return exclusive.run(() -> {
            List<StoredToken> covered =
                    ofUser(user).stream().filter(scope::covers).toList();
            covered.forEach(this::remove);
            return covered.size();
        });
    }

    @Override
    public List<StoredToken> listByUser(UserId user, TokenPurpose purpose) {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(purpose, "purpose");
        return exclusive.run(() -> ofUser(user).stream()
                .filter(token -> token.purpose().equals(purpose))
                .toList());
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        Objects.requireNonNull(now, "now");
        if (limit < 1) {
            throw new IllegalArgumentException("limit must be at least 1");
        }
        return exclusive.run(() -> {
            List<StoredToken> expired = byExpiry.stream()
                    .takeWhile(token -> !now.isBefore(token.expiresAt()))
                    .limit(limit)
                    .toList();
            expired.forEach(this::remove);
            return expired.size();
        });
    }

    private static InsertTokenOutcome conflict(StoredToken stored, StoredToken token) {
        return stored.equals(token) ? InsertTokenOutcome.ALREADY_INSERTED : InsertTokenOutcome.ID_TAKEN;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private Collection<StoredToken> ofUser(UserId user) {
        Collection<StoredToken> tokens = byUser.get(user);
        return tokens == null ? List.of() : tokens;
    }

    private void replace(StoredToken stored, StoredToken replacement) {
        remove(stored);
        put(replacement);
    }

    private void put(StoredToken token) {
        byId.put(token.id(), token);
        byExpiry.add(token);
        byUser.computeIfAbsent(
                        token.user(),
                        user -> new TreeSet<>(
                                Comparator.comparing(StoredToken::issuedAt).thenComparing(BY_ID)))
                .add(token);
    }

    private void remove(StoredToken token) {
        byId.remove(token.id());
        byExpiry.remove(token);
        byUser.computeIfPresent(token.user(), (user, tokens) -> {
            tokens.remove(token);
            return tokens.isEmpty() ? null : tokens;
        });
    }
}
