package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Race.ROUNDS;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AttemptPolicy;
import dev.minotaur.auth.PasswordChangeResult;
import dev.minotaur.auth.RawToken;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.password.RawPassword;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** The account rules when callers meet. */
abstract class AccountRaceRules extends SecretRules {

    AccountRaceRules() {}

    @Rule(
            id = "ACC-22",
            promise =
                    "Of any number of registrations at once with one e-mail address, one MUST succeed and all others MUST be"
                            + " told that it is taken.",
            why = "Two people would share an address, or a double click would end in an error.")
    public final void acc22OneRegistrationWins() {
        List<Person> people = many(5, Person::new);
        List<Accounts> nodes = nodes();
        for (var round : race(
                "register with one e-mail address",
                32,
                people,
                (person, thread) -> Person.told(nodes.get(thread % 2)
                        .registration()
                        .registerUnconfirmed(person.email(), RawPassword.ofString(Person.PASSWORD))))) {
            expect("how many were registered", round.count("REGISTERED")).is(1L);
            expect("how many were told that it is taken", round.count("EMAIL_TAKEN"))
                    .is(31L);
        }
    }

    @Rule(
            id = "ACC-23",
            promise =
                    "A sign-in that meets a change of password MUST NOT leave a good session that was begun with the old"
                            + " one.",
            why = "Whoever knew the old password gets in at the moment it is changed, and stays.")
    public final void acc23AChangeOfPasswordLeavesNoLateSession() {
        expectNoLateSession(
                "change the password",
                Person::token,
                (accounts, person, token) -> expect(
                                "the change",
                                Person.told(person.change(accounts, token, Person.PASSWORD, Person.NEXT_PASSWORD)))
                        .is("CHANGED"),
                (accounts, person) -> {});
    }

    @Rule(
            id = "ACC-24",
            promise =
                    "A sign-in that meets a disabling or a deletion MUST NOT leave a good session, also when the account is"
                            + " enabled again, or the address registered anew.",
            why = "An account that was shut stays open to whoever signed in at that moment.")
    public final void acc24AShutAccountLeavesNoLateSession() {
        expectNoLateSession(
                "disable the account",
                (person, accounts) -> "",
                (accounts, person, token) -> accounts.administration().disable(person.id(accounts)),
                (accounts, person) -> accounts.administration().enable(person.id(accounts)));
        expectNoLateSession(
                "delete the user",
                (person, accounts) -> "",
                (accounts, person, token) -> accounts.administration().delete(person.id(accounts)),
                (accounts, person) -> person.registered(accounts));
    }

    @Rule(
            id = "ACC-25",
            promise = "Of changes of one password at once, one MUST succeed and the others MUST be refused.",
            why = "Two people would each believe that theirs is the password.")
    public final void acc25OneChangeWins() {
        List<Accounts> nodes = nodes();
        List<Person> people = many(10, () -> new Person().registered(nodes.get(0)));
        List<List<String>> tokens = people.stream()
                .map(person -> many(2, () -> person.token(nodes.get(0))))
                .toList();
        List<Integer> indexes = IntStream.range(0, people.size()).boxed().toList();
        var rounds = race(
                "change one password",
                2,
                indexes,
                (index, thread) -> Person.told(people.get(index)
                        .change(
                                nodes.get(thread),
                                tokens.get(index).get(thread),
                                Person.PASSWORD,
                                Person.NEXT_PASSWORD + thread)));
        for (var round : rounds) {
            Person person = people.get(round.item());
            expect("how many changes succeeded", round.count("CHANGED")).is(1L);
            int winner = round.answers().indexOf("CHANGED");
            expect(
                            "a sign-in with the winner's password",
                            Person.told(person.signIn(nodes.get(0), Person.NEXT_PASSWORD + winner)))
                    .is("SIGNED_IN");
            expect("the answer of the other", round.answers().get(1 - winner))
                    .isOneOf("NOT_SIGNED_IN", "WRONG_PASSWORD");
        }
    }

