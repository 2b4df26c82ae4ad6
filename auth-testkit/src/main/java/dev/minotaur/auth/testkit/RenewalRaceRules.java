package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Race.ROUNDS;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.ReauthenticationResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Renewal and proofs of the password when callers meet. */
abstract class RenewalRaceRules extends RecentRules {

    private static final int REQUESTS = 16;

    RenewalRaceRules() {}

    @Rule(
            id = "SES-12",
            promise =
                    "Of any number of checks at once of a session that is due for renewal, one MUST renew it and all MUST"
                            + " find it good.",
            why = "A page that loads many things at once signs its user out, or leaves it with a secret that is dead.")
    public final void ses12OneCheckRenews() {
        List<Accounts> nodes = renewingNodes();
        List<String> tokens =
                many(ROUNDS, () -> new Person().registered(nodes.get(0)).token(nodes.get(0)));
        clock().set(DUE);
        var rounds = race(
                "check a session that is due",
                REQUESTS,
                tokens,
                (token, thread) -> Use.of(nodes.get(thread % 2), token));
        for (var round : rounds) {
            String fresh = winner(round);
            expectKept(nodes.get(0), fresh);
            expectKept(nodes.get(1), fresh);
            expectKept(nodes.get(1), round.item());
        }
    }

    @Rule(
            id = "SES-13",
            promise =
                    "Of any number of checks at once by a former secret whose answer was lost, one MUST be given another"
                            + " fresh one and all MUST find the session good.",
            why = "Each answer would kill the secret that the one before has just given out.")
    public final void ses13OneCheckIsGivenTheLostAnswer() {
        List<Accounts> nodes = renewingNodes();
        List<String> tokens =
                many(ROUNDS, () -> new Person().registered(nodes.get(0)).token(nodes.get(0)));
        clock().set(DUE);
        List<String> lost =
                tokens.stream().map(token -> renewed(nodes.get(0), token)).toList();
        clock().set(HALF);
        var rounds = race(
                "check a session whose renewal was not heard of",
                REQUESTS,
                tokens,
                (token, thread) -> Use.of(nodes.get(thread % 2), token));
        for (var round : rounds) {
            String fresh = winner(round);
            expectKept(nodes.get(1), round.item());
            expectKept(nodes.get(0), fresh);
            expectCheck(nodes.get(1), lost.get(tokens.indexOf(round.item())), INVALID);
        }
    }

    @Rule(
            id = "SES-14",
            promise =
                    "A session whose end by its token meets its renewal MUST be ended, and that MUST be told, whichever came"
                            + " first.",
            why = "A page in the background takes the session along to a new secret, past the button that signs out.")
    public final void ses14AnEndedSessionIsNotRenewed() {
        List<Accounts> nodes = renewingNodes();
        List<String> tokens =
                many(ROUNDS, () -> new Person().registered(nodes.get(0)).token(nodes.get(0)));
        clock().set(DUE);
        var rounds = race("end a session and renew it", 3, tokens, (token, thread) -> {
            if (thread == 0) {
                return new Use("ended: " + nodes.get(0).sessions().end(token), Optional.empty());
            }
            return Use.of(nodes.get(thread % 2), token);
        });
        for (var round : rounds) {
            expect("the end of the session", round.answers().get(0).told()).is("ended: true");
            for (Accounts node : nodes) {
                expectCheck(node, round.item(), INVALID);
                for (Use use : round.answers()) {
                    use.fresh().ifPresent(fresh -> expectCheck(node, fresh, INVALID));
                }
            }
        }
    }

    @Rule(
            id = "SES-15",
            promise =
                    "A proof of the old password that meets its change in another session MUST NOT leave a good session.",
            why =
                    "Whoever knew the old password keeps a session, and a recent one, past the change that was to end it.")
    public final void ses15AChangeOfPasswordLeavesNoLateProof() {
        List<Accounts> nodes = renewingNodes();
        List<Person> people = many(ROUNDS, () -> new Person().registered(nodes.get(0)));
        List<List<String>> tokens = people.stream()
                .map(person -> many(2, () -> person.token(nodes.get(0))))
                .toList();
        List<Integer> indexes = IntStream.range(0, people.size()).boxed().toList();
        var rounds = race("change the password and prove the old one", 2, indexes, (index, thread) -> {
            Person person = people.get(index);
            String token = tokens.get(index).get(thread);
            if (thread == 0) {
                String told = Person.told(person.change(nodes.get(0), token, Person.PASSWORD, Person.NEXT_PASSWORD));
                return new Use(told, Optional.empty());
            }
            ReauthenticationResult proof = person.reauthenticate(nodes.get(1), token, Person.PASSWORD);
            return proof instanceof ReauthenticationResult.Reauthenticated proved
                    ? new Use(Person.told(proof), Optional.of(proved.token().reveal()))
                    : new Use(Person.told(proof), Optional.empty());
        });
        for (var round : rounds) {
            expect("the change of password", round.answers().get(0).told()).is("CHANGED");
            List<String> late = tokens.get(round.item()).subList(1, 2);
            for (Accounts node : nodes) {
                late.forEach(token -> expectDead(node, token));
                round.answers().get(1).fresh().ifPresent(fresh -> expectDead(node, fresh));
            }
        }
    }

    private static void expectDead(Accounts accounts, String token) {
        expect("check of the session that proved the old password", Person.check(accounts, token))
                .isOneOf(INVALID, REVOKED);
    }

    private static String winner(Race.Round<String, Use> round) {
        List<Use> renewed = round.answers().stream()
                .filter(use -> use.told().equals(RENEWED))
                .toList();
        expect("how many checks renewed the session", renewed.size()).is(1);
        expect(
                        "how many checks found it good as it is",
                        round.answers().stream()
                                .filter(use -> use.told().equals(LIVE))
                                .count())
                .is(REQUESTS - 1L);
        return renewed.get(0).fresh().orElseThrow();
    }

    private List<Accounts> renewingNodes() {
        return List.of(renewing(handle(0)), renewing(handle(1)));
    }
}
