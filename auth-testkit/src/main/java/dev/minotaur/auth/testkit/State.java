package dev.minotaur.auth.testkit;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.UserRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What the {@link Model} holds: changed only by the model that was made with it, a value afterwards.
 *
 * @param users the users
 * @param tokens the tokens
 * @param attempts the attempts
 * @param gone the ids of users and tokens that were removed
 * @param insertedBy the number of the call that inserted a token
 * @param replaced by the number of the call that took its slot: the token that gave way
 */
record State(
        Map<UserId, UserRecord> users,
        Map<TokenId, StoredToken> tokens,
        Map<AttemptKey, Attempts> attempts,
        Set<Object> gone,
        Map<TokenId, Integer> insertedBy,
        Map<Integer, StoredToken> replaced) {

    static State empty() {
        return new State(
                new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashSet<>(), new HashMap<>(), new HashMap<>());
    }

    State copy() {
        return new State(
                new HashMap<>(users),
                new HashMap<>(tokens),
                new HashMap<>(attempts),
                new HashSet<>(gone),
                new HashMap<>(insertedBy),
                new HashMap<>(replaced));
    }
}
