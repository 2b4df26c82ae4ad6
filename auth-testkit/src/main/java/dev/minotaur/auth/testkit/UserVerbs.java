package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.ContractBase.expect;

import dev.minotaur.auth.Username;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.testkit.VerbCase.State;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The verbs of a store of users, as cases that are made anew each time. */
final class UserVerbs {

    private final UserRecord stored = Samples.fullUser();
    private final UserRecord other = Samples.fullUser();
    private final UserRecord changed =
            Samples.fullUser().toBuilder().id(stored.id()).version(8).build();
    private final Map<String, UserRecord> asked =
            Map.of("the user", stored, "another user", other, "the user as changed", changed);

    private UserVerbs() {}

    static List<Supplier<VerbCase>> all() {
        return List.of(
                () -> new UserVerbs().insert(),
                () -> new UserVerbs().insertAgain(),
                () -> new UserVerbs().insertWithTakenEmail(),
                () -> new UserVerbs().insertWithTakenUsername(),
                () -> new UserVerbs().findById(),
                () -> new UserVerbs().findByEmail(),
                () -> new UserVerbs().findByUsername(),
                () -> new UserVerbs().update(),
                () -> new UserVerbs().updateOfAnotherVersion(),
                () -> new UserVerbs().updateToTakenEmail(),
                () -> new UserVerbs().updateOfNobody(),
                () -> new UserVerbs().delete(),
                () -> new UserVerbs().deleteClosed());
    }

    private VerbCase insert() {
        return verb(
                "insert a user",
                stores -> stores.users().insert(other),
                new State(with(stored), InsertUserOutcome.INSERTED),
                new State(with(stored, other), InsertUserOutcome.ALREADY_INSERTED));
    }

    private VerbCase insertAgain() {
        return verb(
                "insert a user again",
                stores -> stores.users().insert(stored),
                new State(with(stored), InsertUserOutcome.ALREADY_INSERTED));
    }

    private VerbCase insertWithTakenEmail() {
        UserRecord taking = other.toBuilder().email(stored.email()).build();
        return verb(
                "insert a user with a taken e-mail address",
                stores -> stores.users().insert(taking),
                new State(with(stored), InsertUserOutcome.EMAIL_TAKEN));
    }

    private VerbCase insertWithTakenUsername() {
        UserRecord taking =
                other.toBuilder().username(stored.username().orElseThrow()).build();
        return verb(
                "insert a user with a taken username",
                stores -> stores.users().insert(taking),
                new State(with(stored), InsertUserOutcome.USERNAME_TAKEN));
    }

    private VerbCase findById() {
        return verb(
                "find a user by id",
                stores -> stores.users().findById(stored.id()),
                new State(with(stored), Optional.of(stored)));
    }

    private VerbCase findByEmail() {
        return verb(
                "find a user by e-mail address",
                stores -> byEmail(stores, stored),
                new State(with(stored), Optional.of(stored)));
    }

    private VerbCase findByUsername() {
        return verb(
                "find a user by username",
                stores -> byUsername(stores, stored),
                new State(with(stored), Optional.of(stored)));
    }

    private VerbCase update() {
        return verb(
                "update a user",
                stores -> stores.users().update(changed, stored.version()),
                new State(with(stored), UpdateUserOutcome.UPDATED),
                new State(with(changed), UpdateUserOutcome.STALE));
    }

    private VerbCase updateOfAnotherVersion() {
        return verb(
                "update a user of another version",
                stores -> stores.users().update(changed, stored.version() - 1),
                new State(with(stored), UpdateUserOutcome.STALE));
    }

    private VerbCase updateToTakenEmail() {
        UserRecord taking = changed.toBuilder().email(other.email()).build();
        VerbCase update = verb(
                "update a user to a taken e-mail address",
                stores -> stores.users().update(taking, stored.version()),
                new State(with(stored, other), UpdateUserOutcome.EMAIL_TAKEN));
        return new VerbCase(
                update.name(),
                update.given().andThen(stores -> expectInserted(stores, other)),
                update.call(),
                update.look(),
                update.states(),
                update.secrets());
    }

