package org.example.redis;

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
import java.util.stream.Collectors;
import org.example.redis.Scripts.Script;

/** Tokens as hashes, with a set for each user, a key for each slot, and one sorted set by expiry. */
final class RedisTokenStore implements TokenStore {

    private static final Comparator<StoredToken> OLDEST_FIRST =
            Comparator.comparing(StoredToken::issuedAt).thenComparing(token -> text(token.id()));

    private final Scripts scripts;

    RedisTokenStore(Scripts scripts) {
        this.scripts = scripts;
    }

    @Override
    public InsertTokenOutcome insert(StoredToken token) {
        if (token.slot().isPresent()) {
            throw new IllegalArgumentException("the token has a slot");
        }
        return insert("insert", Records.fields(token).after(text(token.id())));
    }

    @Override
    public InsertTokenOutcome insertIntoSlot(StoredToken token, Instant replaceIssuedUpTo) {
        if (token.slot().isEmpty()) {
            throw new IllegalArgumentException("the token has no slot");
        }
        return insert("insertIntoSlot", Records.fields(token).after(text(token.id()), Fields.time(replaceIssuedUpTo)));
    }

    private InsertTokenOutcome insert(String verb, List<String> arguments) {
        return InsertTokenOutcome.valueOf((String) scripts.write(Script.TOKENS, verb, arguments));
    }

    @Override
    public Optional<StoredToken> find(TokenId id) {
        return Fields.of(scripts.read(Script.TOKENS, "find", List.of(text(id)))).map(Records::token);
    }

    @Override
    public Optional<StoredToken> consume(TokenId id, TokenPurpose purpose, TokenDigest digest) {
        List<String> arguments = List.of(text(id), purpose.name(), Records.hex(digest));
        return Fields.of(scripts.write(Script.TOKENS, "consume", arguments)).map(Records::token);
    }

    @Override
    public boolean rotate(StoredToken replacement, TokenDigest expected) {
        List<String> arguments = Records.fields(replacement).after(text(replacement.id()), Records.hex(expected));
        return scripts.write(Script.TOKENS, "rotate", arguments).equals(1L);
    }

    @Override
    public boolean touch(TokenId id, Instant lastUsedAt) {
        List<String> arguments = List.of(text(id), Fields.time(lastUsedAt));
        return scripts.write(Script.TOKENS, "touch", arguments).equals(1L);
    }

    @Override
    public boolean delete(TokenId id) {
        return scripts.write(Script.TOKENS, "delete", List.of(text(id))).equals(1L);
    }

    @Override
    public int deleteByUser(UserId user, TokenScope scope) {
        List<String> arguments = new ArrayList<>();
        arguments.add(user.value().toString());
        arguments.add(scope.except().map(RedisTokenStore::text).orElse(""));
        arguments.add(scope.liveStamp().map(stamp -> stamp.value().toString()).orElse(""));
        scope.purposes().ifPresent(some -> some.forEach(purpose -> arguments.add(purpose.name())));
        return number(scripts.write(Script.TOKENS, "deleteByUser", arguments));
    }

    @Override
    public List<StoredToken> listByUser(UserId user, TokenPurpose purpose) {
        List<String> arguments = List.of(user.value().toString(), purpose.name());
        List<?> tokens = (List<?>) scripts.read(Script.TOKENS, "listByUser", arguments);
        return tokens.stream()
                .map(token -> Records.token(Fields.of(token).orElseThrow()))
                .sorted(OLDEST_FIRST)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    @Override
    public int deleteExpired(Instant now, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is below 1");
        }
        List<String> arguments = List.of(Fields.time(now), Integer.toString(limit));
        return number(scripts.write(Script.TOKENS, "deleteExpired", arguments));
    }

    static int number(Object answer) {
        return Math.toIntExact((Long) answer);
    }

    static String text(TokenId id) {
        return id.value().toString();
    }
}
