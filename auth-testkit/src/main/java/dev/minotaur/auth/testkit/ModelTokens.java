package dev.minotaur.auth.testkit;

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

/** The tokens of the {@link Model}. */
final class ModelTokens implements TokenStore {

    private final State state;
    private final Told told;
    private final int choice;
    private int choices = 1;

    ModelTokens(State state, Told told, int choice) {
        this.state = state;
        this.told = told;
        this.choice = choice;
    }

    /** In how many ways the call may have been done. */
    int choices() {
        return choices;
    }

    @Override
    public InsertTokenOutcome insert(StoredToken token) {
        return outcomeOfSame(token).orElseGet(() -> put(token));
    }

    @Override
    public InsertTokenOutcome insertIntoSlot(StoredToken token, Instant replaceIssuedUpTo) {
        Optional<InsertTokenOutcome> same = outcomeOfSame(token);
        if (same.isPresent()) {
            return same.get();
        }
        Optional<StoredToken> holder = state.tokens().values().stream()
                .filter(other ->
                        other.user().equals(token.user()) && other.slot().equals(token.slot()))
                .findFirst();
        if (holder.isPresent()) {
            if (holder.get().issuedAt().isAfter(replaceIssuedUpTo)) {
                return InsertTokenOutcome.SLOT_KEPT;
            }
            delete(holder.get().id());
            state.replaced().put(told.call(), holder.get());
        }
        return put(token);
    }

    /** What is answered to the id of a removed token is open. */
    private Optional<InsertTokenOutcome> outcomeOfSame(StoredToken token) {
        StoredToken same = state.tokens().get(token.id());
        if (same != null) {
            return Optional.of(same.equals(token) ? InsertTokenOutcome.ALREADY_INSERTED : InsertTokenOutcome.ID_TAKEN);
        }
        boolean wasRefused = told.answer() != null && !told.is("INSERTED");
        return wasRefused && state.gone().contains(token.id()) ? Optional.of(told.follow()) : Optional.empty();
    }

    private InsertTokenOutcome put(StoredToken token) {
        state.tokens().put(token.id(), token);
        state.insertedBy().put(token.id(), told.call());
        return InsertTokenOutcome.INSERTED;
    }

    @Override
    public Optional<StoredToken> find(TokenId id) {
        return Optional.ofNullable(state.tokens().get(id));
    }

    @Override
    public Optional<StoredToken> consume(TokenId id, TokenPurpose purpose, TokenDigest digest) {
        Optional<StoredToken> consumed = find(id).filter(token ->
                token.purpose().equals(purpose) && token.digest().equals(digest));
        consumed.ifPresent(token -> delete(id));
        return consumed;
    }

    @Override
    public boolean rotate(StoredToken replacement, TokenDigest expected) {
        Optional<StoredToken> rotated =
                find(replacement.id()).filter(token -> token.digest().equals(expected));
        rotated.ifPresent(token -> state.tokens().put(token.id(), rotated(token, replacement)));
        return rotated.isPresent();
    }

    private static StoredToken rotated(StoredToken token, StoredToken replacement) {
        return token.toBuilder()
                .digest(replacement.digest())
                .previousDigest(replacement.previousDigest().orElse(null))
                .rotatedAt(replacement.rotatedAt().orElse(null))
                .expiresAt(replacement.expiresAt())
                .authenticatedAt(replacement.authenticatedAt().orElse(null))
                .label(replacement.label().orElse(null))
                .stamp(replacement.stamp().orElse(null))
                .lastUsedAt(
                        token.lastUsedAt().isAfter(replacement.lastUsedAt())
                                ? token.lastUsedAt()
                                : replacement.lastUsedAt())
                .build();
    }

    @Override
    public boolean touch(TokenId id, Instant lastUsedAt) {
        Optional<StoredToken> touched =
                find(id).filter(token -> token.lastUsedAt().isBefore(lastUsedAt));
        touched.ifPresent(token ->
                state.tokens().put(id, token.toBuilder().lastUsedAt(lastUsedAt).build()));
        return touched.isPresent();
    }

    @Override
    public boolean delete(TokenId id) {
        boolean deletes = state.tokens().remove(id) != null;
        if (deletes) {
            state.gone().add(id);
        }
        return deletes;
    }

    /**
     * A token that is inserted at the same time may be left, by each choice another ones; one that gives way to a successor at
     * the same time may be counted.
     */
    @Override
    public int deleteByUser(UserId user, TokenScope scope) {
        List<StoredToken> covered = state.tokens().values().stream()
                .filter(token -> token.user().equals(user) && scope.covers(token))
                .sorted(Comparator.comparing(token -> token.id().toString()))
                .toList();
        int open = 0;
        int deleted = 0;
        for (StoredToken token : covered) {
            boolean left = meets(state.insertedBy().getOrDefault(token.id(), -1)) && (choice >> open++ & 1) == 1;
            deleted += !left && delete(token.id()) ? 1 : 0;
        }
        choices = 1 << open;
        long replaced = state.replaced().entrySet().stream()
                .filter(entry ->
                        meets(entry.getKey()) && entry.getValue().user().equals(user) && scope.covers(entry.getValue()))
                .count();
        boolean mayBe = told.answer() instanceof Integer counted && counted >= deleted && counted <= deleted + replaced;
        return mayBe ? told.<Integer>follow() : deleted;
    }

    private boolean meets(int call) {
        return call >= 0 && told.meets().test(call);
    }

    @Override
    public List<StoredToken> listByUser(UserId user, TokenPurpose purpose) {
        return state.tokens().values().stream()
                .filter(token -> token.user().equals(user) && token.purpose().equals(purpose))
                .sorted(Comparator.comparing(StoredToken::issuedAt)
                        .thenComparing(token -> token.id().toString()))
                .toList();
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        List<TokenId> expired = state.tokens().values().stream()
                .filter(token -> !token.expiresAt().isAfter(now))
                .map(StoredToken::id)
                .toList();
        expired.forEach(this::delete);
        return Model.withinLimit(expired, limit).size();
    }
}
