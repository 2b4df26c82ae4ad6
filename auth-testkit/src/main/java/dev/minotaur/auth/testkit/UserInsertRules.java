package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.spi.InsertUserOutcome.ALREADY_INSERTED;
import static dev.minotaur.auth.spi.InsertUserOutcome.EMAIL_TAKEN;
import static dev.minotaur.auth.spi.InsertUserOutcome.ID_TAKEN;
import static dev.minotaur.auth.spi.InsertUserOutcome.INSERTED;
import static dev.minotaur.auth.spi.InsertUserOutcome.USERNAME_TAKEN;
import static dev.minotaur.auth.spi.UpdateUserOutcome.UPDATED;
import static dev.minotaur.auth.testkit.Samples.T0;
import static dev.minotaur.auth.testkit.Samples.TICK;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** What {@code insert} of a user does, one caller at a time. */
abstract class UserInsertRules extends ContractBase {

    UserInsertRules() {}

    @Rule(
            id = "USR-1",
            promise = "An insert of a user whose id and identifiers are free MUST answer INSERTED, and the three finds"
                    + " MUST then find the user.",
            why = "A user who was told that the account exists could not sign in to it.")
    public final void usr1InsertedUserIsFound() {
        UserRecord user = Samples.user(Samples.username());
        expect("the insert", users().insert(user)).is(INSERTED);
        expect("findById", users().findById(user.id())).is(Optional.of(user));
        expect("findByEmail", users().findByEmail(user.email().canonical())).is(Optional.of(user));
        expect("findByUsername", users().findByUsername(usernameOf(user))).is(Optional.of(user));
    }

    @Rule(
            id = "USR-2",
            promise = "Every component of an inserted user, the version too, MUST come back as it was given.",
            why =
                    "A lost password hash locks its user out, a lost status opens a closed account, and a version that the"
                            + " store makes up refuses every later update.")
    public final void usr2EveryComponentComesBack() {
        for (UserStatus status : UserStatus.values()) {
            UserRecord user = Samples.fullUser().toBuilder()
                    .version(Long.MAX_VALUE - 1)
                    .status(status)
                    .build();
            expect("the insert of a user " + status, users().insert(user)).is(INSERTED);
            expectStored(user);
            expect("findByEmail", users().findByEmail(user.email().canonical())).is(Optional.of(user));
            expect("findByUsername", users().findByUsername(usernameOf(user))).is(Optional.of(user));
        }
        expectStored(inserted(Samples.user().toBuilder()
                .emailConfirmedAt(Instant.EPOCH)
                .stamp(new SecurityStamp(new UUID(0, 0)))
                .build()));
    }

    @Rule(
            id = "USR-3",
            promise = "A component that is absent from an inserted user MUST come back absent, not as an empty or a"
                    + " default value.",
            why = "An account without a password must not become one with an empty password, nor an unproven address a"
                    + " proven one.")
    public final void usr3AbsentComponentsStayAbsent() {
        UserRecord user = inserted(Samples.user());
        UserRecord stored = users().findById(user.id()).orElse(user);
        expect("username", stored.username()).is(Optional.empty());
        expect("passwordHash", stored.passwordHash()).is(Optional.empty());
        expect("emailConfirmedAt", stored.emailConfirmedAt()).is(Optional.empty());
        expectStored(user);
    }

    @Rule(
            id = "USR-4",
            promise = "A repeated insert with the id and the content of a stored user MUST answer ALREADY_INSERTED and"
                    + " change nothing.",
            why =
                    "A caller whose answer was lost repeats the call; told that the address is taken, it would turn its own"
                            + " user away.")
    public final void usr4RepeatedInsertIsRecognised() {
        for (UserRecord user : List.of(Samples.user(), Samples.fullUser())) {
            expect("the first insert", users().insert(user)).is(INSERTED);
            expect("the second insert of the same record", users().insert(user)).is(ALREADY_INSERTED);
            expectStored(user);
        }
    }

    @Rule(
            id = "USR-5",
            promise =
                    "An insert with the id of a stored user and other content, whichever component differs or is added, MUST"
                            + " answer ID_TAKEN and change nothing.",
            why =
                    "An insert that overwrites hands an account to whoever repeats its id; one that answers ALREADY_INSERTED"
                            + " reports as stored what is not.")
    public final void usr5InsertNeverOverwrites() {
        UserRecord user = inserted(Samples.fullUser());
        for (UserRecord other : eachComponentChanged(user)) {
            expect("the insert of other content under the same id", users().insert(other))
                    .is(ID_TAKEN);
            expectStored(user);
        }
        UserRecord bare = inserted(Samples.user());
        for (UserRecord other : List.of(
                bare.toBuilder().username(Samples.username()).build(),
                bare.toBuilder().passwordHash(PasswordHash.of("other")).build(),
                bare.toBuilder().emailConfirmedAt(T0).build())) {
            expect("the insert of more content under the same id", users().insert(other))
                    .is(ID_TAKEN);
            expectStored(bare);
        }
    }

