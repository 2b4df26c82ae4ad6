package dev.minotaur.auth.testkit.subject;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.UserRecord;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Supplier;

/** Three tables under one lock: slow, and plainly right. */
public final class HeapData {

    final Map<UserId, UserRecord> users = new HashMap<>();
    final Map<TokenId, StoredToken> tokens = new HashMap<>();
    final Map<AttemptKey, Attempts> attempts = new HashMap<>();

    /** Each row with all that nobody else may see, one a line. */
    synchronized String dump() {
        StringBuilder dump = new StringBuilder();
        users.values()
                .forEach(user -> dump.append("user " + user.id() + " "
                        + user.email().entered() + " "
                        + user.email().canonical() + " "
                        + user.username()
                                .map(name -> name.entered() + " " + name.canonical())
                                .orElse("")
                        + user.passwordHash().map(hash -> " " + hash.encoded()).orElse("") + "\n"));
        tokens.values()
                .forEach(token -> dump.append("token " + token.id() + " " + token.user() + " "
                        + HexFormat.of().formatHex(token.digest().bytes())
                        + token.previousDigest()
                                .map(digest -> " " + HexFormat.of().formatHex(digest.bytes()))
                                .orElse("")
                        + token.sentTo().map(sentTo -> " " + sentTo).orElse("")
                        + token.label().map(label -> " " + label).orElse("") + "\n"));
        attempts.keySet()
                .forEach(key -> dump.append("attempts " + HexFormat.of().formatHex(key.bytes()) + "\n"));
        return dump.toString();
    }

    synchronized <T> T atomically(Supplier<T> step) {
        return step.get();
    }
}
