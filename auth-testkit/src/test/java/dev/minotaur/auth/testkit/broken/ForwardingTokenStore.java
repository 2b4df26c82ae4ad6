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

/** A correct store to break in one place: a verb, or what goes in and out of all verbs. */
class ForwardingTokenStore implements TokenStore {

    protected final TokenStore correct;

    ForwardingTokenStore(TokenStore correct) {
        this.correct = correct;
    }

    protected StoredToken in(StoredToken token) {
        return token;
    }

    protected StoredToken out(StoredToken token) {
        return token;
    }

    @Override
    public InsertTokenOutcome insert(StoredToken token) {
        return correct.insert(in(token));
    }

    @Override
    public InsertTokenOutcome insertIntoSlot(StoredToken token, Instant replaceIssuedUpTo) {
        return correct.insertIntoSlot(in(token), replaceIssuedUpTo);
    }

    @Override
    public Optional<StoredToken> find(TokenId id) {
        return correct.find(id).map(this::out);
    }

    @Override
    public Optional<StoredToken> consume(TokenId id, TokenPurpose purpose, TokenDigest digest) {
        return correct.consume(id, purpose, digest).map(this::out);
    }

    @Override
    public boolean rotate(StoredToken replacement, TokenDigest expected) {
        return correct.rotate(in(replacement), expected);
    }

    @Override
    public boolean touch(TokenId id, Instant lastUsedAt) {
        return correct.touch(id, lastUsedAt);
    }

    @Override
    public boolean delete(TokenId id) {
        return correct.delete(id);
    }

    @Override
    public int deleteByUser(UserId user, TokenScope scope) {
        return correct.deleteByUser(user, scope);
    }

    @Override
    public List<StoredToken> listByUser(UserId user, TokenPurpose purpose) {
        return correct.listByUser(user, purpose).stream().map(this::out).toList();
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        return correct.deleteExpired(now, limit);
    }
}
