package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.password.RawPassword;
import java.util.List;
import java.util.stream.IntStream;

/** How users come to be by a link, when callers meet. */
abstract class SignUpRaceRules extends SignUpRules {

    SignUpRaceRules() {}

    @Rule(
            id = "SUP-14",
            promise =
                    "Of any number of confirmations at once by one link, one MUST make the user, with its password, and the"
                            + " others MUST be refused.",
            why = "Two people who share a mailbox, or a double click, would each believe that theirs is the password.")
    public final void sup14OneConfirmationWins() {
        List<Accounts> nodes = strictNodes(new Mailbox());
        List<Person> people = many(5, Person::new);
        List<String> links = people.stream().map(this::signUpLink).toList();
        List<Integer> indexes = IntStream.range(0, people.size()).boxed().toList();
        var rounds = race(
                "confirm a sign-up by one link",
                16,
                indexes,
                (index, thread) -> Person.told(nodes.get(thread % 2)
                        .signUp()
                        .confirm(links.get(index), RawPassword.ofString(Person.PASSWORD + thread))));
        for (var round : rounds) {
            expect("how many confirmations succeeded", round.count("REGISTERED"))
                    .is(1L);
            round.answers().stream()
                    .filter(answer -> !answer.equals("REGISTERED"))
                    .forEach(answer -> expect("the answer of another", answer).isOneOf("EMAIL_TAKEN", LINK_NOT_GOOD));
            int winner = round.answers().indexOf("REGISTERED");
            Person person = people.get(round.item());
            expect(
                            "a sign-in with the winner's password",
                            Person.told(person.signIn(nodes.get(0), Person.PASSWORD + winner)))
                    .is("SIGNED_IN");
        }
    }

    @Rule(
            id = "SUP-15",
            promise =
                    "Of confirmations at once with one username for two addresses, one MUST succeed; the other MUST be told"
                            + " that the username is taken, and its link MUST stay good.",
            why = "Two people would share a username, or one of them would have to begin anew.")
    public final void sup15OneOfTwoGetsTheUsername() {
        List<Accounts> nodes = strictNodes(new Mailbox());
        int rounds = Race.ROUNDS;
        List<List<Person>> pairs = many(rounds, () -> many(2, Person::new));
        List<List<String>> links = pairs.stream()
                .map(pair -> pair.stream().map(this::signUpLink).toList())
                .toList();
        List<Integer> indexes = IntStream.range(0, rounds).boxed().toList();
        for (var round : race(
                "confirm two sign-ups with one username",
                2,
                indexes,
                (index, thread) -> Person.told(nodes.get(thread)
                        .signUp()
                        .confirm(
                                links.get(index).get(thread),
                                pairs.get(index).get(0).username(),
                                RawPassword.ofString(Person.PASSWORD))))) {
            expect("how many confirmations succeeded", round.count("REGISTERED"))
                    .is(1L);
            expect("how many were told that the username is taken", round.count("USERNAME_TAKEN"))
                    .is(1L);
            int loser = round.answers().indexOf("USERNAME_TAKEN");
            String link = links.get(round.item()).get(loser);
            Person person = pairs.get(round.item()).get(loser);
            expectLink("what is seen of the other's link", nodes.get(0).signUp().look(link), person);
            expect(
                            "the other's confirmation without a username",
                            Person.told(nodes.get(1).signUp().confirm(link, RawPassword.ofString(Person.PASSWORD))))
                    .is("REGISTERED");
        }
    }

    @Rule(
            id = "SUP-16",
            promise =
                    "Of any number of requests at once to sign up with one address, one MUST be accepted, and one mail sent,"
                            + " over all nodes together.",
            why = "Whoever sends the requests at the same moment gets past the bound, and fills somebody's mailbox.")
    public final void sup16OneRequestIsAccepted() {
        Mailbox mailbox = new Mailbox();
        List<Accounts> nodes = strictNodes(mailbox);
        List<Person> people = many(10, Person::new);
        var rounds = race(
                "ask for a link to sign up",
                16,
                people,
                (person, thread) -> Person.told(person.askToSignUp(nodes.get(thread % 2))));
        for (var round : rounds) {
            expect("how many requests were accepted", round.count(ACCEPTED)).is(1L);
            expect("how many requests came too soon", round.count("TOO_SOON")).is(15L);
            List<String> links = mailbox.tokens(round.item().email());
            expect("links in mails", links.size()).is(1);
            expectLink("what is seen of the link", nodes.get(0).signUp().look(links.get(0)), round.item());
        }
    }

    final List<Accounts> strictNodes(Mailbox mailbox) {
        return List.of(
                strict(handle(0), mailbox).build(), strict(handle(1), mailbox).build());
    }
}
