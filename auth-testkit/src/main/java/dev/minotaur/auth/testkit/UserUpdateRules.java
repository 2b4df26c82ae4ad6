package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.spi.InsertUserOutcome.INSERTED;
import static dev.minotaur.auth.spi.UpdateUserOutcome.EMAIL_TAKEN;
import static dev.minotaur.auth.spi.UpdateUserOutcome.NOT_FOUND;
import static dev.minotaur.auth.spi.UpdateUserOutcome.STALE;
import static dev.minotaur.auth.spi.UpdateUserOutcome.UPDATED;
import static dev.minotaur.auth.spi.UpdateUserOutcome.USERNAME_TAKEN;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.spi.UserRecord;
import java.util.List;
import java.util.Optional;

/** What {@code update} and {@code delete} of a user do, one caller at a time. */
abstract class UserUpdateRules extends UserIdentifierRules {

    UserUpdateRules() {}

    @Rule(
            id = "USR-22",
            promise =
                    "An update under the stored version MUST answer UPDATED and store every component of the replacement"
                            + " as it is, the version too, also where it is the stored record.",
            why =
                    "A component that an update forgets keeps its old value: an old password, an old stamp, an open account.")
    public final void usr22UpdateReplacesTheRecord() {
        UserRecord user = inserted(Samples.user());
        UserRecord next =
                Samples.fullUser().toBuilder().id(user.id()).version(9).build();
        expect("the update", users().update(next, 1)).is(UPDATED);
        expectStored(next);
        UserRecord last = Samples.fullUser().toBuilder().id(user.id()).build();
        expect("the update under version 9", users().update(last, 9)).is(UPDATED);
        expectStored(last);
        expect("the update to the same record", users().update(last, last.version()))
                .is(UPDATED);
        expectStored(last);
        UserRecord written = last.toBuilder()
                .email(new EmailAddress("other", last.email().canonical()))
                .username(new Username("other", usernameOf(last)))
                .build();
        expect("the update of how the identifiers are written", users().update(written, last.version()))
                .is(UPDATED);
        expectStored(written);
    }

    @Rule(
            id = "USR-23",
            promise = "A component that is absent from the replacement MUST be absent after the update.",
            why = "An update that only fills in leaves a password that was to be removed, and an address proven that is"
                    + " not.")
    public final void usr23UpdateClearsWhatIsAbsent() {
        UserRecord user = inserted(Samples.fullUser());
        UserRecord bare = user.toBuilder()
                .username(null)
                .passwordHash(null)
                .emailConfirmedAt(null)
                .build();
        expect("the update to a record with less", users().update(bare, user.version()))
                .is(UPDATED);
        expectStored(bare);
    }

    @Rule(
            id = "USR-24",
            promise = "An update that expects another version than the stored one, lower or higher by however"
                    + " much, MUST answer STALE and change nothing.",
            why =
                    "The later of two changes decided on the same snapshot undoes the earlier: a disabled account comes back"
                            + " enabled.")
    public final void usr24StaleUpdateChangesNothing() {
        UserRecord user = inserted(Samples.fullUser());
        for (long other :
                List.of(user.version() - 1, user.version() + 1, user.version() + (1L << 32), Long.MAX_VALUE)) {
            expectStale(user, other);
        }
        UserRecord late = inserted(
                Samples.fullUser().toBuilder().version(Long.MAX_VALUE - 1).build());
        expectStale(late, Long.MAX_VALUE - 2);
        expectStale(late, Long.MAX_VALUE);
    }

    private void expectStale(UserRecord user, long other) {
        UserRecord next = Samples.fullUser().toBuilder().id(user.id()).build();
        expect("the update that expects version " + other, users().update(next, other))
                .is(STALE);
        expectStored(user);
        expect(
                        "findByEmail of the refused address",
                        users().findByEmail(next.email().canonical()))
                .is(Optional.empty());
    }

    @Rule(
            id = "USR-25",
            promise =
                    "An update of a user who is not there MUST answer NOT_FOUND and create nobody, also when the user was"
                            + " there before.",
            why = "A change that was under way would bring a deleted account back to life.")
    public final void usr25UpdateNeverCreates() {
        UserRecord never = Samples.user(Samples.username());
        UserRecord deleted = inserted(Samples.user(Samples.username()));
        expect("the delete", users().delete(deleted.id())).is(true);
        for (UserRecord absent : List.of(never, deleted)) {
            expect("the update", users().update(absent, 1)).is(NOT_FOUND);
            expect("findById", users().findById(absent.id())).is(Optional.empty());
            expect("findByEmail", users().findByEmail(absent.email().canonical()))
                    .is(Optional.empty());
            expect("findByUsername", users().findByUsername(usernameOf(absent))).is(Optional.empty());
        }
    }

