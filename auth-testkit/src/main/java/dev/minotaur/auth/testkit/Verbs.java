package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Samples.T0;
import static dev.minotaur.auth.testkit.Samples.TICK;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.UserRecord;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Every verb but the purges, with records whose values are looked for afterwards. */
final class Verbs {

    private final Markers markers = new Markers();
    private final UserRecord user;
    private final StoredToken session;
    private final AttemptKey key = Samples.key();

    Verbs() {
        String email = marked("an e-mail address");
        String username = marked("a username");
        user = Samples.user(new EmailAddress("E." + email + "@Example.ORG", "e." + email + "@example.org")).toBuilder()
                .username(new Username("U." + username, "u." + username))
                .passwordHash(PasswordHash.of("$2b$04$" + marked("a password hash")))
                .build();
        session = Samples.session(user.id()).toBuilder()
                .previousDigest(Samples.digest())
                .sentTo("Sent." + marked("the address a token was sent to") + "@example.org")
                .label("label " + marked("a label"))
                .stamp(user.stamp())
                .build();
        markers.bytes("a digest", session.digest().bytes());
        markers.bytes(
                "a previous digest", session.previousDigest().orElseThrow().bytes());
        markers.bytes("a key of attempts", key.bytes());
    }

    private String marked(String name) {
        String value = Samples.unique();
        markers.text(name, value);
        return value;
    }

    Markers markers() {
        return markers;
    }

    UserRecord user() {
        return user;
    }

    StoredToken session() {
        return session;
    }

    /** In an order in which each has something to do, and each refusal something to refuse. */
    Map<String, Supplier<Object>> of(AuthStores stores) {
        UserRecord next = user.toBuilder().version(2).stamp(Samples.stamp()).build();
        UserRecord other = user.toBuilder().id(Samples.userId()).build();
        StoredToken slotted = session.toBuilder()
                .id(Samples.tokenId())
                .purpose(Samples.RESET)
                .slot("slot")
                .build();
        StoredToken late = slotted.toBuilder().id(Samples.tokenId()).build();
        StoredToken rotated = session.toBuilder().digest(Samples.digest()).build();
        Map<String, Supplier<Object>> calls = new LinkedHashMap<>();
        calls.put("insert", () -> stores.users().insert(user));
        calls.put("a repeated insert", () -> stores.users().insert(user));
        calls.put("insert of a taken address", () -> stores.users().insert(other));
        calls.put("findById", () -> stores.users().findById(user.id()));
        calls.put("findByEmail", () -> stores.users().findByEmail(user.email().canonical()));
        calls.put("findByUsername", () -> stores.users()
                .findByUsername(user.username().orElseThrow().canonical()));
        calls.put("update", () -> stores.users().update(next, 1));
        calls.put("a stale update", () -> stores.users().update(next, 1));
        calls.put("insert of a token", () -> stores.tokens().insert(session));
        calls.put("insert of another token under its id", () -> stores.tokens().insert(rotated));
        calls.put("insertIntoSlot", () -> stores.tokens().insertIntoSlot(slotted, T0));
        calls.put("insertIntoSlot of a kept slot", () -> stores.tokens().insertIntoSlot(late, T0.minus(TICK)));
        calls.put("insertIntoSlot of a slot that is given up", () -> stores.tokens()
                .insertIntoSlot(late, T0));
        calls.put("find", () -> stores.tokens().find(session.id()));
        calls.put("findTokenWithUser", () -> stores.findTokenWithUser(session.id()));
        calls.put("touch", () -> stores.tokens().touch(session.id(), T0.plusSeconds(1)));
        calls.put("rotate", () -> stores.tokens().rotate(rotated, session.digest()));
        calls.put("listByUser", () -> stores.tokens().listByUser(user.id(), TokenPurpose.SESSION));
        calls.put("consume of another digest", () -> stores.tokens()
                .consume(session.id(), session.purpose(), session.digest()));
        calls.put("consume", () -> stores.tokens().consume(session.id(), session.purpose(), rotated.digest()));
        calls.put("delete of a token", () -> stores.tokens().delete(late.id()));
        calls.put("deleteByUser", () -> stores.tokens().deleteByUser(user.id(), TokenScope.everything()));
        calls.put("record", () -> stores.attempts().record(key, 0, new Attempts(1, T0)));
        calls.put("record that expects another count", () -> stores.attempts().record(key, 5, new Attempts(6, T0)));
        calls.put("find of attempts", () -> stores.attempts().find(key));
        calls.put("clear", () -> stores.attempts().clear(key));
        calls.put("delete", () -> stores.users().delete(user.id()));
        return calls;
    }

    /** What every store has to refuse by an exception. */
    Map<String, Supplier<Object>> refused(AuthStores stores) {
        StoredToken slotted = session.toBuilder().slot("slot").build();
        return Map.of(
                "insert of a token with a slot",
                () -> stores.tokens().insert(slotted),
                "insertIntoSlot of a token without one",
                () -> stores.tokens().insertIntoSlot(session, T0),
                "record that expects a negative count",
                () -> stores.attempts().record(key, -1, new Attempts(1, T0)),
                "deleteClosed of none",
                () -> stores.users().deleteClosed(Samples.longAgo(), 0),
                "deleteExpired of none",
                () -> stores.tokens().deleteExpired(Samples.longAgo(), 0),
                "deleteOlder of none",
                () -> stores.attempts().deleteOlder(Samples.longAgo(), 0));
    }
}
