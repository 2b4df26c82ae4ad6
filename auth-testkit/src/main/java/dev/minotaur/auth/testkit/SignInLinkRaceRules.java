package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Race.ROUNDS;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.UserId;
import java.util.List;
import java.util.Optional;

/** How a session begins by a link in a mail, when callers meet. */
abstract class SignInLinkRaceRules extends SignInLinkRules {

    SignInLinkRaceRules() {}

    @Rule(
            id = "LNK-10",
            promise = "Of any number of uses of one sign-in link at once, one MUST sign in, and the others be refused.",
            why = "Whoever reads the mail a moment after its owner has a session of their own.")
    public final void lnk10OneUseSignsIn() {
        List<Accounts> nodes = mailingNodes(new Mailbox());
        for (boolean confirmed : List.of(true, false)) {
            List<Person> people = many(
                    3,
                    () -> confirmed
                            ? having(user -> user.emailConfirmedAt(Samples.T0))
                            : new Person().registered(accounts(0)));
            List<String> links = people.stream().map(this::signInLink).toList();
            for (var round : race(
                    "use one sign-in link",
                    16,
                    indexes(people),
                    (index, thread) ->
                            Person.told(nodes.get(thread % 2).signInLink().use(links.get(index))))) {
                expect("how many were signed in", round.count("SIGNED_IN")).is(1L);
                expect("how many were refused", round.count(LINK_NOT_GOOD)).is(15L);
                expect(
                                "the user's sessions",
                                people.get(round.item()).sessions(nodes.get(0)).size())
                        .is(1);
            }
        }
    }

    @Rule(
            id = "LNK-11",
            promise =
                    "A use of a sign-in link that meets a change of password or a disabling MUST NOT leave a good session"
                            + " that was begun before it, also when the account is enabled again.",
            why = "Whoever reads the owner's mail gets in at the moment they are thrown out, and stays.")
    public final void lnk11AUseLeavesNoLateSession() {
        List<Accounts> nodes = mailingNodes(new Mailbox());
        List<Person> people = many(ROUNDS, () -> having(user -> user.emailConfirmedAt(Samples.T0)));
        List<String> sessions =
                people.stream().map(person -> person.token(nodes.get(0))).toList();
        expectNoLateUse(people, (index, thread) -> {
            spend(index % 2);
            expect(
                            "the change",
                            Person.told(people.get(index)
                                    .change(nodes.get(0), sessions.get(index), Person.PASSWORD, Person.NEXT_PASSWORD)))
                    .is("CHANGED");
            return Optional.empty();
        });
        List<Person> others = many(ROUNDS, () -> having(user -> user.emailConfirmedAt(Samples.T0)));
        List<UserId> ids =
                others.stream().map(person -> person.id(nodes.get(0))).toList();
        expectNoLateUse(others, (index, thread) -> {
            nodes.get(0).administration().disable(ids.get(index));
            nodes.get(0).administration().enable(ids.get(index));
            return Optional.empty();
        });
    }

    private void expectNoLateUse(List<Person> people, Race.Step<Integer, Optional<String>> ending) {
        List<Accounts> nodes = mailingNodes(new Mailbox());
        List<String> links = people.stream().map(this::signInLink).toList();
        for (var round : race("use a sign-in link and throw its user out", 2, indexes(people), (index, thread) -> {
            if (thread == 0) {
                return ending.of(index, thread);
            }
            SignInResult result = nodes.get(1).signInLink().use(links.get(index));
            return result instanceof SignInResult.SignedIn signedIn
                    ? Optional.of(signedIn.token().reveal())
                    : Optional.<String>empty();
        })) {
            round.answers().get(1).ifPresent(late -> expectEnded(nodes.get(0), late));
            expectNoSignIn(nodes.get(0), links.get(round.item()));
        }
    }
}
