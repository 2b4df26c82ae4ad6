package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.spi.InsertTokenOutcome.ALREADY_INSERTED;
import static dev.minotaur.auth.spi.InsertTokenOutcome.ID_TAKEN;
import static dev.minotaur.auth.spi.InsertTokenOutcome.INSERTED;
import static dev.minotaur.auth.testkit.Samples.T0;
import static dev.minotaur.auth.testkit.Samples.TICK;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** What {@code insert} and {@code find} of a token do, one caller at a time. */
abstract class TokenInsertRules extends UserUpdateRules {

    TokenInsertRules() {}

    @Rule(
            id = "TOK-1",
            promise =
                    "An insert of a token whose id is free MUST answer INSERTED, and the token MUST then be found by its"
                            + " id.",
            why = "A user who has just signed in would be signed out.")
    public final void tok1InsertedTokenIsFound() {
        StoredToken token = Samples.session();
        expect("the insert", tokens().insert(token)).is(INSERTED);
        expectStored(token);
        UserRecord user = inserted(Samples.user());
        StoredToken likeItsUser = Samples.session(user.id()).toBuilder()
                .id(new TokenId(user.id().value()))
                .build();
        expect("the insert of a token whose id is its user's", tokens().insert(likeItsUser))
                .is(INSERTED);
        expectStored(likeItsUser);
        expectStored(user);
    }

    @Rule(
            id = "TOK-2",
            promise = "Every component of an inserted token MUST come back as it was given.",
            why = "A token that loses its stamp outlives a password change; one that loses the address it was sent to"
                    + " confirms another.")
    public final void tok2EveryComponentComesBack() {
        expectStored(inserted(Samples.fullSession()));
        StoredToken longest = Samples.fullSession().toBuilder()
                .purpose(new TokenPurpose("p".repeat(TokenPurpose.MAX_LENGTH)))
                .sentTo("\u4e2d".repeat(EmailAddress.MAX_LENGTH))
                .label("\u4e2d".repeat(StoredToken.MAX_LABEL_LENGTH))
                .build();
        expectStored(inserted(longest));
        StoredToken slotted = Samples.fullSession().toBuilder()
                .slot("s".repeat(StoredToken.MAX_SLOT_LENGTH))
                .build();
        expectStored(inSlot(slotted));
        expectStored(inserted(Samples.fullSession().toBuilder()
                .rotatedAt(Instant.EPOCH)
                .authenticatedAt(Instant.EPOCH)
                .stamp(new SecurityStamp(new UUID(0, 0)))
                .build()));
    }

    @Rule(
            id = "TOK-3",
            promise = "A component that is absent from an inserted token MUST come back absent, not as an empty or a"
                    + " default value.",
            why = "A previous digest or a stamp of zeros is a value that somebody may present.")
    public final void tok3AbsentComponentsStayAbsent() {
        StoredToken token = inserted(Samples.session());
        StoredToken stored = tokens().find(token.id()).orElse(token);
        expect("slot", stored.slot()).is(Optional.empty());
        expect("previousDigest", stored.previousDigest()).is(Optional.empty());
        expect("rotatedAt", stored.rotatedAt()).is(Optional.empty());
        expect("authenticatedAt", stored.authenticatedAt()).is(Optional.empty());
        expect("sentTo", stored.sentTo()).is(Optional.empty());
        expect("label", stored.label()).is(Optional.empty());
        expect("stamp", stored.stamp()).is(Optional.empty());
        expectStored(token);
    }

    @Rule(
            id = "TOK-4",
            promise = "A repeated insert with the id and the content of a stored token MUST answer ALREADY_INSERTED and"
                    + " change nothing.",
            why = "A sign-in whose answer was lost is repeated; refused, it locks out a user whose session exists.")
    public final void tok4RepeatedInsertIsRecognised() {
        for (StoredToken token : List.of(Samples.session(), Samples.fullSession())) {
            expect("the first insert", tokens().insert(token)).is(INSERTED);
            expect("the second insert of the same token", tokens().insert(token))
                    .is(ALREADY_INSERTED);
            expectStored(token);
        }
    }

