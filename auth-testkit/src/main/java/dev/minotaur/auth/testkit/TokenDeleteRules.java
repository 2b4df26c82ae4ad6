package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Samples.T0;

import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What {@code delete}, {@code deleteByUser} and {@code listByUser} do, one caller at a time. */
abstract class TokenDeleteRules extends TokenChangeRules {

    private static final TokenPurpose OTHER = new TokenPurpose("other");

    private static final String LONGEST = "p".repeat(TokenPurpose.MAX_LENGTH - 1);

    TokenDeleteRules() {}

    @Rule(
            id = "TOK-36",
            promise =
                    "delete MUST answer true once, and false for a token that is not there; afterwards the token is gone.",
            why = "A session that was ended and is still good is the thing an owner looks for after a theft.")
    public final void tok36DeletedTokenIsGone() {
        StoredToken token = inserted(Samples.session());
        StoredToken bystander = inserted(Samples.session(token.user()));
        expect("the first delete", tokens().delete(token.id())).is(true);
        expect("the second delete", tokens().delete(token.id())).is(false);
        expect("the delete of a token that never was", tokens().delete(Samples.tokenId()))
                .is(false);
        expectGone(token);
        expectStored(bystander);
    }

    @Rule(
            id = "TOK-37",
            promise =
                    "deleteByUser of everything MUST delete all tokens of the user, of every purpose, in a slot or not,"
                            + " expired or not, and answer how many.",
            why = "\"Log out everywhere\" that misses a kind of token leaves the thief that kind.")
    public final void tok37DeleteByUserDeletesEverything() {
        UserId user = Samples.userId();
        List<StoredToken> all = List.of(
                inserted(Samples.session(user)),
                inserted(Samples.session(user).toBuilder().purpose(OTHER).build()),
                inserted(Samples.session(user).toBuilder().expiresAt(T0).build()),
                inSlot(Samples.inSlot(user, "slot")));
        expect("deleteByUser", tokens().deleteByUser(user, TokenScope.everything()))
                .is(all.size());
        all.forEach(this::expectGone);
        expect("the second deleteByUser", tokens().deleteByUser(user, TokenScope.everything()))
                .is(0);
    }

    @Rule(
            id = "TOK-38",
            promise =
                    "deleteByUser of some purposes, of one and of twenty, MUST delete the tokens of those and leave the user's others as they"
                            + " are.",
            why = "A change of address that voids pending links would also sign its user out, or the other way round.")
    public final void tok38DeleteByUserKeepsOtherPurposes() {
        UserId user = Samples.userId();
        StoredToken session = inserted(Samples.session(user));
        StoredToken reset = inserted(
                Samples.session(user).toBuilder().purpose(Samples.RESET).build());
        StoredToken other =
                inserted(Samples.session(user).toBuilder().purpose(OTHER).build());
        StoredToken similar = inserted(Samples.session(user).toBuilder()
                .purpose(new TokenPurpose("reset-2"))
                .build());
        expect("deleteByUser of one purpose", tokens().deleteByUser(user, TokenScope.of(Samples.RESET)))
                .is(1);
        expectGone(reset);
        expectStored(session);
        expectStored(other);
        Set<TokenPurpose> two = Set.of(TokenPurpose.SESSION, OTHER);
        expect("deleteByUser of two purposes", tokens().deleteByUser(user, TokenScope.of(two)))
                .is(2);
        expectGone(session);
        expectGone(other);
        expectStored(similar);
        Set<TokenPurpose> many = IntStream.range(0, 20)
                .mapToObj(number -> new TokenPurpose("purpose-" + number))
                .collect(Collectors.toSet());
        many.forEach(purpose ->
                inserted(Samples.session(user).toBuilder().purpose(purpose).build()));
        expect("deleteByUser of twenty purposes", tokens().deleteByUser(user, TokenScope.of(many)))
                .is(20);
        expectStored(similar);
    }