    @Rule(
            id = "USR-6",
            promise = "On a conflict of an insert the id MUST be looked at first: if it is taken, that is the answer,"
                    + " whoever holds the e-mail address and the username.",
            why =
                    "Which of several constraints a database reports is luck of index order; the same call would answer one"
                            + " thing today and another after a rebuild of an index.")
    public final void usr6IdIsLookedAtFirst() {
        UserRecord before = inserted(Samples.user(Samples.username()));
        UserRecord user = inserted(Samples.user(Samples.username()));
        UserRecord after = inserted(Samples.user(Samples.username()));
        for (UserRecord bystander : List.of(before, after)) {
            UserRecord likeBystander = user.toBuilder()
                    .email(bystander.email())
                    .username(bystander.username().orElse(null))
                    .build();
            expect("the insert with a taken id, e-mail address and username", users().insert(likeBystander))
                    .is(ID_TAKEN);
        }
        UserRecord likeItself = user.toBuilder().stamp(Samples.stamp()).build();
        expect("the insert of other content that names its own address", users().insert(likeItself))
                .is(ID_TAKEN);
    }

    @Rule(
            id = "USR-7",
            promise = "An insert of a user whose canonical e-mail address another user has MUST answer EMAIL_TAKEN and"
                    + " change nothing.",
            why = "With two users under one address, mail and password resets of the one reach the other.")
    public final void usr7EmailIsUnique() {
        UserRecord holder = inserted(Samples.user());
        UserRecord late = Samples.user(holder.email()).toBuilder()
                .username(Samples.username())
                .build();
        expect("the insert with a taken address", users().insert(late)).is(EMAIL_TAKEN);
        expectStored(holder);
        expect("findById of the refused user", users().findById(late.id())).is(Optional.empty());
        expect("findByUsername of the refused user", users().findByUsername(usernameOf(late)))
                .is(Optional.empty());
    }

    @Rule(
            id = "USR-8",
            promise =
                    "An insert of a user whose canonical username another user has MUST answer USERNAME_TAKEN and change"
                            + " nothing.",
            why =
                    "Two users under one username sign in as each other; an address reserved by a refused insert could never"
                            + " be registered.")
    public final void usr8UsernameIsUnique() {
        UserRecord holder = inserted(Samples.user(Samples.username()));
        UserRecord late = Samples.user(holder.username().orElseThrow());
        expect("the insert with a taken username", users().insert(late)).is(USERNAME_TAKEN);
        expectStored(holder);
        expect("findById of the refused user", users().findById(late.id())).is(Optional.empty());
        expect("an insert with the address of the refused user", users().insert(Samples.user(late.email())))
                .is(INSERTED);
    }

    @Rule(
            id = "USR-9",
            promise = "An insert of a user whose e-mail address and username are both taken MUST answer EMAIL_TAKEN or"
                    + " USERNAME_TAKEN and change nothing, also where two users hold them.",
            why = "A conflict that the store does not expect reaches the user as a failure of the service.")
    public final void usr9BothTakenIsTold() {
        UserRecord one = inserted(Samples.user(Samples.username()));
        UserRecord two = inserted(Samples.user(Samples.username()));
        for (UserRecord holderOfName : List.of(one, two)) {
            UserRecord late = Samples.user(one.email()).toBuilder()
                    .username(holderOfName.username().orElseThrow())
                    .build();
            expect("the insert with both taken", users().insert(late)).isOneOf(EMAIL_TAKEN, USERNAME_TAKEN);
            expect("findById of the refused user", users().findById(late.id())).is(Optional.empty());
        }
        expectStored(one);
        expectStored(two);
    }

    @Rule(
            id = "USR-10",
            promise =
                    "Any number of users without a username MUST be storable, by an insert and by an update: absence is not"
                            + " a value that can be taken.",
            why = "The second user who chooses no username could not register.")
    public final void usr10NoUsernameIsNeverTaken() {
        expect("the first user without a username", users().insert(Samples.user()))
                .is(INSERTED);
        expect("the second user without a username", users().insert(Samples.user()))
                .is(INSERTED);
        for (UserRecord user : many(2, () -> inserted(Samples.user(Samples.username())))) {
            UserRecord next = user.toBuilder().version(2).username(null).build();
            expect("the update of a user to no username", users().update(next, 1))
                    .is(UPDATED);
            expectStored(next);
        }
    }

