package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.spi.InsertUserOutcome.INSERTED;
import static dev.minotaur.auth.spi.UpdateUserOutcome.UPDATED;
import static dev.minotaur.auth.testkit.Samples.T0;

import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What holds between two handles, and the read of a token with its user. */
abstract class StoresRules extends ValueRules {

    StoresRules() {}

    @Rule(
            id = "STO-1",
            promise = "What one handle has stored, every other handle MUST find at once.",
            why = "A user who signs in at one node would be signed out at the next.")
    public final void sto1HandlesShareTheirData() {
        AuthStores other = otherHandle();
        UserRecord user = inserted(Samples.user(Samples.username()));
        StoredToken token = inserted(Samples.session(user.id()));
        AttemptKey key = recordedAt(T0);
        expect("findById on another handle", other.users().findById(user.id())).is(Optional.of(user));
        expect(
                        "findByEmail on another handle",
                        other.users().findByEmail(user.email().canonical()))
                .is(Optional.of(user));
        expect("find of the token on another handle", other.tokens().find(token.id()))
                .is(Optional.of(token));
        expect("listByUser on another handle", other.tokens().listByUser(user.id(), token.purpose()))
                .is(List.of(token));
        expect("find of the attempts on another handle", other.attempts().find(key))
                .is(Optional.of(new Attempts(1, T0)));
    }

    @Rule(
            id = "STO-2",
            promise = "What one handle has changed, a handle that has read it before MUST find changed at once.",
            why = "A handle that remembers goes on with the old password, the old status and the old secret.")
    public final void sto2ChangesAreSeen() {
        AuthStores other = otherHandle();
        UserRecord user = inserted(Samples.user());
        StoredToken token = inserted(Samples.session(user.id()));
        AttemptKey key = recordedAt(T0);
        readAll(other, user, token, key);
        UserRecord changed = user.toBuilder().version(2).stamp(Samples.stamp()).build();
        expect("the update", users().update(changed, 1)).is(UPDATED);
        StoredToken rotated = rotated(token, T0.plusSeconds(1));
        expect("rotate", tokens().rotate(rotated, token.digest())).is(true);
        expectRecorded(key, 1, new Attempts(2, T0));
        expect("findById on another handle", other.users().findById(user.id())).is(Optional.of(changed));
        expect(
                        "findByEmail on another handle",
                        other.users().findByEmail(user.email().canonical()))
                .is(Optional.of(changed));
        expect("find of the token on another handle", other.tokens().find(token.id()))
                .is(Optional.of(rotated));
        expect("find of the attempts on another handle", other.attempts().find(key))
                .is(Optional.of(new Attempts(2, T0)));
    }

    @Rule(
            id = "STO-3",
            promise = "What one handle has removed, a handle that has read it before MUST no longer find.",
            why = "An ended session stays good on every node that has seen it, for as long as that node remembers.")
    @ResourceLock(PURGE)
    public final void sto3RemovalIsSeen() {
        AuthStores other = otherHandle();
        UserRecord user = inserted(Samples.user());
        StoredToken token = inserted(Samples.session(user.id()));
        AttemptKey key = recordedAt(T0);
        readAll(other, user, token, key);
        expect("delete of the token", tokens().delete(token.id())).is(true);
        expect("delete of the user", users().delete(user.id())).is(true);
        expect("clear", attempts().clear(key)).is(true);
        expect("findById on another handle", other.users().findById(user.id())).is(Optional.empty());
        expect(
                        "findByEmail on another handle",
                        other.users().findByEmail(user.email().canonical()))
                .is(Optional.empty());
        expect("find of the token on another handle", other.tokens().find(token.id()))
                .is(Optional.empty());
        expect("listByUser on another handle", other.tokens().listByUser(user.id(), token.purpose()))
                .is(List.of());
        expect("consume on another handle", other.tokens().consume(token.id(), token.purpose(), token.digest()))
                .is(Optional.empty());
        expect("find of the attempts on another handle", other.attempts().find(key))
                .is(Optional.empty());
        removals().forEach(removal -> expectSeenByBoth(other, removal));
    }

    /** What a handle sees of a token in a slot that has expired, and of its user who is closed. */
    private static List<Object> seen(AuthStores handle, UserRecord user, StoredToken token) {
        return List.of(
                handle.users().findById(user.id()),
                handle.users().findByEmail(user.email().canonical()),
                handle.users().findByUsername(usernameOf(user)),
                handle.tokens().find(token.id()),
                handle.tokens().listByUser(user.id(), token.purpose()),
                handle.findTokenWithUser(token.id()));
    }

