package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.spi.InsertUserOutcome.ALREADY_INSERTED;
import static dev.minotaur.auth.spi.InsertUserOutcome.EMAIL_TAKEN;
import static dev.minotaur.auth.spi.InsertUserOutcome.INSERTED;
import static dev.minotaur.auth.spi.InsertUserOutcome.USERNAME_TAKEN;
import static dev.minotaur.auth.spi.UpdateUserOutcome.NOT_FOUND;
import static dev.minotaur.auth.spi.UpdateUserOutcome.STALE;
import static dev.minotaur.auth.spi.UpdateUserOutcome.UPDATED;
import static dev.minotaur.auth.testkit.Race.ROUNDS;

import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import dev.minotaur.auth.testkit.Race.Round;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What a store of users does when callers meet. */
abstract class UserRaceRules extends UserPurgeRules {

    UserRaceRules() {}

    @Rule(
            id = "USR-36",
            promise =
                    "Of any number of inserts at once with one canonical e-mail address, one MUST be answered INSERTED"
                            + " and all others EMAIL_TAKEN.",
            why = "A store that looks first and inserts then gives one address to two people who register at the same"
                    + " moment, or to one who clicks twice.")
    public final void usr36OneOfManyGetsTheEmail() {
        int threads = 32;
        List<List<UserRecord>> groups = many(ROUNDS, () -> {
            var email = Samples.email();
            return many(threads, () -> Samples.user(email));
        });
        String name = "insert users with one e-mail address";
        for (Round<List<UserRecord>, InsertUserOutcome> round : race(name, threads, groups, this::insertOneOf)) {
            expect("how many were INSERTED", round.count(INSERTED)).is(1L);
            expect("how many were EMAIL_TAKEN", round.count(EMAIL_TAKEN)).is(threads - 1L);
            expectOnlyTheWinner(round);
        }
    }

    @Rule(
            id = "USR-37",
            promise =
                    "Of any number of inserts at once with one canonical username, one MUST be answered INSERTED and all"
                            + " others USERNAME_TAKEN.",
            why = "Two users under one username sign in as each other.")
    public final void usr37OneOfManyGetsTheUsername() {
        int threads = 16;
        List<List<UserRecord>> groups = many(ROUNDS, () -> {
            var username = Samples.username();
            return many(threads, () -> Samples.user(username));
        });
        String name = "insert users with one username";
        for (Round<List<UserRecord>, InsertUserOutcome> round : race(name, threads, groups, this::insertOneOf)) {
            expect("how many were INSERTED", round.count(INSERTED)).is(1L);
            expect("how many were USERNAME_TAKEN", round.count(USERNAME_TAKEN)).is(threads - 1L);
            expectOnlyTheWinner(round);
        }
    }

    @Rule(
            id = "USR-38",
            promise = "Of any number of inserts of one record at once, one MUST be answered INSERTED and all others"
                    + " ALREADY_INSERTED.",
            why =
                    "A caller that repeats a call before the first has ended would be told that its own address is taken.")
    public final void usr38RetriesAtOnceAreRecognised() {
        int threads = 8;
        List<UserRecord> records = many(ROUNDS, () -> Samples.user(Samples.username()));
        String name = "insert one record";
        for (Round<UserRecord, InsertUserOutcome> round : race(
                name, threads, records, (user, thread) -> handle(thread).users().insert(user))) {
            expect("how many were INSERTED", round.count(INSERTED)).is(1L);
            expect("how many were ALREADY_INSERTED", round.count(ALREADY_INSERTED))
                    .is(threads - 1L);
            expectStored(round.item());
        }
    }

    @Rule(
            id = "USR-39",
            promise = "Of any number of updates at once that expect one version, one MUST be answered UPDATED and all"
                    + " others STALE; the record is the winner's.",
            why =
                    "Of two changes decided on the same snapshot one would be lost: an account that was disabled meanwhile"
                            + " comes back enabled.")
    public final void usr39OneOfManyUpdatesWins() {
        int threads = 8;
        List<UserRecord> stored = many(ROUNDS, () -> inserted(Samples.user()));
        List<List<UserRecord>> groups = stored.stream()
                .map(user -> many(
                        threads,
                        () -> user.toBuilder().version(2).stamp(Samples.stamp()).build()))
                .toList();
        var rounds = race("update one user under one version", threads, groups, (group, thread) -> handle(thread)
                .users()
                .update(group.get(thread), 1));
        for (var round : rounds) {
            expect("how many were UPDATED", round.count(UPDATED)).is(1L);
            expect("how many were STALE", round.count(STALE)).is(threads - 1L);
            expectStored(round.item().get(round.answers().indexOf(UPDATED)));
        }
    }

