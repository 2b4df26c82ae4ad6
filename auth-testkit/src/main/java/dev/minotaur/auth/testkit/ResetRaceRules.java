package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Race.ROUNDS;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.password.RawPassword;
import java.util.List;
import java.util.stream.IntStream;

/** How a password is set anew by a link, when callers meet. */
abstract class ResetRaceRules extends ResetRules {

    ResetRaceRules() {}

    @Rule(
            id = "RST-14",
            promise =
                    "A sign-in that meets a reset MUST NOT leave a good session that was begun with the old password.",
            why = "Whoever knew the old password gets in at the moment it is reset, and stays.")
    public final void rst14AResetLeavesNoLateSession() {
        List<Accounts> strict = strictNodes(new Mailbox());
        expectNoLateSession(
                "reset the password",
                (person, accounts) -> resetLink(person),
                (accounts, person, token) -> expect("the reset", Person.told(person.reset(strict.get(0), token)))
                        .is("RESET"),
                (accounts, person) -> {});
    }

    @Rule(
            id = "RST-15",
            promise =
                    "Of any number of resets at once by one link, one MUST set its password, of which the owner is told"
                            + " once, and the others MUST be refused.",
            why = "Two people would each believe that theirs is the password.")
    public final void rst15OneResetWins() {
        Mailbox mailbox = new Mailbox();
        List<Accounts> nodes = strictNodes(mailbox);
        List<Person> people = many(5, () -> new Person().registered(accounts(0)));
        List<String> links = people.stream().map(this::resetLink).toList();
        List<Integer> indexes = IntStream.range(0, people.size()).boxed().toList();
        var rounds = race(
                "reset a password by one link",
                16,
                indexes,
                (index, thread) -> Person.told(nodes.get(thread % 2)
                        .passwordReset()
                        .use(links.get(index), RawPassword.ofString(Person.NEXT_PASSWORD + thread))));
        for (var round : rounds) {
            Person person = people.get(round.item());
            expect("how many resets succeeded", round.count("RESET")).is(1L);
            expect("how many were refused", round.count(LINK_NOT_GOOD)).is(15L);
            expect(
                            "mails that tell of it",
                            mailbox.told().stream()
                                    .filter(("PasswordReset to " + person.email())::equals)
                                    .count())
                    .is(1L);
            int winner = round.answers().indexOf("RESET");
            expect(
                            "a sign-in with the winner's password",
                            Person.told(person.signIn(nodes.get(0), Person.NEXT_PASSWORD + winner)))
                    .is("SIGNED_IN");
        }
    }

    @Rule(
            id = "RST-16",
            promise =
                    "Of a reset and a change of one password at once, one MUST succeed and the other be refused, and the"
                            + " password MUST be that of the one that succeeded.",
            why = "The owner who has just changed the password would be locked out by a link of before, or think so.")
    public final void rst16AResetMeetsAChange() {
        List<Accounts> strict = strictNodes(new Mailbox());
        List<Accounts> open = nodes();
        List<Person> people = many(ROUNDS, () -> new Person().registered(open.get(0)));
        List<String> links = people.stream().map(this::resetLink).toList();
        List<String> sessions =
                people.stream().map(person -> person.token(open.get(0))).toList();
        List<Integer> indexes = IntStream.range(0, people.size()).boxed().toList();
        var rounds = race("reset and change one password", 2, indexes, (index, thread) -> {
            Person person = people.get(index);
            if (thread == 0) {
                return Person.told(person.change(
                        open.get(0), sessions.get(index), Person.PASSWORD, Person.NEXT_PASSWORD + thread));
            }
            spend(index % 3);
            return Person.told(strict.get(1)
                    .passwordReset()
                    .use(links.get(index), RawPassword.ofString(Person.NEXT_PASSWORD + thread)));
        });
        for (var round : rounds) {
            Person person = people.get(round.item());
            boolean changed = round.answers().get(0).equals("CHANGED");
            expect("the answers to the change and the reset", round.answers())
                    .isOneOf(
                            List.of("CHANGED", LINK_NOT_GOOD),
                            List.of("NOT_SIGNED_IN", "RESET"),
                            List.of("WRONG_PASSWORD", "RESET"));
            expect(
                            "a sign-in with the password of the one that succeeded",
                            Person.told(person.signIn(open.get(1), Person.NEXT_PASSWORD + (changed ? 0 : 1))))
                    .is("SIGNED_IN");
        }
    }

    @Rule(
            id = "RST-17",
            promise = "Of links that are sent to one user at once, one MUST be good, and the others not.",
            why = "Every mail would be a way in until it ends, or none of them.")
    public final void rst17OneLinkIsGood() {
        Mailbox mailbox = new Mailbox();
        List<Accounts> nodes = strictNodes(mailbox);
        List<Person> people = many(ROUNDS, () -> new Person().registered(accounts(0)));
        List<UserId> ids =
                people.stream().map(person -> person.id(nodes.get(0))).toList();
        List<Integer> indexes = IntStream.range(0, people.size()).boxed().toList();
        var rounds = race("start a reset", 4, indexes, (index, thread) -> nodes.get(thread % 2)
                .administration()
                .startReset(ids.get(index)));
        for (var round : rounds) {
            List<String> links = mailbox.tokens(people.get(round.item()).email());
            expect("links in mails", (long) links.size()).is(round.count(true));
            expect(
                            "good links",
                            links.stream()
                                    .filter(link -> nodes.get(0)
                                            .passwordReset()
                                            .look(link)
                                            .isPresent())
                                    .count())
                    .is(1L);
        }
    }
}
