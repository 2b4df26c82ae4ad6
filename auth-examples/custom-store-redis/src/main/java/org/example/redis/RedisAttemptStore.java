package org.example.redis;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.example.redis.Scripts.Script;

/** Attempts as hashes, and one sorted set by the time of the last. */
final class RedisAttemptStore implements AttemptStore {

    private final Scripts scripts;

    RedisAttemptStore(Scripts scripts) {
        this.scripts = scripts;
    }

    @Override
    public Optional<Attempts> find(AttemptKey key) {
        return Fields.of(scripts.read(Script.ATTEMPTS, "find", List.of(text(key))))
                .map(Records::attempts);
    }

    @Override
    public boolean record(AttemptKey key, int expectedCount, Attempts next) {
        if (expectedCount < 0) {
            throw new IllegalArgumentException("the expected count is negative");
        }
        List<String> arguments = Records.fields(next).after(text(key), Integer.toString(expectedCount));
        return scripts.write(Script.ATTEMPTS, "record", arguments).equals(1L);
    }

    @Override
    public boolean clear(AttemptKey key) {
        return scripts.write(Script.ATTEMPTS, "clear", List.of(text(key))).equals(1L);
    }

    @Override
    public int deleteOlder(Instant lastAtUpTo, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("the limit is below 1");
        }
        List<String> arguments = List.of(Fields.time(lastAtUpTo), Integer.toString(limit));
        return RedisTokenStore.number(scripts.write(Script.ATTEMPTS, "deleteOlder", arguments));
    }

    private static String text(AttemptKey key) {
        return HexFormat.of().formatHex(key.bytes());
    }
}
