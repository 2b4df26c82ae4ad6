package org.example.redis;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UserStore;
import java.util.List;
import java.util.Optional;
import org.example.redis.Scripts.Script;
import redis.clients.jedis.UnifiedJedis;

/** Users, tokens and attempts in Redis. */
public final class RedisAuthStores implements AuthStores {

    private final Scripts scripts;
    private final UserStore users;
    private final TokenStore tokens;
    private final AttemptStore attempts;

    RedisAuthStores(Scripts scripts) {
        this.scripts = scripts;
        this.users = new RedisUserStore(scripts);
        this.tokens = new RedisTokenStore(scripts);
        this.attempts = new RedisAttemptStore(scripts);
    }

    /**
     * Makes stores over a client, which the caller closes.
     *
     * @param redis the client
     * @return the stores
     */
    public static RedisAuthStores over(UnifiedJedis redis) {
        return new RedisAuthStores(new Scripts(redis));
    }

    @Override
    public UserStore users() {
        return users;
    }

    @Override
    public TokenStore tokens() {
        return tokens;
    }

    @Override
    public AttemptStore attempts() {
        return attempts;
    }

    @Override
    public Optional<TokenWithUser> findTokenWithUser(TokenId id) {
        List<?> both = (List<?>) scripts.read(Script.TOKENS, "findWithUser", List.of(RedisTokenStore.text(id)));
        return Fields.of(both.get(0)).map(Records::token).flatMap(token -> Fields.of(both.get(1))
                .map(Records::user)
                .map(user -> new TokenWithUser(token, user)));
    }
}
