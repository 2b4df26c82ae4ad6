package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Race.ROUNDS;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.User;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How a user gets another e-mail address, when callers meet. */
abstract class EmailChangeRaceRules extends EmailChangeRules {

    EmailChangeRaceRules() {}

    @Rule(
            id = "EML-14",
            promise =
                    "A sign-in that meets a change of address MUST NOT leave a good session that was begun before it.",
            why = "Whoever is in at the moment the owner throws everybody out stays in.")
    public final void eml14AChangeLeavesNoLateSession() {
        List<Accounts> nodes = mailingNodes(new Mailbox());
        Map<String, Boolean> changed = new ConcurrentHashMap<>();
        expectNoLateSession(
                "change the address",
                (person, accounts) -> changeLink(person, freshEmail()),
                (accounts, person, token) -> changed.put(
                        token,
                        Words.of(nodes.get(0).emailChange().confirm(token)).equals("CHANGED")),
                (accounts, person) -> {});
        expect("whether the addresses were changed", changed.values()).isTrueOf("true", !changed.containsValue(false));
    }

    @Rule(
            id = "EML-15",
            promise =
                    "Of any number of uses of one link to a new address at once, one MUST change it, of which the old address"
                            + " is told once, and the others MUST be refused.",
            why = "A double click would end the session that the owner has just begun.")
    public final void eml15OneUseWins() {
        Mailbox mailbox = new Mailbox();
        List<Accounts> nodes = mailingNodes(mailbox);
        List<Person> people = many(5, () -> having(user -> user.emailConfirmedAt(clock().instant())));
        List<String> links =
                people.stream().map(person -> changeLink(person, freshEmail())).toList();
        for (var round : race(
                "use one link to a new address",
                16,
                indexes(people),
                (index, thread) -> Words.of(nodes.get(thread % 2).emailChange().confirm(links.get(index))))) {
            expect("how many changed it", round.count("CHANGED")).is(1L);
            expect("how many were refused", round.count(LINK_NOT_GOOD)).is(15L);
            String told = "EmailChanged to " + people.get(round.item()).email();
            expect(
                            "mails that tell of it",
                            mailbox.told().stream().filter(told::equals).count())
                    .is(1L);
        }
    }

    @Rule(
            id = "EML-16",
            promise =
                    "Of two users who change to one address at once, one MUST get it, and the other MUST be told that it is"
                            + " taken and keep the old one.",
            why = "Two people would share an address, and each reset would be of one of the two, by luck.")
    public final void eml16OneOfTwoUsersGetsTheAddress() {
        List<Accounts> nodes = mailingNodes(new Mailbox());
        List<List<Person>> pairs = many(ROUNDS, () -> many(2, () -> new Person().registered(accounts(0))));
        List<String> wanted = many(ROUNDS, OwnerBase::freshEmail);
        List<List<String>> links = indexes(pairs).stream()
                .map(index -> pairs.get(index).stream()
                        .map(person -> {
                            String link = changeLink(person, wanted.get(index));
                            clock().advance(INTERVAL);
                            return link;
                        })
                        .toList())
                .toList();
        clock().set(Samples.T0);
        for (var round : race(
                "change to one address",
                2,
                indexes(pairs),
                (index, thread) -> Words.of(
                        nodes.get(thread).emailChange().confirm(links.get(index).get(thread))))) {
            expect("how many got it", round.count("CHANGED")).is(1L);
            expect("how many were told that it is taken", round.count("EMAIL_TAKEN"))
                    .is(1L);
            int winner = round.answers().indexOf("CHANGED");
            List<Person> pair = pairs.get(round.item());
            Optional<User> holder = nodes.get(0).administration().find(wanted.get(round.item()));
            Optional<User> first =
                    nodes.get(1).administration().find(pair.get(winner).username());
            expect("who has the address", holder.map(User::id)).is(first.map(User::id));
            Person loser = pair.get(1 - winner);
            expect(
                            "the address of the other",
                            nodes.get(1).administration().find(loser.username()).map(user -> user.email()
                                    .entered()))
                    .is(Optional.of(loser.email()));
        }
    }