    @Rule(
            id = "USR-26",
            promise = "An update of a user who is not there MUST answer NOT_FOUND, whoever holds the identifiers of the"
                    + " replacement.",
            why = "The caller would tell its user that an address is taken, where the account is gone.")
    public final void usr26MissingUserIsToldFirst() {
        UserRecord holder = inserted(Samples.user(Samples.username()));
        UserRecord absent = holder.toBuilder().id(Samples.userId()).build();
        expect("the update of nobody to taken identifiers", users().update(absent, 1))
                .is(NOT_FOUND);
        expectStored(holder);
    }

    @Rule(
            id = "USR-27",
            promise =
                    "An update under a stale version MUST answer STALE, whoever holds the identifiers of the replacement.",
            why = "The caller would not read again and decide again, but report a conflict that may be its own doing.")
    public final void usr27StaleVersionIsToldBeforeTakenIdentifiers() {
        UserRecord holder = inserted(Samples.user(Samples.username()));
        UserRecord user = inserted(Samples.user());
        UserRecord next = holder.toBuilder().id(user.id()).version(3).build();
        expect("the stale update to taken identifiers", users().update(next, 2)).is(STALE);
        expectStored(user);
    }

    @Rule(
            id = "USR-28",
            promise = "An update to a canonical e-mail address that another user has MUST answer EMAIL_TAKEN and change"
                    + " nothing.",
            why = "With two users under one address, mail and password resets of the one reach the other.")
    public final void usr28UpdateKeepsEmailUnique() {
        UserRecord holder = inserted(Samples.user().toBuilder().version(3).build());
        UserRecord user = inserted(Samples.user());
        UserRecord next = user.toBuilder()
                .version(2)
                .email(holder.email())
                .username(Samples.username())
                .build();
        expect("the update to a taken address", users().update(next, 1)).is(EMAIL_TAKEN);
        expectStored(user);
        expectStored(holder);
        expect("findByEmail", users().findByEmail(holder.email().canonical())).is(Optional.of(holder));
        expect("findByUsername of the refused replacement", users().findByUsername(usernameOf(next)))
                .is(Optional.empty());
    }

    @Rule(
            id = "USR-29",
            promise = "An update to a canonical username that another user has MUST answer USERNAME_TAKEN and change"
                    + " nothing.",
            why = "Two users under one username sign in as each other; a half-done update would have changed an address"
                    + " that its owner was told is unchanged.")
    public final void usr29UpdateKeepsUsernameUnique() {
        UserRecord holder = inserted(Samples.user(Samples.username()));
        UserRecord user = inserted(Samples.user());
        UserRecord next = user.toBuilder()
                .version(2)
                .email(Samples.email())
                .username(holder.username().orElseThrow())
                .build();
        expect("the update to a taken username", users().update(next, 1)).is(USERNAME_TAKEN);
        expectStored(user);
        expectStored(holder);
        expect(
                        "findByEmail of the refused replacement",
                        users().findByEmail(next.email().canonical()))
                .is(Optional.empty());
        expect(
                        "findByEmail of the kept address",
                        users().findByEmail(user.email().canonical()))
                .is(Optional.of(user));
        UserRecord likeBefore = next.toBuilder().email(user.email()).build();
        expect("the update to a taken username that keeps the address", users().update(likeBefore, 1))
                .is(USERNAME_TAKEN);
        expectStored(user);
    }

    @Rule(
            id = "USR-46",
            promise = "An update to an e-mail address and a username that are both taken MUST answer EMAIL_TAKEN or"
                    + " USERNAME_TAKEN and change nothing, also where two users hold them.",
            why = "A conflict that the store does not expect reaches the user as a failure of the service.")
    public final void usr46BothTakenInAnUpdateIsTold() {
        UserRecord one = inserted(Samples.user(Samples.username()));
        UserRecord two = inserted(Samples.user(Samples.username()));
        UserRecord user = inserted(Samples.user(Samples.username()));
        for (UserRecord holderOfName : List.of(one, two)) {
            UserRecord next = user.toBuilder()
                    .version(2)
                    .email(one.email())
                    .username(holderOfName.username().orElseThrow())
                    .build();
            expect("the update with both taken", users().update(next, 1)).isOneOf(EMAIL_TAKEN, USERNAME_TAKEN);
            expectStored(user);
        }
        expectStored(one);
        expectStored(two);
    }