    @Rule(
            id = "USR-40",
            promise = "Of any number of deletes of one user at once, one MUST be answered true and all others false.",
            why = "What an application does once for a deleted user, it would do twice or not at all.")
    public final void usr40OneOfManyDeletesWins() {
        List<UserRecord> stored = many(ROUNDS, () -> inserted(Samples.user()));
        for (var round : race("delete one user", 8, stored, (user, thread) -> handle(thread)
                .users()
                .delete(user.id()))) {
            expect("how many were answered true", round.count(true)).is(1L);
            expect("findById", users().findById(round.item().id())).is(Optional.empty());
        }
    }

    @Rule(
            id = "USR-41",
            promise =
                    "Two users whose updates at once each name the other's e-mail address or username MUST both be told that it"
                            + " is taken; the store resolves a deadlock by itself.",
            why =
                    "Each waits for the other in a database with row locks; the one that is broken off must be run again, and"
                            + " not reach the user as a failure of the service.")
    public final void usr41CrossedUpdatesAreBothRefused() {
        for (List<Wish> wishes : List.of(
                List.of(Wish.EMAIL, Wish.EMAIL),
                List.of(Wish.USERNAME, Wish.USERNAME),
                List.of(Wish.EMAIL, Wish.USERNAME))) {
            List<List<UserRecord>> pairs =
                    many(ROUNDS, () -> many(2, () -> inserted(Samples.user(Samples.username()))));
            String name = "update two users, to the other's " + wishes.get(0) + " and to the other's " + wishes.get(1);
            var rounds = race(name, 2, pairs, (pair, thread) -> handle(thread)
                    .users()
                    .update(wishes.get(thread).granted(pair.get(thread), pair.get(1 - thread)), 1));
            for (var round : rounds) {
                expect("the two answers", round.answers())
                        .is(wishes.stream().map(wish -> wish.refusedUpdate).toList());
                round.item().forEach(this::expectStored);
            }
        }
    }

    @Rule(
            id = "USR-42",
            promise =
                    "A user who is deleted while an update is under way MUST be gone afterwards, whichever came first,"
                            + " and all its identifiers free.",
            why = "A deleted account would come back with the change that was under way.")
    public final void usr42DeletedUserStaysDeleted() {
        List<UserRecord> stored = many(ROUNDS * 2, () -> inserted(Samples.user(Samples.username())));
        List<UserRecord> changed = stored.stream()
                .map(user -> user.toBuilder()
                        .version(2)
                        .email(Samples.email())
                        .username(Samples.username())
                        .build())
                .toList();
        List<Integer> indexes = IntStream.range(0, stored.size()).boxed().toList();
        var rounds = race(
                "update a user and delete it",
                2,
                indexes,
                (index, thread) -> thread == 0
                        ? handle(0).users().update(changed.get(index), 1)
                        : (Object) handle(1).users().delete(stored.get(index).id()));
        for (var round : rounds) {
            UserRecord before = stored.get(round.item());
            UserRecord after = changed.get(round.item());
            expect("the update", round.answers().get(0)).isOneOf(UPDATED, NOT_FOUND);
            expect("the delete", round.answers().get(1)).is(true);
            expect("findById", users().findById(before.id())).is(Optional.empty());
            for (UserRecord left : List.of(before, after)) {
                UserRecord heir = left.toBuilder().id(Samples.userId()).build();
                expect("the insert of a user with both identifiers", users().insert(heir))
                        .is(INSERTED);
            }
        }
    }