    private VerbCase updateOfNobody() {
        return verb(
                "update a user who does not exist",
                stores -> stores.users().update(other, other.version()),
                new State(with(stored), UpdateUserOutcome.NOT_FOUND));
    }

    private VerbCase delete() {
        return verb(
                "delete a user",
                stores -> stores.users().delete(stored.id()),
                new State(with(stored), true),
                new State(with(), false));
    }

    private VerbCase deleteClosed() {
        Instant longAgo = Samples.longAgo();
        UserRecord first = UserPurgeRules.closed(longAgo);
        UserRecord last = UserPurgeRules.closed(longAgo);
        Consumer<AuthStores> given = stores -> {
            TokenPurgeRules.drain(
                    limit -> stores.users().deleteClosed(longAgo, limit).size());
            Stream.of(first, last).forEach(user -> expectInserted(stores, user));
        };
        Function<List<UserRecord>, Sight> left = all ->
                new Sight().with("a closed user", all.contains(first)).with("another closed user", all.contains(last));
        return new VerbCase(
                "delete closed users",
                given,
                stores -> Set.copyOf(stores.users().deleteClosed(longAgo, 3)),
                stores -> left.apply(Stream.of(first, last)
                        .filter(user -> stores.users().findById(user.id()).isPresent())
                        .toList()),
                List.of(
                        new State(left.apply(List.of(first, last)), Set.of(first.id(), last.id())),
                        new State(left.apply(List.of(first)), Set.of(first.id())),
                        new State(left.apply(List.of(last)), Set.of(last.id())),
                        new State(left.apply(List.of()), Set.of())),
                Marks.of(first));
    }

    private VerbCase verb(String name, Function<AuthStores, Object> call, State... states) {
        Set<String> secrets = new HashSet<>();
        asked.values().forEach(user -> secrets.addAll(Marks.of(user)));
        return new VerbCase(name, stores -> expectInserted(stores, stored), call, this::look, List.of(states), secrets);
    }

    private static void expectInserted(AuthStores stores, UserRecord user) {
        expect("the insert of a user", stores.users().insert(user)).is(InsertUserOutcome.INSERTED);
    }

    private Sight look(AuthStores stores) {
        return sight(
                user -> stores.users().findById(user.id()),
                user -> byEmail(stores, user),
                user -> byUsername(stores, user));
    }

    /** What is seen when these are stored. */
    private Sight with(UserRecord... all) {
        return sight(
                user -> first(all, one -> one.id().equals(user.id())),
                user -> first(all, one -> one.email().equals(user.email())),
                user -> first(all, one -> one.username().equals(user.username())));
    }

    private Sight sight(
            Function<UserRecord, Object> byId,
            Function<UserRecord, Object> byEmail,
            Function<UserRecord, Object> byUsername) {
        Sight sight = new Sight();
        for (Map.Entry<String, UserRecord> entry : asked.entrySet()) {
            UserRecord user = entry.getValue();
            sight = sight.with(entry.getKey() + " by id", byId.apply(user))
                    .with(entry.getKey() + " by e-mail address", byEmail.apply(user))
                    .with(entry.getKey() + " by username", byUsername.apply(user));
        }
        return sight;
    }

    private static Optional<UserRecord> first(UserRecord[] all, Predicate<UserRecord> condition) {
        return Stream.of(all).filter(condition).findFirst();
    }

    private static Optional<UserRecord> byEmail(AuthStores stores, UserRecord user) {
        return stores.users().findByEmail(user.email().canonical());
    }

    private static Optional<UserRecord> byUsername(AuthStores stores, UserRecord user) {
        return stores.users()
                .findByUsername(user.username().map(Username::canonical).orElseThrow());
    }
}