    @Rule(
            id = "USR-30",
            promise = "A user's own identifiers MUST NOT count as taken in an update.",
            why = "No user with an unchanged address could change a password.")
    public final void usr30OwnIdentifiersAreNotTaken() {
        UserRecord user = inserted(Samples.user(Samples.username()));
        UserRecord next = user.toBuilder().version(2).stamp(Samples.stamp()).build();
        expect("the update that keeps address and username", users().update(next, 1))
                .is(UPDATED);
        expectStored(next);
    }

    @Rule(
            id = "USR-31",
            promise =
                    "An identifier that an update gave up MUST be free: it is not found, and another user can have it.",
            why = "Somebody who gave up an address or a name would block it for ever, and would still be found by it.")
    public final void usr31UpdateFreesOldIdentifiers() {
        UserRecord user = inserted(Samples.user(Samples.username()));
        UserRecord next = user.toBuilder()
                .version(2)
                .email(Samples.email())
                .username(null)
                .build();
        expect("the update", users().update(next, 1)).is(UPDATED);
        expect(
                        "findByEmail of the old address",
                        users().findByEmail(user.email().canonical()))
                .is(Optional.empty());
        expect("findByUsername of the old username", users().findByUsername(usernameOf(user)))
                .is(Optional.empty());
        UserRecord heir = user.toBuilder().id(Samples.userId()).build();
        expect("the insert of another user with both", users().insert(heir)).is(INSERTED);
        expect("findByEmail", users().findByEmail(user.email().canonical())).is(Optional.of(heir));
    }

    @Rule(
            id = "USR-32",
            promise = "An identifier that an update took MUST be found and MUST be unique.",
            why = "A changed address that another user can register too lets that user reset the first one's password.")
    public final void usr32UpdateTakesNewIdentifiers() {
        UserRecord user = inserted(Samples.user());
        UserRecord next = user.toBuilder()
                .version(2)
                .email(Samples.email())
                .username(Samples.username())
                .build();
        expect("the update", users().update(next, 1)).is(UPDATED);
        expect(
                        "findByEmail of the new address",
                        users().findByEmail(next.email().canonical()))
                .is(Optional.of(next));
        expect("findByUsername of the new username", users().findByUsername(usernameOf(next)))
                .is(Optional.of(next));
        expect("the insert of another user with the new address", users().insert(Samples.user(next.email())))
                .is(dev.minotaur.auth.spi.InsertUserOutcome.EMAIL_TAKEN);
        UserRecord sameName = Samples.user(next.username().orElseThrow());
        expect("the insert of another user with the new username", users().insert(sameName))
                .is(dev.minotaur.auth.spi.InsertUserOutcome.USERNAME_TAKEN);
    }

    @Rule(
            id = "USR-33",
            promise = "A delete MUST answer true once, whatever the status is, and false for a user who is not there;"
                    + " afterwards the three finds find nobody.",
            why = "A deleted person who can still sign in, or whose data stays, was promised otherwise.")
    public final void usr33DeletedUserIsGone() {
        for (UserStatus status : UserStatus.values()) {
            UserRecord user = inserted(
                    Samples.user(Samples.username()).toBuilder().status(status).build());
            expect("the first delete of a user " + status, users().delete(user.id()))
                    .is(true);
            expect("the second delete", users().delete(user.id())).is(false);
            expect("findById", users().findById(user.id())).is(Optional.empty());
            expect("findByEmail", users().findByEmail(user.email().canonical())).is(Optional.empty());
            expect("findByUsername", users().findByUsername(usernameOf(user))).is(Optional.empty());
        }
        expect("the delete of a user who never was", users().delete(Samples.userId()))
                .is(false);
    }

    @Rule(
            id = "USR-34",
            promise = "The identifiers of a deleted user MUST be free.",
            why = "Somebody who deleted an account could never come back under the same address.")
    public final void usr34DeleteFreesIdentifiers() {
        UserRecord user = inserted(Samples.user(Samples.username()));
        expect("the delete", users().delete(user.id())).is(true);
        UserRecord heir = user.toBuilder().id(Samples.userId()).build();
        expect("the insert of another user with both", users().insert(heir)).is(INSERTED);
        expectStored(heir);
    }

    @Rule(
            id = "USR-35",
            promise = "An update or a delete MUST leave all other users as they are.",
            why = "A condition left out of a statement changes everybody.")
    public final void usr35OthersAreLeftAlone() {
        UserRecord bystander = inserted(Samples.user(Samples.username()));
        UserRecord user = inserted(Samples.user(Samples.username()));
        expect("the update", users().update(user.toBuilder().version(2).build(), 1))
                .is(UPDATED);
        expectStored(bystander);
        expect("the delete", users().delete(user.id())).is(true);
        expectStored(bystander);
        expect("findByEmail", users().findByEmail(bystander.email().canonical()))
                .is(Optional.of(bystander));
    }
}
