package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Witness.ACCOUNT;
import static dev.minotaur.auth.testkit.Witness.PASSWORD;
import static dev.minotaur.auth.testkit.Witness.SESSIONS;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.User;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.password.PasswordHash;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** How an owner changes a username or closes the account, and users are imported, while a call fails. */
abstract class OwnerFaultRules extends OwnerRaceRules {

    private static final Map<String, String> CLOSED = Map.of(ACCOUNT, "CLOSED", SESSION, ENDED, SESSIONS, "0");

    OwnerFaultRules() {}

    @Rule(
            id = "OWN-12",
            promise =
                    "A change of username that meets a failure MUST be made or not, be told as done only if it is, end no"
                            + " session, and succeed when it is made again.",
            why = "The owner would be found by neither name, or be told that their own name is taken.")
    public final void own12AUsernameIsChangedOrNot() {
        withPerson("change the username", (run, ada) -> {
            String next = freshUsername();
            String session = ada.token(accounts(1));
            Accounts accounts = accounts(run);
            Supplier<Sight> look = () -> names(ada, next).with(SESSION, Person.check(accounts(1), session));
            Deed deed = Deed.of(
                    () -> Words.of(accounts.usernameChange().change(session, next)),
                    "CHANGED",
                    "CHANGED",
                    Map.of("the username", next, "who has the new one", ada.email(), "who has the old one", "none"));
            expectAllOrNothing(run, look, deed);
        });
        withPerson("take the username away", (run, ada) -> {
            String session = ada.token(accounts(1));
            Accounts accounts = accounts(run);
            Supplier<Sight> look = () -> names(ada, freshUsername()).with(SESSION, Person.check(accounts(1), session));
            Deed deed = Deed.of(
                    () -> Words.of(accounts.usernameChange().remove(session)),
                    "CHANGED",
                    "CHANGED",
                    Map.of("the username", "none", "who has the old one", "none"));
            expectAllOrNothing(run, look, deed);
        });
    }

    @Rule(
            id = "OWN-13",
            promise =
                    "Closing or reopening an account that meets a failure MUST be done wholly or not at all, and MUST be done"
                            + " when it is done again; no session that it ends comes back.",
            why = "An account that was closed stays open in part, to its sessions.")
    public final void own13AnAccountIsClosedWholly() {
        withPerson("close the account", (run, ada) -> {
            String session = ada.token(accounts(1));
            Witness witness = witness(ada);
            witness.watch(SESSION, session);
            Accounts accounts = accounts(run);
            Deed deed = Deed.of(() -> Words.of(accounts.closing().close(session)), "CLOSED", NOT_SIGNED_IN, CLOSED);
            expectAllOrNothing(run, witness::look, deed);
            Sight closed = witness.look();
            expect("reopen", status(accounts(1), ada)).is("ACTIVE");
            witness.look().expectOneOf("what is seen when it is reopened", List.of(closed.with(ACCOUNT, "ACTIVE")));
        });
        withPerson("close the account for its owner", (run, ada) -> {
            UserId id = ada.id(accounts(1));
            Witness witness = witness(ada);
            witness.watch(SESSION, ada.token(accounts(1)));
            Accounts accounts = accounts(run);
            Supplier<String> close = () -> status(accounts.administration().close(id));
            expectAllOrNothing(run, witness::look, Deed.of(close, "CLOSED", "CLOSED", CLOSED));
        });
        withPerson("reopen the account", (run, ada) -> {
            UserId id = ada.id(accounts(1));
            Witness witness = witness(ada);
            witness.watch(SESSION, ada.token(accounts(1)));
            expect("close", status(accounts(1).administration().close(id))).is("CLOSED");
            Accounts accounts = accounts(run);
            Supplier<String> reopen = () -> status(accounts.administration().reopen(id));
            expectAllOrNothing(run, witness::look, Deed.of(reopen, "ACTIVE").and(ACCOUNT, "ACTIVE"));
        });
    }

    @Rule(
            id = "OWN-14",
            promise = "An import that meets a failure MUST make the whole user or none, MUST NOT be told that its own"
                    + " identifiers are taken, and MUST succeed when it is made again unless the user was made.",
            why = "An import of many users that is broken off would lose one of them, or stop at the next run.")
    public final void own14AnImportIsWholeOrNotMade() {
        PasswordHash hash = hash("$2y$");
        withEachFailure("import a user", run -> {
            Person ada = new Person();
            Accounts accounts = accounts(run);
            Deed deed = Deed.of(
                    () -> Words.of(accounts.userImport().add(imported(ada, hash)))
                            .replace("USERNAME_TAKEN", "EMAIL_TAKEN"),
                    "IMPORTED",
                    "EMAIL_TAKEN",
                    Map.of(ACCOUNT, "ACTIVE", PASSWORD, "the old one"));
            expectAllOrNothing(run, witness(ada)::look, deed);
            expect("a sign-in of who was imported", Person.told(ada.signIn(accounts, Person.PASSWORD)))
                    .is("SIGNED_IN");
        });
    }

    private Sight names(Person person, String next) {
        Accounts accounts = accounts(1);
        return new Sight()
                .with(
                        "the username",
                        person.user(accounts)
                                .username()
                                .map(name -> name.entered())
                                .orElse("none"))
                .with("who has the new one", emailOf(accounts, next))
                .with("who has the old one", emailOf(accounts, person.username()));
    }

    private static String emailOf(Accounts accounts, String username) {
        return accounts.administration()
                .find(username)
                .map(user -> user.email().entered())
                .orElse("none");
    }

    private static String status(Accounts accounts, Person person) {
        return status(accounts.administration().reopen(person.id(accounts)));
    }

    private static String status(Optional<User> user) {
        return user.map(found -> found.status().name()).orElse("none");
    }
}
