package dev.minotaur.auth.testkit;

import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UserRecord;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What {@code consume} does, one caller at a time. */
abstract class ConsumeRules extends SlotRules {

    ConsumeRules() {}

    @Rule(
            id = "TOK-19",
            promise =
                    "consume with the token's id, purpose and digest MUST give the token back as it was, and remove it.",
            why = "A link that can be used twice lets whoever finds it later reset the password again.")
    public final void tok19ConsumedTokenIsGone() {
        for (StoredToken token :
                List.of(inserted(Samples.fullSession()), inSlot(Samples.inSlot(Samples.userId(), "s")))) {
            expect("consume", consume(token)).is(Optional.of(token));
            expectGone(token);
            expect("listByUser", tokens().listByUser(token.user(), token.purpose()))
                    .is(List.of());
            expect("the second consume", consume(token)).is(Optional.empty());
        }
    }

    @Rule(
            id = "TOK-20",
            promise =
                    "consume with another purpose, by its last char too, MUST answer empty and leave the token as it is.",
            why = "A token shown at the wrong door would open it, or be destroyed by whoever shows it there.")
    public final void tok20OtherPurposeChangesNothing() {
        StoredToken token = inserted(Samples.session());
        for (String other : List.of("reset", "session-2", "sessio")) {
            expect("consume as " + other, tokens().consume(token.id(), new TokenPurpose(other), token.digest()))
                    .is(Optional.empty());
            expectStored(token);
        }
        String longest = "p".repeat(TokenPurpose.MAX_LENGTH - 1);
        StoredToken last = inserted(Samples.session().toBuilder()
                .purpose(new TokenPurpose(longest + "a"))
                .build());
        for (String other : List.of(longest + "b", longest)) {
            expect("consume as " + other, tokens().consume(last.id(), new TokenPurpose(other), last.digest()))
                    .is(Optional.empty());
            expectStored(last);
        }
    }

    @Rule(
            id = "TOK-21",
            promise = "consume with another digest, by one bit too, MUST answer empty and leave the token as it is.",
            why =
                    "The id of a token is public: whoever knows it could use the token without its secret, or destroy it.")
    public final void tok21OtherDigestChangesNothing() {
        StoredToken token = inserted(Samples.session());
        for (TokenDigest other : otherDigests(token.digest())) {
            expect("consume with another digest", tokens().consume(token.id(), token.purpose(), other))
                    .is(Optional.empty());
            expectStored(token);
        }
    }

    @Rule(
            id = "TOK-22",
            promise = "consume with the previous digest MUST answer empty and leave the token as it is.",
            why = "A secret that was replaced would be good for one more use.")
    public final void tok22PreviousDigestDoesNotCount() {
        StoredToken token = inserted(Samples.fullSession());
        TokenDigest previous = token.previousDigest().orElseThrow();
        expect("consume with the previous digest", tokens().consume(token.id(), token.purpose(), previous))
                .is(Optional.empty());
        expectStored(token);
    }

    @Rule(
            id = "TOK-23",
            promise = "consume of an id that no token has MUST answer empty.",
            why = "A used link would be a failure of the service instead of a used link.")
    public final void tok23ConsumeOfNothingIsEmpty() {
        expect("consume", consume(Samples.session())).is(Optional.empty());
    }

    @Rule(
            id = "TOK-24",
            promise =
                    "consume MUST leave all other tokens as they are, those of the same user, purpose and digest too.",
            why = "A condition left out of a statement removes tokens that nobody has shown.")
    public final void tok24ConsumeLeavesOthersAlone() {
        UserId user = Samples.userId();
        StoredToken token = inserted(Samples.session(user));
        StoredToken sibling = inserted(
                Samples.session(user).toBuilder().digest(token.digest()).build());
        StoredToken stranger = inserted(Samples.session());
        expect("consume", consume(token)).is(Optional.of(token));
        expectStored(sibling);
        expectStored(stranger);
    }

    final Optional<StoredToken> consume(StoredToken token) {
        return tokens().consume(token.id(), token.purpose(), token.digest());
    }

    /** By each read, the last of which uses it. */
    final void expectReadWhole(StoredToken token, UserRecord user) {
        expectStored(token);
        List<StoredToken> listed = tokens().listByUser(token.user(), token.purpose()).stream()
                .filter(one -> one.id().equals(token.id()))
                .toList();
        expect("what listByUser has of the token", listed).is(List.of(token));
        expect("findTokenWithUser", stores().findTokenWithUser(token.id()))
                .is(Optional.of(new TokenWithUser(token, user)));
        expect("consume", consume(token)).is(Optional.of(token));
    }

    static List<TokenDigest> otherDigests(TokenDigest digest) {
        return Stream.concat(
                        Stream.of(Samples.digest(), TokenDigest.of(new byte[TokenDigest.LENGTH])),
                        Samples.alike(digest.bytes()).stream().map(TokenDigest::of))
                .toList();
    }
}