    @Rule(
            id = "TOK-5",
            promise =
                    "An insert with the id of a stored token and other content, whichever component differs or is added, MUST"
                            + " answer ID_TAKEN and change nothing.",
            why = "The id of a token is public: an insert that overwrites lets its finder replace the secret.")
    public final void tok5InsertNeverOverwrites() {
        StoredToken token = inserted(Samples.fullSession());
        for (StoredToken other : eachComponentChanged(token)) {
            expect("the insert of other content under the same id", tokens().insert(other))
                    .is(ID_TAKEN);
            expectStored(token);
        }
        StoredToken bare = inserted(Samples.session());
        for (StoredToken other : eachComponentAdded(bare)) {
            expect("the insert of more content under the same id", tokens().insert(other))
                    .is(ID_TAKEN);
            expectStored(bare);
        }
        StoredToken slotted = inSlot(Samples.inSlot(Samples.userId(), "slot"));
        StoredToken slotless = slotted.toBuilder().slot(null).build();
        expect("the insert without a slot under the id of a token in one", tokens().insert(slotless))
                .is(ID_TAKEN);
        expectStored(slotted);
    }

    @Rule(
            id = "TOK-6",
            promise = "insert MUST refuse a token with a slot, and insertIntoSlot one without, by"
                    + " IllegalArgumentException, and store nothing.",
            why = "A token that got into a slot by the wrong door leaves its user with two good links.")
    public final void tok6TheWrongDoorIsRefused() {
        StoredToken slotted = Samples.inSlot(Samples.userId(), "slot");
        expectThrow(IllegalArgumentException.class, "insert of a token with a slot", () -> tokens().insert(slotted));
        expect("find", tokens().find(slotted.id())).is(Optional.empty());
        StoredToken slotless = Samples.session();
        expectThrow(
                IllegalArgumentException.class,
                "insertIntoSlot of a token without a slot",
                () -> tokens().insertIntoSlot(slotless, T0));
        expect("find", tokens().find(slotless.id())).is(Optional.empty());
        inSlot(slotted);
        expectThrow(IllegalArgumentException.class, "insert of a token that is in its slot", () -> tokens().insert(
                        slotted));
        inserted(slotless);
        expectThrow(
                IllegalArgumentException.class,
                "insertIntoSlot of a token that is stored without a slot",
                () -> tokens().insertIntoSlot(slotless, T0));
        expectStored(slotted);
        expectStored(slotless);
    }

    @Rule(
            id = "TOK-7",
            promise = "A user MUST be able to have any number of tokens without a slot, of one purpose and of several.",
            why = "A second device that signs in would end the session of the first, or be refused.")
    public final void tok7SessionsAreMany() {
        UserId user = Samples.userId();
        StoredToken one = inserted(Samples.session(user));
        StoredToken two = inserted(Samples.session(user));
        StoredToken three = inserted(
                Samples.session(user).toBuilder().purpose(Samples.RESET).build());
        expectStored(one);
        expectStored(two);
        expectStored(three);
    }

    @Rule(
            id = "TOK-8",
            promise = "A token MUST be storable for a user who is in no store.",
            why = "Users may live in another database, and a sign-up token is sent before there is a user.")
    public final void tok8UserNeedNotExist() {
        StoredToken orphan = inserted(Samples.session(Samples.userId()));
        expectStored(orphan);
        expectStored(inSlot(Samples.inSlot(Samples.userId(), "slot")));
    }

    @Rule(
            id = "TOK-9",
            promise = "find MUST answer empty for an id that no token has.",
            why = "A find that throws makes every stale cookie a failure of the service.")
    public final void tok9UnknownIsEmpty() {
        inserted(Samples.session());
        expect("find", tokens().find(Samples.tokenId())).is(Optional.empty());
    }

    final StoredToken inserted(StoredToken token) {
        expect("the insert", tokens().insert(token)).is(INSERTED);
        return token;
    }

    /** Stores a token without a slot by a rotate of one with nothing optional that rotate takes. */
    final StoredToken broughtByRotate(StoredToken token) {
        StoredToken bare = inserted(Samples.session(token.user()).toBuilder()
                .id(token.id())
                .purpose(token.purpose())
                .issuedAt(token.issuedAt())
                .sentTo(token.sentTo().orElse(null))
                .lastUsedAt(token.lastUsedAt())
                .build());
        expect("rotate", tokens().rotate(token, bare.digest())).is(true);
        return token;
    }

    /** The ways by which a token without a slot comes into the store. */
    final List<UnaryOperator<StoredToken>> tokenWays() {
        return List.of(this::inserted, this::broughtByRotate);
    }

