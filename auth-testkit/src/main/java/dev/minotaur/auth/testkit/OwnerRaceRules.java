package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Race.ROUNDS;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.User;
import java.util.List;
import java.util.Optional;

/** How an owner changes a username or closes the account, when callers meet. */
abstract class OwnerRaceRules extends ImportRules {

    OwnerRaceRules() {}

    @Rule(
            id = "OWN-9",
            promise =
                    "Of two users who change to one username at once, one MUST get it, and the other MUST be told that it is"
                            + " taken and keep the old one.",
            why = "Two people would share a username, and one would try the other's password.")
    public final void own9OneOfTwoUsersGetsTheUsername() {
        List<Accounts> nodes = nodes();
        List<List<Person>> pairs = many(ROUNDS, () -> many(2, () -> new Person().registered(nodes.get(0))));
        List<List<String>> sessions = pairs.stream()
                .map(pair ->
                        pair.stream().map(person -> person.token(nodes.get(0))).toList())
                .toList();
        List<String> wanted = many(ROUNDS, OwnerBase::freshUsername);
        for (var round : race(
                "change to one username",
                2,
                indexes(pairs),
                (index, thread) -> Words.of(nodes.get(thread)
                        .usernameChange()
                        .change(sessions.get(index).get(thread), wanted.get(index))))) {
            expect("how many got it", round.count("CHANGED")).is(1L);
            expect("how many were told that it is taken", round.count("USERNAME_TAKEN"))
                    .is(1L);
            int winner = round.answers().indexOf("CHANGED");
            List<Person> pair = pairs.get(round.item());
            expect(
                            "who has the username",
                            nodes.get(0)
                                    .administration()
                                    .find(wanted.get(round.item()))
                                    .map(User::id))
                    .is(Optional.of(pair.get(winner).id(nodes.get(1))));
            Person loser = pair.get(1 - winner);
            expect("the other's username", loser.user(nodes.get(1)).username().map(name -> name.entered()))
                    .is(Optional.of(loser.username()));
        }
    }

    @Rule(
            id = "OWN-10",
            promise =
                    "A sign-in that meets a closing, by the owner or an operator, MUST NOT leave a good session, also when the"
                            + " account is reopened.",
            why = "An account that was closed stays open to whoever signed in at that moment.")
    public final void own10AClosedAccountLeavesNoLateSession() {
        expectNoLateSession(
                "close the account",
                Person::token,
                (accounts, person, token) -> expect(
                                "the closing", Words.of(accounts.closing().close(token)))
                        .is("CLOSED"),
                (accounts, person) -> accounts.administration().reopen(person.id(accounts)));
        expectNoLateSession(
                "close the account for its owner",
                (person, accounts) -> "",
                (accounts, person, token) -> accounts.administration().close(person.id(accounts)),
                (accounts, person) -> accounts.administration().reopen(person.id(accounts)));
    }

    @Rule(
            id = "OWN-11",
            promise =
                    "A change of username and one of the address, of one user at once, MUST both hold, if both are told as"
                            + " done; a closing that meets a change of username MUST leave the account closed.",
            why = "One of two changes of an account would be undone by the other, and the closed one be open.")
    public final void own11ChangesOfOneUserHold() {
        List<Accounts> nodes = mailingNodes(new Mailbox());
        List<Person> people = many(ROUNDS, () -> new Person().registered(accounts(0)));
        List<String> sessions =
                people.stream().map(person -> person.token(accounts(0))).toList();
        List<String> emails = many(ROUNDS, OwnerBase::freshEmail);
        List<String> names = many(ROUNDS, OwnerBase::freshUsername);
        List<String> links = indexes(people).stream()
                .map(index -> changeLink(people.get(index), sessions.get(index), emails.get(index)))
                .toList();
        for (var round : race(
                "change username and address",
                2,
                indexes(people),
                (index, thread) -> thread == 0
                        ? Words.of(nodes.get(0).usernameChange().change(sessions.get(index), names.get(index)))
                        : Words.of(nodes.get(1).emailChange().confirm(links.get(index))))) {
            expect("the answers to the change of username and that of address", round.answers())
                    .isOneOf(List.of("CHANGED", "CHANGED"), List.of(NOT_SIGNED_IN, "CHANGED"));
            boolean renamed = round.answers().get(0).equals("CHANGED");
            expect(
                            "the username of who has the new address",
                            nodes.get(0)
                                    .administration()
                                    .find(emails.get(round.item()))
                                    .flatMap(User::username)
                                    .map(name -> name.entered()))
                    .is(Optional.of(
                            renamed
                                    ? names.get(round.item())
                                    : people.get(round.item()).username()));
        }
        expectClosed(nodes);
    }

    private void expectClosed(List<Accounts> nodes) {
        List<Person> people = many(ROUNDS, () -> new Person().registered(accounts(0)));
        List<String> sessions =
                people.stream().map(person -> person.token(accounts(0))).toList();
        for (var round : race(
                "change the username and close",
                2,
                indexes(people),
                (index, thread) -> thread == 0
                        ? Words.of(nodes.get(0).usernameChange().change(sessions.get(index), freshUsername()))
                        : Words.of(nodes.get(1).closing().close(sessions.get(index))))) {
            expect("the answers to the change of username and to the closing", round.answers())
                    .isOneOf(List.of("CHANGED", "CLOSED"), List.of(NOT_SIGNED_IN, "CLOSED"));
            expect(
                            "the status then",
                            people.get(round.item()).user(nodes.get(0)).status().name())
                    .is("CLOSED");
            expectEnded(nodes.get(1), sessions.get(round.item()));
        }
    }
}
