package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Samples.T0;
import static dev.minotaur.auth.testkit.Samples.TICK;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What {@code rotate} and {@code touch} do, one caller at a time. */
abstract class TokenChangeRules extends ConsumeRules {

    TokenChangeRules() {}

    @Rule(
            id = "TOK-25",
            promise =
                    "rotate under the stored digest MUST answer true and take digest, previous digest, time of rotation,"
                            + " expiry, time of authentication, label and stamp from the replacement, also where it is the stored token.",
            why = "A secret that was to be replaced stays good, or a session keeps the stamp of an older password.")
    public final void tok25RotateTakesTheNewComponents() {
        StoredToken token = inserted(Samples.session());
        StoredToken next = Samples.fullSession().toBuilder()
                .id(token.id())
                .user(token.user())
                .issuedAt(token.issuedAt())
                .sentTo(null)
                .build();
        expect("rotate", tokens().rotate(next, token.digest())).is(true);
        expectStored(next);
        expect("rotate to the same token", tokens().rotate(next, next.digest())).is(true);
        expectStored(next);
    }

    @Rule(
            id = "TOK-26",
            promise =
                    "A component that rotate takes and that is absent from the replacement MUST be absent afterwards.",
            why = "A previous digest that stays is a secret that stays good through the grace of the next rotation.")
    public final void tok26RotateClearsWhatIsAbsent() {
        StoredToken token = inserted(Samples.fullSession());
        StoredToken bare = token.toBuilder()
                .digest(Samples.digest())
                .previousDigest(null)
                .rotatedAt(null)
                .authenticatedAt(null)
                .label(null)
                .stamp(null)
                .build();
        expect("rotate to a token with less", tokens().rotate(bare, token.digest()))
                .is(true);
        expectStored(bare);
    }

    @Rule(
            id = "TOK-27",
            promise =
                    "rotate MUST keep the token's user, purpose, slot, time of issue and sent-to address, whatever the"
                            + " replacement says.",
            why = "A session that changes its user or its purpose, or a token that is bound to another address, opens a"
                    + " door that it was not issued for.")
    public final void tok27RotateKeepsTheRest() {
        StoredToken inSlot = inSlot(Samples.inSlot(Samples.userId(), "slot").toBuilder()
                .sentTo("sent@example.org")
                .build());
        StoredToken session = inserted(Samples.session());
        for (StoredToken token : List.of(session, inSlot)) {
            StoredToken next = Samples.session().toBuilder()
                    .id(token.id())
                    .purpose(new dev.minotaur.auth.TokenPurpose("other"))
                    .slot(token.slot().isPresent() ? null : "other")
                    .issuedAt(T0.minusSeconds(60))
                    .sentTo("other@example.org")
                    .build();
            expect("rotate to a replacement of another user, purpose, slot ...", tokens().rotate(next, token.digest()))
                    .is(true);
            expectStored(token.toBuilder().digest(next.digest()).build());
        }
    }

    @Rule(
            id = "TOK-28",
            promise = "rotate MUST keep the later of the two times of last use.",
            why = "A session used while it was renewed would count as idle since before.")
    public final void tok28RotateKeepsTheLaterUse() {
        StoredToken token = inserted(Samples.session());
        StoredToken later = rotated(token, T0.plus(TICK));
        expect("rotate with a later use", tokens().rotate(later, token.digest()))
                .is(true);
        expectStored(later);
        StoredToken earlier = rotated(later, T0);
        expect("rotate with an earlier use", tokens().rotate(earlier, later.digest()))
                .is(true);
        expectStored(earlier.toBuilder().lastUsedAt(T0.plus(TICK)).build());
    }

    @Rule(
            id = "TOK-29",
            promise =
                    "rotate that expects another digest than the stored one, by one bit and the previous one too, MUST"
                            + " answer false and change nothing.",
            why = "Of two renewals of one session each would believe its new secret to be the good one.")
    public final void tok29RotateNeedsTheStoredDigest() {
        StoredToken token = inserted(Samples.fullSession());
        StoredToken next = token.toBuilder().digest(Samples.digest()).build();
        TokenDigest previous = token.previousDigest().orElseThrow();
        List<TokenDigest> others = new ArrayList<>(otherDigests(token.digest()));
        others.addAll(List.of(previous, next.digest()));
        for (TokenDigest other : others) {
            expect("rotate that expects another digest", tokens().rotate(next, other))
                    .is(false);
            expectStored(token);
        }
    }