    @Rule(
            id = "USR-43",
            promise = "A find MUST see an insert, an update or a delete wholly or not at all: the record before or the"
                    + " record after, and never neither.",
            why =
                    "A user whose record is taken away and put back is unknown in between, and one that is written piece by"
                            + " piece has the new password hash with the old status.")
    public final void usr43NoFindSeesAHalf() {
        List<List<UserRecord>> versions = many(ROUNDS, () -> {
            UserRecord before = Samples.fullUser();
            return List.of(
                    before, Samples.fullUser().toBuilder().id(before.id()).build());
        });
        watch("insert a user and find it", versions, both -> handle(0).users().insert(both.get(0)), this::find)
                .forEach(round -> expectInOrder(
                        round, Optional.empty(), Optional.of(round.item().get(0))));
        watch("update a user and find it", versions, both -> handle(0).users().update(both.get(1), 7), this::find)
                .forEach(round -> expectInOrder(
                        round,
                        Optional.of(round.item().get(0)),
                        Optional.of(round.item().get(1))));
        List<List<UserRecord>> underOneName = many(ROUNDS, () -> {
            UserRecord before = inserted(Samples.fullUser());
            return List.of(
                    before, before.toBuilder().version(8).stamp(Samples.stamp()).build());
        });
        watch(
                        "update a user who keeps its identifiers, and find it by each",
                        underOneName,
                        both -> handle(0).users().update(both.get(1), 7),
                        this::findByEach)
                .forEach(round -> expectInOrder(
                        round,
                        Optional.of(round.item().get(0)),
                        Optional.of(round.item().get(1))));
        watch(
                        "delete a user and find it",
                        versions,
                        both -> handle(0).users().delete(both.get(0).id()),
                        this::find)
                .forEach(round -> expectInOrder(round, Optional.of(round.item().get(1)), Optional.empty()));
    }

    private Optional<UserRecord> find(List<UserRecord> versions, int thread) {
        return handle(thread).users().findById(versions.get(0).id());
    }

    private Optional<UserRecord> findByEach(List<UserRecord> versions, int thread) {
        UserRecord user = versions.get(0);
        UserStore users = handle(thread).users();
        return switch (thread) {
            case 1 -> users.findByEmail(user.email().canonical());
            case 2 -> users.findByUsername(usernameOf(user));
            default -> users.findById(user.id());
        };
    }

    private static void expectInOrder(
            Round<List<UserRecord>, List<Optional<UserRecord>>> round,
            Optional<UserRecord> before,
            Optional<UserRecord> after) {
        for (List<Optional<UserRecord>> seen : round.answers()) {
            boolean isAfter = false;
            for (Optional<UserRecord> one : seen) {
                expect("what a find sees meanwhile", one).isOneOf(isAfter ? after : before, after);
                isAfter = one.equals(after);
            }
            if (!seen.isEmpty()) {
                expect("what it sees afterwards", seen.get(seen.size() - 1)).is(after);
            }
        }
    }

    @Rule(
            id = "USR-44",
            promise =
                    "An identifier that one user gives up while others ask for it MUST go to one of them at the most, and"
                            + " is theirs who were answered INSERTED.",
            why = "Two users under one address, or an address that nobody has and nobody can get.")
    public final void usr44GivenUpIdentifierGoesToOne() {
        int threads = 8;
        List<Integer> indexes = IntStream.range(0, 2 * ROUNDS).boxed().toList();
        for (Wish wish : Wish.values()) {
            List<UserRecord> holders = many(indexes.size(), () -> inserted(Samples.user(Samples.username())));
            List<List<UserRecord>> groups = indexes.stream()
                    .map(index -> many(2 + index % (threads - 1), () -> wish.wishing(holders.get(index))))
                    .toList();
            String name = "give up an identifier and insert users with it, " + wish;
            var rounds = raceApart(name, threads, indexes, (index, thread) -> {
                List<UserRecord> group = groups.get(index);
                if (thread == 0) {
                    return giveUp(wish, holders.get(index));
                }
                return thread < group.size() ? insertOneOf(group, thread) : "nothing";
            });
            for (var round : rounds) {
                List<UserRecord> group = groups.get(round.item());
                expect("the update", round.answers().get(0)).is(UPDATED);
                List<UserRecord> winners = IntStream.range(1, threads)
                        .filter(thread -> round.answers().get(thread).equals(INSERTED))
                        .mapToObj(group::get)
                        .toList();
                expect("how many were INSERTED", winners.size()).isOneOf(0, 1);
                expect("who has the identifier", wish.found(users(), group.get(0)))
                        .is(winners.stream().findFirst());
            }
        }
    }