    @Rule(
            id = "TOK-39",
            promise =
                    "deleteByUser MUST leave the one token that the scope excepts as it is, and not count it; one that is"
                            + " outside the scope, another user's or absent changes nothing.",
            why =
                    "Whoever changes a password would be signed out by it; and a wrong exception keeps the thief's session.")
    public final void tok39DeleteByUserKeepsTheExcepted() {
        UserId user = Samples.userId();
        StoredToken kept = inserted(Samples.session(user));
        StoredToken ended = inserted(Samples.session(user));
        StoredToken reset = inserted(
                Samples.session(user).toBuilder().purpose(Samples.RESET).build());
        TokenScope sessions = TokenScope.of(TokenPurpose.SESSION);
        expect("deleteByUser of sessions but one", tokens().deleteByUser(user, sessions.butNot(kept.id())))
                .is(1);
        expectStored(kept);
        expectGone(ended);
        TokenScope all = TokenScope.everything().butNot(kept.id());
        expect("deleteByUser of everything but one", tokens().deleteByUser(user, all))
                .is(1);
        expectGone(reset);
        expectStored(kept);
        StoredToken stranger = inserted(Samples.session());
        TokenScope noneKept = sessions.butNot(stranger.id());
        expect("deleteByUser but for another user's token", tokens().deleteByUser(user, noneKept))
                .is(1);
        expectGone(kept);
        expectStored(stranger);
        StoredToken outside = inserted(
                Samples.session(user).toBuilder().purpose(Samples.RESET).build());
        for (TokenId notThere : List.of(outside.id(), Samples.tokenId())) {
            StoredToken session = inserted(Samples.session(user));
            expect("deleteByUser of sessions but for none", tokens().deleteByUser(user, sessions.butNot(notThere)))
                    .is(1);
            expectGone(session);
        }
        expectStored(outside);
    }

    @Rule(
            id = "TOK-40",
            promise = "deleteByUser MUST leave all other users' tokens as they are.",
            why = "One user's password change would sign everybody out.")
    public final void tok40DeleteByUserLeavesOthersAlone() {
        UserId user = Samples.userId();
        StoredToken stranger = inserted(Samples.session());
        List<StoredToken> alike = Samples.alike(user.value()).stream()
                .map(id -> inserted(Samples.session(new UserId(id))))
                .toList();
        inserted(Samples.session(user));
        expect("deleteByUser", tokens().deleteByUser(user, TokenScope.of(TokenPurpose.SESSION)))
                .is(1);
        inserted(Samples.session(user));
        expect("deleteByUser", tokens().deleteByUser(user, TokenScope.everything()))
                .is(1);
        StoredToken own = inserted(Samples.session(user));
        TokenScope butOne = TokenScope.everything().butNot(own.id());
        expect("deleteByUser", tokens().deleteByUser(user, butOne)).is(0);
        expectStored(stranger);
        alike.forEach(this::expectStored);
        expectStored(own);
    }

    @Rule(
            id = "TOK-64",
            promise =
                    "deleteByUser of what a stamp has ended MUST delete the tokens that carry another stamp, and leave those"
                            + " that carry this one and those that carry none as they are.",
            why =
                    "Tidying up after a password change would end the session that has just begun with the new password, or"
                            + " an application's own tokens.")
    public final void tok64DeleteByUserKeepsWhatTheStampLeavesLive() {
        UserId user = Samples.userId();
        SecurityStamp live = Samples.stamp();
        StoredToken fresh =
                inserted(Samples.session(user).toBuilder().stamp(live).build());
        StoredToken dead = inserted(
                Samples.session(user).toBuilder().stamp(Samples.stamp()).build());
        StoredToken unbound =
                inserted(Samples.session(user).toBuilder().stamp(null).build());
        StoredToken deadReset = inserted(Samples.session(user).toBuilder()
                .purpose(Samples.RESET)
                .stamp(Samples.stamp())
                .build());
        TokenScope sessions = TokenScope.of(TokenPurpose.SESSION).endedBy(live);
        expect("deleteByUser of ended sessions but one", tokens().deleteByUser(user, sessions.butNot(dead.id())))
                .is(0);
        expectStored(dead);
        expect("deleteByUser of ended sessions", tokens().deleteByUser(user, sessions))
                .is(1);
        expectGone(dead);
        expectStored(deadReset);
        expect(
                        "deleteByUser of everything ended",
                        tokens().deleteByUser(user, TokenScope.everything().endedBy(live)))
                .is(1);
        expectGone(deadReset);
        for (UUID alike : Samples.alike(live.value())) {
            inserted(Samples.session(user).toBuilder()
                    .stamp(new SecurityStamp(alike))
                    .build());
            expect("deleteByUser of what is half bound to the stamp", tokens().deleteByUser(user, sessions))
                    .is(1);
        }
        expectStored(fresh);
        expectStored(unbound);
    }