    @Rule(
            id = "TOK-30",
            promise = "rotate of an id that no token has MUST answer false and create nothing, also when the token was"
                    + " there before.",
            why = "A session that was ended would come back when its device renews it.")
    public final void tok30RotateNeverCreates() {
        StoredToken never = Samples.session();
        StoredToken deleted = inserted(Samples.session());
        expect("delete", tokens().delete(deleted.id())).is(true);
        for (StoredToken absent : List.of(never, deleted)) {
            expect("rotate", tokens().rotate(rotated(absent, T0), absent.digest()))
                    .is(false);
            expectGone(absent);
            expect("listByUser", tokens().listByUser(absent.user(), absent.purpose()))
                    .is(List.of());
        }
    }

    @Rule(
            id = "TOK-31",
            promise = "After rotate the token MUST be one token still, consumed and rotated by its new digest and by no"
                    + " other.",
            why = "A renewed session that is two cannot be ended as one.")
    public final void tok31RotatedTokenIsOne() {
        StoredToken token = inserted(Samples.session());
        StoredToken next = rotated(token, T0);
        expect("rotate", tokens().rotate(next, token.digest())).is(true);
        expect("listByUser", tokens().listByUser(token.user(), token.purpose())).is(List.of(next));
        expect("rotate under the old digest", tokens().rotate(rotated(token, T0), token.digest()))
                .is(false);
        expect("consume with the old digest", consume(token)).is(Optional.empty());
        expect("consume with the new digest", consume(next)).is(Optional.of(next));
        expectGone(token);
    }

    @Rule(
            id = "TOK-32",
            promise =
                    "touch with a later time, by one microsecond too, MUST answer true and change the time of last use"
                            + " and nothing else.",
            why = "A session in use would expire as idle.")
    public final void tok32TouchMovesForward() {
        StoredToken token = inserted(Samples.fullSession());
        Instant later = token.lastUsedAt().plus(TICK);
        expect("touch", tokens().touch(token.id(), later)).is(true);
        expectStored(token.toBuilder().lastUsedAt(later).build());
    }

    @Rule(
            id = "TOK-33",
            promise = "touch with an equal or an earlier time MUST answer false and change nothing.",
            why = "Requests arrive out of order, and clocks of two nodes differ: a use must not be forgotten.")
    public final void tok33TouchNeverMovesBack() {
        StoredToken token = inserted(Samples.session());
        for (Instant time : List.of(T0, T0.minus(TICK), T0.minusSeconds(3600))) {
            expect("touch at " + time, tokens().touch(token.id(), time)).is(false);
            expectStored(token);
        }
    }

    @Rule(
            id = "TOK-34",
            promise = "touch of an id that no token has MUST answer false and create nothing.",
            why = "A session that was ended would come back with the next request of its device.")
    public final void tok34TouchNeverCreates() {
        StoredToken deleted = inserted(Samples.session());
        expect("delete", tokens().delete(deleted.id())).is(true);
        for (StoredToken absent : List.of(Samples.session(), deleted)) {
            expect("touch", tokens().touch(absent.id(), T0.plusSeconds(1))).is(false);
            expectGone(absent);
        }
    }

    @Rule(
            id = "TOK-35",
            promise =
                    "rotate and touch MUST leave all other tokens as they are, those of the same user and digest too.",
            why = "A condition left out of a statement renews, or keeps alive, sessions that nobody has used.")
    public final void tok35ChangesLeaveOthersAlone() {
        UserId user = Samples.userId();
        StoredToken token = inserted(Samples.session(user));
        StoredToken sibling = inserted(
                Samples.session(user).toBuilder().digest(token.digest()).build());
        expect("touch", tokens().touch(token.id(), T0.plusSeconds(1))).is(true);
        expect("rotate", tokens().rotate(rotated(token, T0), token.digest())).is(true);
        expectStored(sibling);
    }

    static StoredToken rotated(StoredToken token, Instant lastUsedAt) {
        return token.toBuilder()
                .digest(Samples.digest())
                .previousDigest(token.digest())
                .rotatedAt(lastUsedAt)
                .lastUsedAt(lastUsedAt)
                .build();
    }
}