    @Rule(
            id = "USR-11",
            promise =
                    "E-mail addresses and usernames MUST be kept apart: the text of one, taken as the other, is free, to an"
                            + " insert and to an update, and is not found.",
            why = "Whoever chose somebody's address as a username could take over that person's look-ups.")
    public final void usr11EmailAndUsernameAreApart() {
        for (UnaryOperator<UserRecord> way : userWays()) {
            String text = Samples.unique();
            UserRecord byEmail = way.apply(Samples.user(Samples.email(text)));
            expect("findByUsername of an e-mail address", users().findByUsername(text))
                    .is(Optional.empty());
            UserRecord byName = way.apply(Samples.user(Samples.username(text)));
            expect("findByEmail", users().findByEmail(text)).is(Optional.of(byEmail));
            expect("findByUsername", users().findByUsername(text)).is(Optional.of(byName));
            String name = Samples.unique();
            UserRecord holder = way.apply(Samples.user(Samples.username(name)));
            expect("findByEmail of a username", users().findByEmail(name)).is(Optional.empty());
            UserRecord likeName = way.apply(Samples.user(Samples.email(name)));
            expect("findByUsername", users().findByUsername(name)).is(Optional.of(holder));
            expect("findByEmail", users().findByEmail(name)).is(Optional.of(likeName));
        }
    }

    @Rule(
            id = "USR-12",
            promise = "The three finds MUST answer empty for what no user has.",
            why = "A find that throws, or that finds somebody, makes an unknown user a failure or somebody else.")
    public final void usr12UnknownIsEmpty() {
        UserRecord user = inserted(Samples.fullUser());
        expect("findById", users().findById(Samples.userId())).is(Optional.empty());
        for (UUID alike : Samples.alike(user.id().value())) {
            expect("findById of what is half the id", users().findById(new UserId(alike)))
                    .is(Optional.empty());
        }
        expect("findByEmail", users().findByEmail(Samples.email().canonical())).is(Optional.empty());
        expect("findByUsername", users().findByUsername(Samples.username().canonical()))
                .is(Optional.empty());
    }

    final UserRecord inserted(UserRecord user) {
        expect("the insert", users().insert(user)).is(INSERTED);
        return user;
    }

    /** Stores the record, as version 2, by an update of a user with nothing optional. */
    final UserRecord broughtByUpdate(UserRecord user) {
        UserRecord bare = inserted(Samples.user().toBuilder().id(user.id()).build());
        UserRecord next = user.toBuilder().version(2).build();
        expect("the update", users().update(next, bare.version())).is(UPDATED);
        return next;
    }

    /** The ways by which a record comes into the store. */
    final List<UnaryOperator<UserRecord>> userWays() {
        return List.of(this::inserted, this::broughtByUpdate);
    }

    final void expectStored(UserRecord user) {
        expect("findById", users().findById(user.id())).is(Optional.of(user));
    }

    static String usernameOf(UserRecord user) {
        return user.username().orElseThrow().canonical();
    }

    /** Each to something else, and to what is nearly the same: a full user. */
    private static List<UserRecord> eachComponentChanged(UserRecord user) {
        List<UserRecord> all = new ArrayList<>(eachComponentWhollyChanged(user));
        Samples.alike(user.stamp().value())
                .forEach(id ->
                        all.add(user.toBuilder().stamp(new SecurityStamp(id)).build()));
        String hash = user.passwordHash().orElseThrow().encoded();
        all.addAll(List.of(
                user.toBuilder().version(user.version() + (1L << 31)).build(),
                user.toBuilder().version(user.version() + (1L << 32)).build(),
                user.toBuilder()
                        .passwordHash(PasswordHash.of(hash.toUpperCase(Locale.ROOT)))
                        .build(),
                user.toBuilder()
                        .emailConfirmedAt(user.emailConfirmedAt().orElseThrow().plus(TICK))
                        .build(),
                user.toBuilder().createdAt(user.createdAt().plus(TICK)).build(),
                user.toBuilder().updatedAt(user.updatedAt().plus(TICK)).build()));
        return all;
    }

    private static List<UserRecord> eachComponentWhollyChanged(UserRecord user) {
        return List.of(
                user.toBuilder().version(user.version() + 1).build(),
                user.toBuilder().email(Samples.email()).build(),
                user.toBuilder().email(Samples.email(user.email().canonical())).build(),
                user.toBuilder()
                        .email(new EmailAddress(
                                user.email().entered(), Samples.email().canonical()))
                        .build(),
                user.toBuilder().username(Samples.username()).build(),
                user.toBuilder().username(Samples.username(usernameOf(user))).build(),
                user.toBuilder()
                        .username(new Username(
                                user.username().orElseThrow().entered(),
                                Samples.username().canonical()))
                        .build(),
                user.toBuilder()
                        .email(Samples.email())
                        .username(Samples.username())
                        .build(),
                user.toBuilder().username(null).build(),
                user.toBuilder().passwordHash(PasswordHash.of("other")).build(),
                user.toBuilder().passwordHash(null).build(),
                user.toBuilder().status(UserStatus.CLOSED).build(),
                user.toBuilder().emailConfirmedAt(T0.plusSeconds(60)).build(),
                user.toBuilder().emailConfirmedAt(null).build(),
                user.toBuilder().stamp(Samples.stamp()).build(),
                user.toBuilder().createdAt(T0.plusSeconds(60)).build(),
                user.toBuilder().updatedAt(T0.plusSeconds(60)).build());
    }
}
