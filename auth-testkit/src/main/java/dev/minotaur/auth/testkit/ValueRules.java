package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.spi.InsertTokenOutcome.SLOT_KEPT;
import static dev.minotaur.auth.spi.UpdateUserOutcome.UPDATED;
import static dev.minotaur.auth.testkit.Samples.T0;
import static dev.minotaur.auth.testkit.Samples.TICK;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What holds for the values of all records: text, lists, and that no clock is read. */
abstract class ValueRules extends ZoneRules {

    ValueRules() {}

    @Rule(
            id = "STO-10",
            promise = "All text MUST come back char by char, whatever it contains but NUL and lone surrogates.",
            why =
                    "Text that a store escapes, trims or re-encodes is not the text that its owner typed, and mail to it goes"
                            + " elsewhere.")
    public final void sto10TextComesBackAsItWas() {
        for (String text : List.of(
                " ends in space ",
                "'; DROP TABLE auth_users; --",
                "back\\slash \"quoted\" %s ${x} {0} ?",
                "line\nbreak\r\ntab\tbell\u0007delete\u007f",
                "null",
                "\u00e9 e\u0301 \u212b \u0130 \u0131 \u00df",
                "\ufeff\u200b\u202e\u2028\ufffd\uffff",
                "\ud83d\ude00 \ud87e\udc1d")) {
            for (UnaryOperator<UserRecord> way : userWays()) {
                String canonical = Samples.unique().substring(16) + text;
                UserRecord user = way.apply(Samples.user(new EmailAddress(text, canonical)).toBuilder()
                        .username(new Username(text, canonical))
                        .build());
                expectStored(user);
                for (UnaryOperator<StoredToken> tokenWay : tokenWays()) {
                    expectReadWhole(tokenWay.apply(texts(user, text).build()), user);
                }
                expectReadWhole(inSlot(texts(user, text).slot("slot").build()), user);
            }
        }
    }

    private static StoredToken.Builder texts(UserRecord user, String text) {
        return Samples.session(user.id()).toBuilder().sentTo(text).label(text);
    }

    @Rule(
            id = "STO-12",
            promise = "A store MUST NOT look at a clock: every verb answers the same whatever the time is.",
            why =
                    "What a token is worth is for core to say, by a clock that can be set; a store with a clock of its own"
                            + " decides otherwise on every node whose clock is off.")
    @ResourceLock(PURGE)
    public final void sto12NoClockIsRead() {
        for (Instant time : Samples.ERAS) {
            UserRecord user = inserted(
                    Samples.user().toBuilder().createdAt(time).updatedAt(time).build());
            UserRecord next = user.toBuilder().version(2).build();
            expect("the update", users().update(next, 1)).is(UPDATED);
            expectStored(next);
            StoredToken session = inserted(at(time).toBuilder().user(user.id()).build());
            expect("touch", tokens().touch(session.id(), time.plus(TICK))).is(true);
            StoredToken rotated = rotated(session, time.plus(TICK));
            expect("rotate", tokens().rotate(rotated, session.digest())).is(true);
            expectStored(rotated);
            expect("listByUser", tokens().listByUser(user.id(), TokenPurpose.SESSION))
                    .is(List.of(rotated));
            expect(
                            "whether findTokenWithUser finds it",
                            stores().findTokenWithUser(session.id()).isPresent())
                    .is(true);
            StoredToken link = inSlot(at(time).toBuilder().slot("slot").build());
            StoredToken again = link.toBuilder().id(Samples.tokenId()).build();
            expect("insertIntoSlot", tokens().insertIntoSlot(again, time.minus(TICK)))
                    .is(SLOT_KEPT);
            expect("consume", consume(link)).is(Optional.of(link));
            expect("deleteByUser", tokens().deleteByUser(user.id(), TokenScope.everything()))
                    .is(1);
            AttemptKey key = recordedAt(time);
            expectRecorded(key, 1, new Attempts(2, time));
        }
        Instant purge = Samples.longAgo();
        StoredToken later = inserted(at(purge.plusSeconds(1)));
        UserRecord laterUser = inserted(UserPurgeRules.closed(purge.plusSeconds(1)));
        AttemptKey laterKey = recordedAt(purge.plusSeconds(1));
        drain(limit -> tokens().deleteExpired(purge, limit));
        drain(limit -> users().deleteClosed(purge, limit).size());
        drain(limit -> attempts().deleteOlder(purge, limit));
        expectStored(later);
        expectStored(laterUser);
        expect("find of the attempts", attempts().find(laterKey))
                .is(Optional.of(new Attempts(1, purge.plusSeconds(1))));
    }

    @Rule(
            id = "STO-13",
            promise =
                    "A list that listByUser or deleteClosed gave MUST be the caller's: what is done to it changes nothing that"
                            + " is stored, and what is stored or deleted later changes nothing in it.",
            why = "A caller that sorts or filters its list would end sessions of the user, and one that goes through it"
                    + " would miss what is deleted meanwhile.")
    @ResourceLock(PURGE)
    public final void sto13ListIsTheCallers() {
        StoredToken one = inserted(Samples.session());
        StoredToken two = inserted(one.toBuilder()
                .id(Samples.tokenId())
                .issuedAt(one.issuedAt().plusSeconds(1))
                .build());
        List<StoredToken> listed = tokens().listByUser(one.user(), one.purpose());
        try {
            listed.clear();
        } catch (UnsupportedOperationException immutable) {
            expect("the list", listed).is(List.of(one, two));
        }
        List<StoredToken> again = tokens().listByUser(one.user(), one.purpose());
        expect("listByUser again", again).is(List.of(one, two));
        expectStored(one);
        expect("touch", tokens().touch(one.id(), T0.plusSeconds(1))).is(true);
        expect("delete", tokens().delete(two.id())).is(true);
        inserted(Samples.session(one.user()));
        expect("the list of before", again).is(List.of(one, two));
        expectDeletedStayTold();
    }

    private void expectDeletedStayTold() {
        Instant upTo = Samples.longAgo();
        drain(limit -> users().deleteClosed(upTo, limit).size());
        inserted(UserPurgeRules.closed(upTo.minusSeconds(1)));
        List<UserId> deleted = users().deleteClosed(upTo, BATCH);
        List<UserId> before = List.copyOf(deleted);
        inserted(UserPurgeRules.closed(upTo.minusSeconds(1)));
        drain(limit -> users().deleteClosed(upTo, limit).size());
        expect("the answer of before", deleted).is(before);
    }
}