    @Rule(
            id = "ACC-26",
            promise = "Of any number of guesses at once, at most as many as are free MUST be verified, over all nodes"
                    + " together.",
            why = "A guesser who sends them all at the same moment gets past the bound.")
    public final void acc26ParallelGuessesAreCounted() {
        AttemptPolicy policy = new AttemptPolicy(5, Duration.ofMinutes(1), Duration.ofMinutes(1));
        List<Accounts> nodes = List.of(
                settings(handle(0)).attemptPolicy(policy).build(),
                settings(handle(1)).attemptPolicy(policy).build());
        List<Person> people = List.of(new Person().registered(nodes.get(0)), new Person());
        int before = hasher().verifications();
        var rounds = race(
                "guess a password",
                32,
                people,
                (person, thread) -> Person.told(person.signIn(nodes.get(thread % 2), "wrong")));
        for (var round : rounds) {
            expect("how many guesses were looked at", round.count(BAD_CREDENTIALS))
                    .is(5L);
            expect("how many guesses have to wait", round.count(TOO_MANY_ATTEMPTS))
                    .is(27L);
        }
        expect("verifications", hasher().verifications() - before).is(10);
    }

    @Rule(
            id = "ACC-27",
            promise =
                    "A session whose end meets its renewal by a change of password MUST be ended, whichever came first.",
            why = "A session that moves on at the moment it is ended cannot be got rid of.")
    public final void acc27AnEndedSessionIsNotRenewed() {
        List<Accounts> nodes = nodes();
        List<Person> people = many(ROUNDS, () -> new Person().registered(nodes.get(0)));
        List<SignInResult.SignedIn> sessions = people.stream()
                .map(person -> person.signedIn(nodes.get(0), Person.PASSWORD))
                .toList();
        List<Integer> indexes = IntStream.range(0, people.size()).boxed().toList();
        var rounds = race("end a session and change the password in it", 2, indexes, (index, thread) -> {
            SignInResult.SignedIn session = sessions.get(index);
            if (thread == 0) {
                spend(index % 6);
                boolean ended = nodes.get(0)
                        .sessions()
                        .end(session.user().id(), session.session().id());
                return Optional.of(String.valueOf(ended));
            }
            var change = people.get(index)
                    .change(nodes.get(1), session.token().reveal(), Person.PASSWORD, Person.NEXT_PASSWORD);
            return change instanceof PasswordChangeResult.Changed changed
                    ? changed.token().map(RawToken::reveal)
                    : Optional.<String>empty();
        });
        for (var round : rounds) {
            expect("the end of the session", round.answers().get(0)).is(Optional.of("true"));
            for (Accounts node : nodes) {
                expectCheck(node, sessions.get(round.item()).token().reveal(), INVALID);
                round.answers().get(1).ifPresent(fresh -> expectCheck(node, fresh, INVALID));
            }
        }
    }

    /** Takes as long as some hashes do: the end then falls into another moment of the change each time. */
    final void spend(int hashes) {
        for (int i = 0; i < hashes; i++) {
            hasher().spend(RawPassword.ofString(Person.PASSWORD));
        }
    }

    /** What ends every session of a person, given a token that was prepared. */
    interface Ending {
        void end(Accounts accounts, Person person, String token);
    }

    interface Preparation {
        String token(Person person, Accounts accounts);
    }

    /** Whoever signs in meanwhile is dead on arrival, and stays so whatever comes after. */
    final void expectNoLateSession(
            String name, Preparation preparation, Ending ending, BiConsumer<Accounts, Person> afterwards) {
        List<Accounts> nodes = nodes();
        List<Person> people = many(ROUNDS, () -> new Person().registered(nodes.get(0)));
        List<String> prepared = people.stream()
                .map(person -> preparation.token(person, nodes.get(0)))
                .toList();
        List<Integer> indexes = IntStream.range(0, people.size()).boxed().toList();
        var rounds = race("sign in and " + name, 4, indexes, (index, thread) -> {
            Person person = people.get(index);
            if (thread == 0) {
                ending.end(nodes.get(0), person, prepared.get(index));
                return Optional.<String>empty();
            }
            SignInResult result = person.signIn(nodes.get(thread % 2), Person.PASSWORD);
            return result instanceof SignInResult.SignedIn signedIn
                    ? Optional.of(signedIn.token().reveal())
                    : Optional.<String>empty();
        });
        people.forEach(person -> afterwards.accept(nodes.get(0), person));
        for (var round : rounds) {
            for (Optional<String> late : round.answers()) {
                late.ifPresent(token -> expect("check of a session begun meanwhile", Person.check(nodes.get(1), token))
                        .isOneOf(INVALID, REVOKED));
            }
        }
    }

    final List<Accounts> nodes() {
        return List.of(accounts(0), accounts(1));
    }
}