    private void expectSeenByBoth(AuthStores other, BiConsumer<UserRecord, StoredToken> removal) {
        Instant past = Samples.longAgo();
        UserRecord user = inserted(UserPurgeRules.closed(past).toBuilder()
                .username(Samples.username())
                .build());
        StoredToken token = TokenPurgeRules.expiring(past).toBuilder()
                .user(user.id())
                .slot("slot")
                .build();
        var unused = tokens().insertIntoSlot(token, past);
        List<Object> before = seen(other, user, token);
        removal.accept(user, token);
        List<Object> after = seen(stores(), user, token);
        expect(
                        "what another handle sees of a token and its user after what it saw was " + before,
                        seen(other, user, token))
                .is(after);
    }

    /** The ways in which a token goes, or its user. */
    private List<BiConsumer<UserRecord, StoredToken>> removals() {
        return List.of(
                (user, token) -> tokens().delete(token.id()),
                (user, token) -> consume(token),
                (user, token) -> tokens().deleteByUser(user.id(), TokenScope.everything()),
                (user, token) -> tokens().insertIntoSlot(Samples.inSlot(user.id(), "slot"), T0),
                (user, token) -> drain(limit -> tokens().deleteExpired(token.expiresAt(), limit)),
                (user, token) -> users().delete(user.id()),
                (user, token) -> drain(
                        limit -> users().deleteClosed(user.updatedAt(), limit).size()));
    }

    @Rule(
            id = "STO-4",
            promise =
                    "findTokenWithUser MUST answer the token and its user as find and findById answer them, with every"
                            + " component, whatever the status of the user is.",
            why = "Sessions are checked by this read: a stamp, a status or an expiry that it reads otherwise decides"
                    + " otherwise.")
    public final void sto4JoinedReadEqualsTheTwoFinds() {
        List<UserRecord> users = new ArrayList<>(List.of(Samples.user()));
        for (UserStatus status : UserStatus.values()) {
            users.add(Samples.fullUser().toBuilder()
                    .status(status)
                    .version(Long.MAX_VALUE - 1)
                    .build());
        }
        for (UserRecord user : users) {
            expect("the insert of the user", users().insert(user)).is(INSERTED);
            StoredToken bare = inserted(Samples.session(user.id()));
            StoredToken full =
                    inserted(Samples.fullSession().toBuilder().user(user.id()).build());
            StoredToken slotted = inSlot(Samples.inSlot(user.id(), "slot"));
            for (StoredToken token : List.of(bare, full, slotted)) {
                expect("findTokenWithUser", stores().findTokenWithUser(token.id()))
                        .is(Optional.of(new TokenWithUser(token, user)));
            }
        }
    }

    @Rule(
            id = "STO-5",
            promise =
                    "findTokenWithUser MUST answer empty if there is no such token, or if its user is absent, deleted by"
                            + " delete or by deleteClosed.",
            why = "Deleting a user ends all sessions, even before the tokens are deleted.")
    @ResourceLock(PURGE)
    public final void sto5JoinedReadNeedsBoth() {
        expect("findTokenWithUser of no token", stores().findTokenWithUser(Samples.tokenId()))
                .is(Optional.empty());
        StoredToken orphan = inserted(Samples.session());
        expect("findTokenWithUser of a token without a user", stores().findTokenWithUser(orphan.id()))
                .is(Optional.empty());
        UserRecord user = inserted(Samples.user());
        StoredToken token = inserted(Samples.session(user.id()));
        expect("delete of the user", users().delete(user.id())).is(true);
        expect("findTokenWithUser after the user was deleted", stores().findTokenWithUser(token.id()))
                .is(Optional.empty());
        Instant upTo = Samples.longAgo();
        UserRecord closed = inserted(UserPurgeRules.closed(upTo.minusSeconds(1)));
        StoredToken left = inserted(Samples.session(closed.id()));
        drain(limit -> users().deleteClosed(upTo, limit).size());
        expect("findTokenWithUser after deleteClosed", stores().findTokenWithUser(left.id()))
                .is(Optional.empty());
    }

