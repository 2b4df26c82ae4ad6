package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.LinkRequest;
import dev.minotaur.auth.LinkRequestRefusal;
import dev.minotaur.auth.PendingLink;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** What the rules about links in mails work with: people of every kind, and requests that must not tell them apart. */
abstract class LinkBase extends RenewalFaultRules {

    static final String ACCEPTED = "ACCEPTED";

    LinkBase() {}

    /** Somebody registered, of whose record something was then changed. */
    final Person having(UnaryOperator<UserRecord.Builder> change) {
        Person person = new Person().registered(accounts());
        rewrite(person, change);
        return person;
    }

    /** Changes the record behind the back of the rules: not the stamp, unless the change does. */
    final void rewrite(Person person, UnaryOperator<UserRecord.Builder> change) {
        UserRecord user = record(person);
        UserRecord next =
                change.apply(user.toBuilder()).version(user.version() + 1).build();
        expect("update", users().update(next, user.version())).is(UpdateUserOutcome.UPDATED);
    }

    final UserRecord record(Person person) {
        return users().findById(person.id(accounts())).orElseThrow();
    }

    /** Somebody for each kind of account. */
    final Map<String, Person> ofEveryKind() {
        Map<String, Person> people = new TreeMap<>();
        people.put("an active account", new Person().registered(accounts()));
        people.put("a disabled account", having(user -> user.status(UserStatus.DISABLED)));
        people.put("a closed account", having(user -> user.status(UserStatus.CLOSED)));
        people.put("an account without a password", having(user -> user.passwordHash(null)));
        return people;
    }

    /** A good link to set a new password, asked for over the other handle. */
    final String resetLink(Person person) {
        Mailbox mailbox = new Mailbox();
        expect(
                        "the request",
                        Person.told(person.askToReset(strict(handle(1), mailbox).build())))
                .is(ACCEPTED);
        return mailbox.token(person.email());
    }

    /** A good link to sign up, asked for over the other handle. */
    final String signUpLink(Person person) {
        Mailbox mailbox = new Mailbox();
        expect(
                        "the request",
                        Person.told(
                                person.askToSignUp(strict(handle(1), mailbox).build())))
                .is(ACCEPTED);
        return mailbox.token(person.email());
    }

    /** The same id with another secret. */
    static String wrongSecret(String token) {
        return token.substring(0, token.length() - 1) + (token.endsWith("A") ? "B" : "A");
    }

    static void expectLink(String subject, Optional<PendingLink> seen, Person person) {
        expect(subject, seen.map(link -> link.email().entered())).is(Optional.of(person.email()));
    }

    /** The answer, the calls before it and the hash computations are the same for every kind of account, and for none. */
    final void expectAlike(BiFunction<Accounts, Person, LinkRequest> request) {
        List<String> expected = callsBeforeTheAnswer(new Person(), request);
        ofEveryKind().forEach((kind, person) -> expect("calls for " + kind, callsBeforeTheAnswer(person, request))
                .is(expected));
    }

    private List<String> callsBeforeTheAnswer(Person person, BiFunction<Accounts, Person, LinkRequest> request) {
        Trace calls = Trace.ofAllSteps();
        List<Runnable> later = new ArrayList<>();
        Executor collecting = later::add;
        Accounts accounts = strict(Traced.stores("stores", stores(), calls), new Mailbox())
                .allowSignInByEmailedLink()
                .executor(collecting)
                .build();
        int computed = hasher().computations();
        expect("the answer", request.apply(accounts, person)).is(new LinkRequest.Accepted());
        List<String> before = calls.lines().stream()
                .map(line -> line.substring(0, line.indexOf('(')))
                .toList();
        expect("jobs for after the answer", later.size()).is(1);
        later.forEach(Runnable::run);
        expect("hash computations, also after the answer", hasher().computations() - computed)
                .is(0);
        return before;
    }

    /** By default: a mail every 2 minutes, 5 before a pause of 24 hours, over all handles together. */
    final void expectLimit(BiFunction<Accounts, String, LinkRequest> request) {
        List<Accounts> nodes = List.of(
                strict(stores(), new Mailbox()).allowSignInByEmailedLink().build(),
                strict(otherHandle(), new Mailbox()).allowSignInByEmailedLink().build());
        for (Person person : List.of(new Person().registered(accounts()), new Person())) {
            clock().set(Samples.T0);
            for (int mail = 1; mail < 5; mail++) {
                expectWait(nodes, request, person, Duration.ofMinutes(2));
            }
            expectWait(nodes, request, person, Duration.ofHours(24));
            expect("the request after the pause", request.apply(nodes.get(0), person.email()))
                    .is(new LinkRequest.Accepted());
        }
    }

    /** One mail may go, and the next when the wait is over, to the microsecond. */
    private void expectWait(
            List<Accounts> nodes, BiFunction<Accounts, String, LinkRequest> request, Person person, Duration wait) {
        String upper = person.email().toUpperCase(Locale.ROOT);
        expect("a request in time", request.apply(nodes.get(0), person.email())).is(new LinkRequest.Accepted());
        expect("a request at once", request.apply(nodes.get(1), upper)).is(tooSoon(wait));
        clock().advance(wait.minus(Samples.TICK));
        expect("a request a microsecond early", request.apply(nodes.get(1), person.email()))
                .is(tooSoon(Samples.TICK));
        clock().advance(Samples.TICK);
    }

    private static LinkRequest tooSoon(Duration wait) {
        return new LinkRequest.Refused(LinkRequestRefusal.TOO_SOON, Optional.of(wait));
    }
}