    private Object giveUp(Wish wish, UserRecord holder) {
        return handle(0).users().update(wish.granted(holder, Samples.user(Samples.username())), 1);
    }

    @Rule(
            id = "USR-55",
            promise =
                    "Of an insert and an update at once that ask for one identifier, one MUST get it, and the other MUST be"
                            + " told that it is taken and change nothing.",
            why =
                    "A store that guards its inserts against each other, and its updates, gives the address of a new user to"
                            + " whoever changes theirs at that moment.")
    public final void usr55InsertMeetsUpdate() {
        for (Wish wish : Wish.values()) {
            List<List<UserRecord>> pairs = many(2 * ROUNDS, () -> {
                UserRecord newcomer = Samples.user(Samples.username());
                UserRecord changing = inserted(Samples.user(Samples.username()));
                return List.of(newcomer, changing, wish.granted(changing, newcomer));
            });
            String name = "insert a user, and update another to the same " + wish;
            var rounds = raceApart(
                    name,
                    2,
                    pairs,
                    (pair, thread) -> thread == 0
                            ? handle(0).users().insert(pair.get(0))
                            : (Object) handle(1).users().update(pair.get(2), 1));
            for (var round : rounds) {
                List<UserRecord> pair = round.item();
                boolean inserted = round.answers().get(0).equals(INSERTED);
                expect("the insert", round.answers().get(0)).isOneOf(INSERTED, wish.refusedInsert);
                expect("the update", round.answers().get(1)).is(inserted ? wish.refusedUpdate : UPDATED);
                expect("findById of the new user", users().findById(pair.get(0).id()))
                        .is(inserted ? Optional.of(pair.get(0)) : Optional.empty());
                expectStored(pair.get(inserted ? 1 : 2));
                expect("who has the identifier", wish.found(users(), pair.get(0)))
                        .is(Optional.of(pair.get(inserted ? 0 : 2)));
            }
        }
    }

    private InsertUserOutcome insertOneOf(List<UserRecord> group, int thread) {
        return handle(thread).users().insert(group.get(thread));
    }

    private void expectOnlyTheWinner(Round<List<UserRecord>, InsertUserOutcome> round) {
        List<UserRecord> group = round.item();
        int winner = round.answers().indexOf(INSERTED);
        for (int i = 0; i < group.size(); i++) {
            UserRecord user = group.get(i);
            expect("findById of " + (i == winner ? "the winner" : "a loser"), users().findById(user.id()))
                    .is(i == winner ? Optional.of(user) : Optional.empty());
        }
    }

    /** Which identifier of another user is asked for. */
    private enum Wish {
        EMAIL(InsertUserOutcome.EMAIL_TAKEN, UpdateUserOutcome.EMAIL_TAKEN),
        USERNAME(InsertUserOutcome.USERNAME_TAKEN, UpdateUserOutcome.USERNAME_TAKEN);

        private final InsertUserOutcome refusedInsert;
        private final UpdateUserOutcome refusedUpdate;

        Wish(InsertUserOutcome refusedInsert, UpdateUserOutcome refusedUpdate) {
            this.refusedInsert = refusedInsert;
            this.refusedUpdate = refusedUpdate;
        }

        /** The next version of a user, with the identifier of another. */
        UserRecord granted(UserRecord user, UserRecord other) {
            UserRecord.Builder next = user.toBuilder().version(2);
            return this == EMAIL
                    ? next.email(other.email()).build()
                    : next.username(other.username().orElseThrow()).build();
        }

        @Override
        public String toString() {
            return this == EMAIL ? "e-mail address" : "username";
        }

        /** A new user with the identifier of another. */
        UserRecord wishing(UserRecord other) {
            return granted(Samples.user(Samples.username()), other).toBuilder()
                    .version(1)
                    .build();
        }

        Optional<UserRecord> found(UserStore users, UserRecord holder) {
            return this == EMAIL
                    ? users.findByEmail(holder.email().canonical())
                    : users.findByUsername(usernameOf(holder));
        }
    }
}
