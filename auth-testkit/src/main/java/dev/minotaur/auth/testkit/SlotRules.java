package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.spi.InsertTokenOutcome.ALREADY_INSERTED;
import static dev.minotaur.auth.spi.InsertTokenOutcome.ID_TAKEN;
import static dev.minotaur.auth.spi.InsertTokenOutcome.INSERTED;
import static dev.minotaur.auth.spi.InsertTokenOutcome.SLOT_KEPT;
import static dev.minotaur.auth.testkit.Samples.T0;
import static dev.minotaur.auth.testkit.Samples.TICK;

import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What {@code insertIntoSlot} does, one caller at a time. */
abstract class SlotRules extends TokenInsertRules {

    SlotRules() {}

    @Rule(
            id = "TOK-10",
            promise = "insertIntoSlot into a free slot MUST answer INSERTED and store the token, however early"
                    + " replaceIssuedUpTo is.",
            why = "Nobody could ask for a first link.")
    public final void tok10FreeSlotIsTaken() {
        StoredToken token = Samples.inSlot(Samples.userId(), "slot");
        expect("insertIntoSlot", tokens().insertIntoSlot(token, Instant.EPOCH)).is(INSERTED);
        expectStored(token);
    }

    @Rule(
            id = "TOK-11",
            promise =
                    "A holder issued at replaceIssuedUpTo or before MUST give way: it is gone with all its components, and"
                            + " the new token is in its slot.",
            why = "An older link that stays good can be used by whoever reads the older mail.")
    public final void tok11HolderGivesWay() {
        for (Instant upTo : List.of(T0, T0.plus(TICK), T0.plusSeconds(3600))) {
            UserId user = Samples.userId();
            StoredToken holder = inSlot(Samples.inSlot(user, "slot"));
            StoredToken next = Samples.inSlot(user, "slot");
            expect("insertIntoSlot that replaces up to " + upTo, tokens().insertIntoSlot(next, upTo))
                    .is(INSERTED);
            expectGone(holder);
            expectStored(next);
            expect("listByUser", tokens().listByUser(user, Samples.RESET)).is(List.of(next));
        }
        StoredToken bare = inSlot(Samples.inSlot(Samples.userId(), "slot"));
        StoredToken full = inSlot(Samples.fullSession().toBuilder()
                .user(bare.user())
                .slot("slot")
                .issuedAt(T0.plusSeconds(5))
                .build());
        expectStored(full);
        StoredToken bareAgain = inSlot(bare.toBuilder()
                .id(Samples.tokenId())
                .issuedAt(T0.plusSeconds(6))
                .build());
        expectStored(bareAgain);
    }

    @Rule(
            id = "TOK-12",
            promise =
                    "A holder issued after replaceIssuedUpTo, by one microsecond too, MUST keep its slot: the answer is"
                            + " SLOT_KEPT, and nothing changes.",
            why =
                    "Anybody who knows an address could have mail sent to it without end, and void the link that its owner is"
                            + " about to use.")
    public final void tok12RecentHolderKeepsItsSlot() {
        for (Instant upTo : List.of(T0.minus(TICK), T0.minusSeconds(3600), Instant.EPOCH)) {
            UserId user = Samples.userId();
            StoredToken holder = inSlot(Samples.inSlot(user, "slot"));
            StoredToken inOther = inSlot(Samples.inSlot(user, "other"));
            StoredToken next = Samples.inSlot(user, "slot");
            expect("insertIntoSlot that replaces up to " + upTo, tokens().insertIntoSlot(next, upTo))
                    .is(SLOT_KEPT);
            expectGone(next);
            expectStored(holder);
            expectStored(inOther);
        }
    }

    @Rule(
            id = "TOK-13",
            promise =
                    "insertIntoSlot MUST leave the user's other slots, tokens without a slot, and all other users as they"
                            + " are.",
            why = "A link to confirm an address would void the link to reset a password, or end sessions.")
    public final void tok13OtherSlotsAreLeftAlone() {
        UserId user = Samples.userId();
        StoredToken session = inserted(Samples.session(user));
        StoredToken otherSlot = inSlot(Samples.inSlot(user, "slot-2"));
        StoredToken otherUser = inSlot(Samples.inSlot(Samples.userId(), "slot"));
        inSlot(Samples.inSlot(user, "slot"));
        inSlot(Samples.inSlot(user, "slot"));
        expectStored(session);
        expectStored(otherSlot);
        expectStored(otherUser);
    }

    @Rule(
            id = "TOK-14",
            promise =
                    "A slot MUST have one token whatever the purposes: a holder of another purpose gives way, or keeps"
                            + " the slot, like any other.",
            why = "An application shares a slot between two purposes so that only one of the two links is good.")
    public final void tok14SlotIsSharedByPurposes() {
        UserId user = Samples.userId();
        StoredToken holder = inSlot(Samples.inSlot(user, "slot"));
        StoredToken other = Samples.inSlot(user, "slot").toBuilder()
                .purpose(new TokenPurpose("other"))
                .build();
        expect("insertIntoSlot that does not replace", tokens().insertIntoSlot(other, T0.minus(TICK)))
                .is(SLOT_KEPT);
        expectStored(holder);
        expect("insertIntoSlot that replaces", tokens().insertIntoSlot(other, T0))
                .is(INSERTED);
        expectGone(holder);
        expectStored(other);
    }

