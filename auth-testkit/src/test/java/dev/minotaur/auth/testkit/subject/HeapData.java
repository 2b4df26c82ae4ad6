package dev.minotaur.auth.testkit.subject;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.UserRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Three tables under one lock: slow, and plainly right. */
public final class HeapData {

    final Map<UserId, UserRecord> users = new HashMap<>();
    final Map<TokenId, StoredToken> tokens = new HashMap<>();
    final Map<AttemptKey, Attempts> attempts = new HashMap<>();

    synchronized <T> T atomically(Supplier<T> step) {
        return step.get();
    }
}