    @Rule(
            id = "TOK-41",
            promise = "listByUser MUST list all tokens of the user and the purpose, expired ones too, each with every"
                    + " component, and no others, of whatever purpose that begins alike; empty if there is none.",
            why =
                    "A session that is not listed is not ended; one of somebody else's that is listed gives away that person.")
    public final void tok41ListHasTheUsersTokensOfThePurpose() {
        UserId user = Samples.userId();
        expect("listByUser of nothing", tokens().listByUser(user, TokenPurpose.SESSION))
                .is(List.of());
        StoredToken expired = Samples.session(user).toBuilder()
                .issuedAt(T0.minusSeconds(60))
                .expiresAt(T0.minusSeconds(1))
                .build();
        StoredToken full = Samples.fullSession().toBuilder().user(user).build();
        inserted(expired);
        inserted(full);
        inserted(Samples.session(user).toBuilder().purpose(Samples.RESET).build());
        inserted(Samples.session());
        Samples.alike(user.value()).forEach(id -> inserted(Samples.session(new UserId(id))));
        List<StoredToken> alike = Stream.of("session-2", "sessio", LONGEST + "a", LONGEST + "b")
                .map(purpose -> inserted(Samples.session(user).toBuilder()
                        .purpose(new TokenPurpose(purpose))
                        .build()))
                .toList();
        expect("listByUser", tokens().listByUser(user, TokenPurpose.SESSION)).is(List.of(expired, full));
        for (StoredToken token : alike) {
            expect("listByUser of " + token.purpose().name(), tokens().listByUser(user, token.purpose()))
                    .is(List.of(token));
        }
    }

    @Rule(
            id = "TOK-42",
            promise =
                    "listByUser MUST be ordered by time of issue, the oldest first, and where those are equal by id as"
                            + " text.",
            why =
                    "The session limit ends the first of the list: in another order it would end the newest, or another one"
                            + " on each node.")
    public final void tok42ListIsOrdered() {
        UserId user = Samples.userId();
        String random = Samples.unique();
        List<StoredToken> expected = List.of(
                issued(user, "ff", random, "-ffff-4fff-bfff-", -1),
                issued(user, "00", random, "-0000-4000-8000-", 0),
                issued(user, "7f", random, "-ffff-4fff-8fff-", 0),
                issued(user, "80", random, "-0000-4000-3000-", 0),
                issued(user, "80", random, "-0000-4000-9000-", 0),
                issued(user, "e0", random, "-0000-4000-8000-", 0),
                issued(user, "01", random, "-0000-4000-8000-", 1));
        List<StoredToken> inserted = new ArrayList<>(expected);
        Collections.rotate(inserted, 3);
        Collections.swap(inserted, 0, 4);
        inserted.forEach(this::inserted);
        expect("listByUser", tokens().listByUser(user, TokenPurpose.SESSION)).is(expected);
    }

    /** What the order is about is given, the rest of the id is random, so that none is taken. */
    private static StoredToken issued(UserId user, String first, String random, String middle, int micros) {
        String id = first + random.substring(0, 6) + middle + random.substring(6, 18);
        return Samples.session(user).toBuilder()
                .id(new TokenId(UUID.fromString(id)))
                .issuedAt(T0.plusNanos(1000L * micros))
                .build();
    }
}