    @Rule(
            id = "TOK-15",
            promise = "Slots MUST be compared char by char, to the last one.",
            why =
                    "A slot that a store folds takes two of an application's slots for one, and one link voids the other.")
    public final void tok15SlotsAreComparedExactly() {
        UserId user = Samples.userId();
        String longest = "s".repeat(StoredToken.MAX_SLOT_LENGTH - 1);
        List<String> patterns = List.of("slot", "Slot", "slot_", "slot%", "slot*", "slo?", "slo[t]", "slo\\t", "slot.");
        List<String> numbers = List.of("slot-1", "slot-01", "slot-001");
        List<StoredToken> all = Stream.of(List.of(longest + "a", longest + "b", longest), patterns, numbers)
                .flatMap(List::stream)
                .map(slot -> inSlot(Samples.inSlot(user, slot)))
                .toList();
        all.forEach(this::expectStored);
    }

    @Rule(
            id = "TOK-16",
            promise = "insertIntoSlot MUST look at the id before the slot: equal content is ALREADY_INSERTED and other"
                    + " content, whichever component differs or is added, ID_TAKEN, also where the holder would keep or"
                    + " would lose the slot.",
            why =
                    "A repeated call would be told that its own token is in its way, and no mail would be sent; or it would"
                            + " delete what it has just stored.")
    public final void tok16IdIsLookedAtBeforeTheSlot() {
        for (Instant upTo : List.of(Instant.EPOCH, T0)) {
            StoredToken token =
                    inSlot(Samples.fullSession().toBuilder().slot("slot").build());
            expect("the second insertIntoSlot of the same token", tokens().insertIntoSlot(token, upTo))
                    .is(ALREADY_INSERTED);
            expectStored(token);
            List<StoredToken> others = new ArrayList<>(eachComponentChanged(token));
            others.add(token.toBuilder().slot("other").build());
            others.add(token.toBuilder().slot("SLOT").build());
            for (StoredToken other : others) {
                expect("insertIntoSlot of other content under the same id", tokens().insertIntoSlot(other, upTo))
                        .is(ID_TAKEN);
                expectStored(token);
            }
            StoredToken bare = inSlot(Samples.inSlot(Samples.userId(), "slot"));
            for (StoredToken other : eachComponentAdded(bare)) {
                expect("insertIntoSlot of more content under the same id", tokens().insertIntoSlot(other, upTo))
                        .is(ID_TAKEN);
                expectStored(bare);
            }
        }
    }

    @Rule(
            id = "TOK-17",
            promise = "insertIntoSlot that is answered ID_TAKEN MUST leave the holder of the slot it names as it is.",
            why = "A refused call that has already removed the holder leaves its user without any link.")
    public final void tok17RefusedInsertKeepsTheHolder() {
        UserId user = Samples.userId();
        StoredToken holder = inSlot(Samples.inSlot(user, "slot"));
        StoredToken elsewhere = inserted(Samples.session());
        StoredToken clash =
                Samples.inSlot(user, "slot").toBuilder().id(elsewhere.id()).build();
        expect("insertIntoSlot with a taken id", tokens().insertIntoSlot(clash, T0))
                .is(ID_TAKEN);
        expectStored(holder);
        expectStored(elsewhere);
    }

    @Rule(
            id = "TOK-18",
            promise =
                    "A slot MUST be free again once its token was consumed or deleted, in whatever way, by deleteExpired too.",
            why = "A user who has used a link could not get another until the first would have expired.")
    @ResourceLock(TokenPurgeRules.PURGE)
    public final void tok18SlotIsFreedWithItsToken() {
        UserId user = Samples.userId();
        StoredToken consumed = inSlot(Samples.inSlot(user, "slot"));
        tokens().consume(consumed.id(), consumed.purpose(), consumed.digest());
        StoredToken deleted = expectFreeSlot(user, "consume");
        tokens().delete(deleted.id());
        expectFreeSlot(user, "delete");
        tokens().deleteByUser(user, TokenScope.of(Samples.RESET));
        expectFreeSlot(user, "deleteByUser");
        tokens().deleteByUser(user, TokenScope.everything());
        expectFreeSlot(user, "deleteByUser of everything");
        tokens().deleteByUser(user, TokenScope.everything());
        inSlot(Samples.inSlot(user, "slot").toBuilder().stamp(Samples.stamp()).build());
        tokens().deleteByUser(user, TokenScope.everything().endedBy(Samples.stamp()));
        expectFreeSlot(user, "deleteByUser of what a stamp has ended");
        Instant now = Samples.longAgo();
        StoredToken expired = inSlot(TokenPurgeRules.expiring(now.minusSeconds(1)).toBuilder()
                .slot("slot")
                .build());
        TokenPurgeRules.drain(limit -> tokens().deleteExpired(now, limit));
        expectFreeSlot(expired.user(), "deleteExpired");
    }

    private StoredToken expectFreeSlot(UserId user, String verb) {
        StoredToken next = Samples.inSlot(user, "slot");
        expect("insertIntoSlot after " + verb, tokens().insertIntoSlot(next, Instant.EPOCH))
                .is(INSERTED);
        expectStored(next);
        return next;
    }
}
