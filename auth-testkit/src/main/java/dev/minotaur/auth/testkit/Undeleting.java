package dev.minotaur.auth.testkit;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tokens of which no row is ever deleted: what is good all the same is ended by nothing but a deletion. */
final class Undeleting implements TokenStore {

    private final TokenStore real;

    private Undeleting(TokenStore real) {
        this.real = real;
    }

    static AuthStores tokensOf(AuthStores stores) {
        return AuthStores.of(stores.users(), new Undeleting(stores.tokens()), stores.attempts());
    }

    @Override
    public InsertTokenOutcome insert(StoredToken token) {
        return real.insert(token);
    }

    @Override
    public InsertTokenOutcome insertIntoSlot(StoredToken token, Instant replaceIssuedUpTo) {
        return real.insertIntoSlot(token, replaceIssuedUpTo);
    }

    @Override
    public Optional<StoredToken> find(TokenId id) {
        return real.find(id);
    }

    @Override
    public Optional<StoredToken> consume(TokenId id, TokenPurpose purpose, TokenDigest digest) {
        return real.find(id)
                .filter(token ->
                        token.purpose().equals(purpose) && token.digest().equals(digest));
    }

    @Override
    public boolean rotate(StoredToken replacement, TokenDigest expected) {
        return real.rotate(replacement, expected);
    }

    @Override
    public boolean touch(TokenId id, Instant lastUsedAt) {
        return real.touch(id, lastUsedAt);
    }

    @Override
    public boolean delete(TokenId id) {
        return false;
    }

    @Override
    public int deleteByUser(UserId user, TokenScope scope) {
        return 0;
    }

    @Override
    public List<StoredToken> listByUser(UserId user, TokenPurpose purpose) {
        return real.listByUser(user, purpose);
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        return 0;
    }
}