    /** Inserts into a slot that is free, or whose holder was issued by now. */
    final StoredToken inSlot(StoredToken token) {
        expect("insertIntoSlot", tokens().insertIntoSlot(token, token.issuedAt()))
                .is(INSERTED);
        return token;
    }

    final void expectStored(StoredToken token) {
        expect("find", tokens().find(token.id())).is(Optional.of(token));
    }

    final void expectGone(StoredToken token) {
        expect("find of what must be gone", tokens().find(token.id())).is(Optional.empty());
    }

    /** What a token with nothing optional may have besides. */
    static List<StoredToken> eachComponentAdded(StoredToken bare) {
        return List.of(
                bare.toBuilder().previousDigest(Samples.digest()).build(),
                bare.toBuilder().rotatedAt(T0).build(),
                bare.toBuilder().authenticatedAt(T0).build(),
                bare.toBuilder().sentTo("other@example.org").build(),
                bare.toBuilder().label("other").build(),
                bare.toBuilder().stamp(Samples.stamp()).build());
    }

    /** Each to something else, and to what is nearly the same: a full session. */
    static List<StoredToken> eachComponentChanged(StoredToken token) {
        List<StoredToken> all = new ArrayList<>(eachComponentNearlyChanged(token));
        all.addAll(eachComponentWhollyChanged(token));
        return all;
    }

    private static List<StoredToken> eachComponentNearlyChanged(StoredToken token) {
        String sentTo = token.sentTo().orElseThrow();
        String label = token.label().orElseThrow();
        List<StoredToken.Builder> all = new ArrayList<>(List.of(
                token.toBuilder().rotatedAt(token.rotatedAt().orElseThrow().plus(TICK)),
                token.toBuilder().issuedAt(token.issuedAt().plus(TICK)),
                token.toBuilder().expiresAt(token.expiresAt().plus(TICK)),
                token.toBuilder().lastUsedAt(token.lastUsedAt().plus(TICK)),
                token.toBuilder()
                        .authenticatedAt(token.authenticatedAt().orElseThrow().plus(TICK)),
                token.toBuilder().sentTo(sentTo.toUpperCase(Locale.ROOT)),
                token.toBuilder().sentTo(sentTo + " "),
                token.toBuilder().label(label.toUpperCase(Locale.ROOT)),
                token.toBuilder().label(label + " ")));
        UserId user = token.user();
        SecurityStamp stamp = token.stamp().orElseThrow();
        Samples.alike(user.value()).forEach(id -> all.add(token.toBuilder().user(new UserId(id))));
        Samples.alike(stamp.value()).forEach(id -> all.add(token.toBuilder().stamp(new SecurityStamp(id))));
        Samples.someAlike(token.digest().bytes())
                .forEach(bytes -> all.add(token.toBuilder().digest(TokenDigest.of(bytes))));
        Samples.someAlike(token.previousDigest().orElseThrow().bytes())
                .forEach(bytes -> all.add(token.toBuilder().previousDigest(TokenDigest.of(bytes))));
        return all.stream().map(StoredToken.Builder::build).toList();
    }

    private static List<StoredToken> eachComponentWhollyChanged(StoredToken token) {
        return List.of(
                token.toBuilder().user(Samples.userId()).build(),
                token.toBuilder().purpose(Samples.RESET).build(),
                token.toBuilder().digest(Samples.digest()).build(),
                token.toBuilder().previousDigest(Samples.digest()).build(),
                token.toBuilder().previousDigest(null).build(),
                token.toBuilder().rotatedAt(T0.plusSeconds(60)).build(),
                token.toBuilder().rotatedAt(null).build(),
                token.toBuilder().issuedAt(T0.plusSeconds(60)).build(),
                token.toBuilder().expiresAt(T0.plusSeconds(60)).build(),
                token.toBuilder().lastUsedAt(T0.plusSeconds(60)).build(),
                token.toBuilder().authenticatedAt(T0.plusSeconds(60)).build(),
                token.toBuilder().authenticatedAt(null).build(),
                token.toBuilder().sentTo("other@example.org").build(),
                token.toBuilder().sentTo(null).build(),
                token.toBuilder().label("other").build(),
                token.toBuilder().label(null).build(),
                token.toBuilder().stamp(Samples.stamp()).build(),
                token.toBuilder().stamp(null).build());
    }
}