    @Rule(
            id = "EML-17",
            promise = "Of two changes of one user's address at once, one MUST succeed and the other be refused, and the"
                    + " address MUST be the one that was mailed to who succeeded.",
            why = "The account would be at an address that its owner has just replaced, or believe both or neither.")
    public final void eml17OneOfTwoChangesWins() {
        Mailbox mailbox = new Mailbox();
        List<Accounts> nodes = mailingNodes(mailbox);
        List<Person> people = many(ROUNDS, () -> new Person().registered(accounts(0)));
        List<String> sessions =
                people.stream().map(person -> person.token(accounts(0))).toList();
        List<List<String>> wanted = many(ROUNDS, () -> many(2, OwnerBase::freshEmail));
        List<String> former = indexes(people).stream()
                .map(index -> changeLink(
                        people.get(index),
                        sessions.get(index),
                        wanted.get(index).get(0)))
                .toList();
        clock().advance(Samples.TICK);
        for (var round : race("change one user's address", 2, indexes(people), (index, thread) -> {
            String next = wanted.get(index).get(thread);
            if (thread == 0) {
                return Words.of(nodes.get(0).emailChange().confirm(former.get(index)));
            }
            String asked = Words.of(nodes.get(1).emailChange().request(sessions.get(index), next));
            return asked.equals(ACCEPTED) ? Words.of(nodes.get(1).emailChange().confirm(mailbox.token(next))) : asked;
        })) {
            expect("how many changes succeeded", round.count("CHANGED")).is(1L);
            int winner = round.answers().indexOf("CHANGED");
            expect("the answer of the other", round.answers().get(1 - winner)).isOneOf(LINK_NOT_GOOD, NOT_SIGNED_IN);
            String username = people.get(round.item()).username();
            expect("the address", nodes.get(0).administration().find(username).map(user -> user.email()
                            .entered()))
                    .is(Optional.of(wanted.get(round.item()).get(winner)));
        }
    }

    @Rule(
            id = "EML-18",
            promise =
                    "Of a change of address and a change of password in one session at once, one MUST succeed; a disabling"
                            + " that meets a change of address MUST leave the account disabled; and no session of before is"
                            + " good.",
            why = "Whoever is thrown out by the new password comes back by the new address.")
    public final void eml18AChangeMeetsAnother() {
        List<Accounts> nodes = mailingNodes(new Mailbox());
        List<Person> people = many(ROUNDS, () -> new Person().registered(accounts(0)));
        List<String> sessions =
                people.stream().map(person -> person.token(accounts(0))).toList();
        List<String> links = indexes(people).stream()
                .map(index -> changeLink(people.get(index), sessions.get(index), freshEmail()))
                .toList();
        for (var round : race("change address and password", 2, indexes(people), (index, thread) -> {
            if (thread == 0) {
                return Person.told(people.get(index)
                        .change(nodes.get(0), sessions.get(index), Person.PASSWORD, Person.NEXT_PASSWORD));
            }
            spend(index % 3);
            return Words.of(nodes.get(1).emailChange().confirm(links.get(index)));
        })) {
            expect("the answers to the change of password and that of address", round.answers())
                    .isOneOf(List.of("CHANGED", LINK_NOT_GOOD), List.of(NOT_SIGNED_IN, "CHANGED"));
            boolean address = round.answers().get(1).equals("CHANGED");
            String password = address ? Person.PASSWORD : Person.NEXT_PASSWORD;
            expect(
                            "a sign-in with the password of the one that succeeded",
                            Person.told(nodes.get(0)
                                    .signIn()
                                    .withPassword(people.get(round.item()).username(), password(password))))
                    .is("SIGNED_IN");
            if (address) {
                expectEnded(nodes.get(0), sessions.get(round.item()));
            }
        }
        expectDisabled(nodes);
    }

    private void expectDisabled(List<Accounts> nodes) {
        List<Person> people = many(ROUNDS, () -> new Person().registered(accounts(0)));
        List<UserId> ids = people.stream().map(person -> person.id(accounts(0))).toList();
        List<String> sessions =
                people.stream().map(person -> person.token(accounts(0))).toList();
        List<String> links = indexes(people).stream()
                .map(index -> changeLink(people.get(index), sessions.get(index), freshEmail()))
                .toList();
        for (var round : race("change the address and disable", 2, indexes(people), (index, thread) -> {
            if (thread == 0) {
                return nodes.get(0)
                        .administration()
                        .disable(ids.get(index))
                        .map(user -> user.status().name())
                        .orElse("none");
            }
            return Words.of(nodes.get(1).emailChange().confirm(links.get(index)));
        })) {
            expect("the answer to the disabling", round.answers().get(0)).is("DISABLED");
            expect(
                            "the status then",
                            nodes.get(1)
                                    .administration()
                                    .find(ids.get(round.item()))
                                    .map(User::status))
                    .is(Optional.of(UserStatus.DISABLED));
            expectEnded(nodes.get(1), sessions.get(round.item()));
        }
    }
}