    @Rule(
            id = "STO-6",
            promise =
                    "findTokenWithUser MUST see at once what another handle has changed or removed, of the token and of"
                            + " the user.",
            why =
                    "A password change ends sessions by the stamp of the user: a handle that remembers the user keeps them"
                            + " alive.")
    public final void sto6JoinedReadSeesChanges() {
        UserRecord user = Samples.user();
        StoredToken token = Samples.session(user.id());
        AuthStores other = otherHandle();
        expectJoined(other, token, Optional.empty());
        inserted(token);
        expectJoined(other, token, Optional.empty());
        inserted(user);
        expectJoined(other, token, Optional.of(user));
        UserRecord changed = user.toBuilder().version(2).stamp(Samples.stamp()).build();
        expect("the update", users().update(changed, 1)).is(UPDATED);
        expectJoined(other, token, Optional.of(changed));
        StoredToken touched = token.toBuilder().lastUsedAt(T0.plusSeconds(1)).build();
        expect("touch", tokens().touch(token.id(), T0.plusSeconds(1))).is(true);
        expectJoined(other, touched, Optional.of(changed));
        StoredToken rotated = rotated(touched, T0.plusSeconds(2));
        expect("rotate", tokens().rotate(rotated, touched.digest())).is(true);
        expectJoined(other, rotated, Optional.of(changed));
        expect("delete of the token", tokens().delete(token.id())).is(true);
        expectJoined(other, token, Optional.empty());
        StoredToken later = Samples.session(user.id());
        expectJoined(other, later, Optional.empty());
        inserted(later);
        expectJoined(other, later, Optional.of(changed));
    }

    private static void expectJoined(AuthStores other, StoredToken token, Optional<UserRecord> user) {
        expect("findTokenWithUser on another handle", other.findTokenWithUser(token.id()))
                .is(user.map(found -> new TokenWithUser(token, found)));
    }

    @Rule(
            id = "STO-8",
            promise = "users(), tokens() and attempts() MUST give the same store each time.",
            why = "A store made anew for each call opens a pool for each call.")
    public final void sto8StoresAreTheSameEachTime() {
        AuthStores stores = run().untraced(0);
        expectSame("users() is the same twice", stores::users);
        expectSame("tokens() is the same twice", stores::tokens);
        expectSame("attempts() is the same twice", stores::attempts);
    }

    @Rule(
            id = "STO-9",
            promise = "A call MUST NOT answer null.",
            why = "A null passes every check of the store and breaks the rule that called it.")
    public final void sto9NoAnswerIsNull() {
        StoredToken token = Samples.session();
        UserRecord user = Samples.user();
        AttemptKey key = Samples.key();
        List<Object> answers = new ArrayList<>();
        answers.add(users().findById(user.id()) == null);
        answers.add(users().findByEmail(user.email().canonical()) == null);
        answers.add(users().findByUsername("nobody") == null);
        answers.add(users().update(user, 1) == null);
        answers.add(users().insert(user) == null);
        answers.add(tokens().find(token.id()) == null);
        answers.add(tokens().consume(token.id(), token.purpose(), token.digest()) == null);
        answers.add(tokens().listByUser(user.id(), TokenPurpose.SESSION) == null);
        answers.add(tokens().insert(token) == null);
        answers.add(tokens().insertIntoSlot(Samples.inSlot(user.id(), "slot"), T0) == null);
        answers.add(attempts().find(key) == null);
        answers.add(stores().findTokenWithUser(Samples.tokenId()) == null);
        expect("whether one of the answers is null", answers.contains(true)).is(false);
    }

    @SuppressWarnings("ReferenceEquality") // the promise is about the object: "the same store each time"
    private static void expectSame(String subject, Supplier<?> store) {
        Object first = store.get();
        Object second = store.get();
        expect(subject, first == second).is(true);
    }

    private static void readAll(AuthStores handle, UserRecord user, StoredToken token, AttemptKey key) {
        expect("findById on another handle", handle.users().findById(user.id())).is(Optional.of(user));
        expect(
                        "findByEmail on another handle",
                        handle.users().findByEmail(user.email().canonical()))
                .is(Optional.of(user));
        expect("find of the token on another handle", handle.tokens().find(token.id()))
                .is(Optional.of(token));
        expect("listByUser on another handle", handle.tokens().listByUser(user.id(), token.purpose()))
                .is(List.of(token));
        expect("find of the attempts on another handle", handle.attempts().find(key))
                .is(Optional.of(new Attempts(1, T0)));
    }
}
