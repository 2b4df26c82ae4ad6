package dev.minotaur.auth.testkit.subject;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.UserRecord;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Three tables under one lock: slow, and plainly right. */
public final class HeapData {

    final HeapTable<UserId, UserRecord> users = new HeapTable<>(
            UserRecord::id,
            user -> Stream.concat(
                    Stream.of(email(user.email().canonical())),
                    user.username().map(Username::canonical).map(HeapData::username).stream()));
    final HeapTable<TokenId, StoredToken> tokens =
            new HeapTable<>(StoredToken::id, token -> token.slot().map(slot -> slot(token.user(), slot)).stream());
    final Map<AttemptKey, Attempts> attempts = new HashMap<>();

    /** Each row with all that nobody else may see, one a line. */
    synchronized String dump() {
        StringBuilder dump = new StringBuilder();
        users.all()
                .forEach(user -> dump.append("user " + user.id() + " "
                        + user.email().entered() + " "
                        + user.email().canonical() + " "
                        + user.username()
                                .map(name -> name.entered() + " " + name.canonical())
                                .orElse("")
                        + user.passwordHash().map(hash -> " " + hash.encoded()).orElse("") + "\n"));
        tokens.all()
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

    /** What no two users have: an address. */
    static Object email(String canonical) {
        return List.of("email", canonical);
    }

    /** What no two users have: a username. */
    static Object username(String canonical) {
        return List.of("username", canonical);
    }

    /** What no two tokens have: a slot of a user. */
    static Object slot(UserId user, String slot) {
        return List.of(user, slot);
    }

    synchronized <T> T atomically(Supplier<T> step) {
        return step.get();
    }
}
