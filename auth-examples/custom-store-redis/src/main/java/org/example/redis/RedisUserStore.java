package org.example.redis;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.example.redis.Scripts.Script;

/** Users as hashes, a key for each address and each username that leads to the id of who has it, and a sorted set of the closed. */
final class RedisUserStore implements UserStore {

    private final Scripts scripts;

    RedisUserStore(Scripts scripts) {
        this.scripts = scripts;
    }

    // region insert
    @Override
    public InsertUserOutcome insert(UserRecord user) {
        List<String> arguments = Records.fields(user).after(text(user.id()));
        return InsertUserOutcome.valueOf((String) scripts.write(Script.USERS, "insert", arguments));
    }
    // end region

    @Override
    public Optional<UserRecord> findById(UserId id) {
        return find("findById", text(id));
    }

    @Override
    public Optional<UserRecord> findByEmail(String canonicalEmail) {
        return find("findByEmail", canonicalEmail);
    }

    @Override
    public Optional<UserRecord> findByUsername(String canonicalUsername) {
        return find("findByUsername", canonicalUsername);
    }

    private Optional<UserRecord> find(String verb, String argument) {
        return Fields.of(scripts.read(Script.USERS, verb, List.of(argument))).map(Records::user);
    }

    @Override
    public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
        List<String> arguments =
                Records.fields(replacement).after(text(replacement.id()), Long.toString(expectedVersion));
        return UpdateUserOutcome.valueOf((String) scripts.write(Script.USERS, "update", arguments));
    }

    @Override
    public boolean delete(UserId id) {
        return scripts.write(Script.USERS, "delete", List.of(text(id))).equals(1L);
    }

    // region delete-closed
    @Override
    public List<UserId> deleteClosed(Instant closedUpTo, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is below 1");
        }
        List<String> arguments = List.of(Fields.time(closedUpTo), Integer.toString(limit));
        List<?> ids = (List<?>) scripts.write(Script.USERS, "deleteClosed", arguments);
        return ids.stream().map(id -> new UserId(UUID.fromString((String) id))).toList();
    }
    // end region

    private static String text(UserId id) {
        return id.value().toString();
    }
}
