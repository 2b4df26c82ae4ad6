package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Witness.ACCOUNT;
import static dev.minotaur.auth.testkit.Witness.PASSWORD;
import static dev.minotaur.auth.testkit.Witness.SESSIONS;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.LinkRequest;
import dev.minotaur.auth.LinkRequestRefusal;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.testkit.FaultRun.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Signing up and resetting a password by a link, while a call of the backend, or of a store, fails. */
abstract class LinkFaultRules extends ResetRaceRules {

    private static final Duration INTERVAL = Duration.ofMinutes(2);
    private static final String SESSION = "the session";

    LinkFaultRules() {}

    @Rule(
            id = "SUP-17",
            promise =
                    "A request to sign up that meets a failure MUST send a good link or none, store no user, leave one of"
                            + " the links good if one was, and MUST send one when it is made again after the wait.",
            why = "The mail would lead to nothing, or nobody with that address could sign up any more.")
    public final void sup17ARequestSendsGoodLinks() {
        withEachFailure("ask for a link to sign up", run -> {
            Person ada = new Person();
            Mailbox mailbox = new Mailbox();
            expectGoodLinks(run, ada, mailbox, (accounts, person) -> person.askToSignUp(accounts), this::isGoodSignUp);
            Accounts other = strict(handle(1), mailbox).build();
            expect("find by e-mail address", other.administration().find(ada.email()))
                    .is(Optional.empty());
            expect("the confirmation", Person.told(ada.confirm(other, mailbox.token(ada.email()))))
                    .is("REGISTERED");
        });
    }

    @Rule(
            id = "SUP-18",
            promise =
                    "A confirmation that meets a failure MUST make the whole user or none, MUST NOT be told that its own"
                            + " address is taken, and MUST succeed when it is tried again unless the user was made.",
            why = "Somebody who was told that it failed could not try again: the address would be taken, by nobody.")
    public final void sup18AConfirmationIsWholeOrNotMade() {
        withEachFailure("confirm a sign-up", run -> {
            Person ada = new Person();
            String link = signUpLink(ada);
            Accounts accounts = strict(run.stores(), new Mailbox()).build();
            Deed deed = Deed.of(
                    () -> Person.told(ada.confirm(accounts, link)),
                    "REGISTERED",
                    "EMAIL_TAKEN",
                    Map.of(ACCOUNT, "ACTIVE", PASSWORD, "the old one"));
            expectAllOrNothing(run, witness(ada)::look, deed);
            expect("a sign-in of who has signed up", Person.told(ada.signIn(accounts, Person.PASSWORD)))
                    .is("SIGNED_IN");
        });
    }

    @Rule(
            id = "RST-18",
            promise =
                    "A request to reset a password that meets a failure MUST send a good link or none, leave one of the"
                            + " links good if one was, and MUST send one when it is made again after the wait.",
            why = "The mail would lead to nothing, and nobody who has forgotten the password gets in any more.")
    public final void rst18ARequestSendsGoodLinks() {
        withPerson("ask for a link to reset the password", (run, ada) -> {
            Mailbox mailbox = new Mailbox();
            expectGoodLinks(run, ada, mailbox, (accounts, person) -> person.askToReset(accounts), this::isGoodReset);
            expect("the reset", Person.told(ada.reset(strict(handle(1), mailbox).build(), mailbox.token(ada.email()))))
                    .is("RESET");
        });
        withPerson("send a link to reset the password, for an operator", (run, ada) -> {
            UserId id = ada.id(accounts(1));
            Mailbox mailbox = new Mailbox();
            expectGoodLinks(run, ada, mailbox, (accounts, person) -> started(accounts, id), this::isGoodReset);
            expect("the reset", Person.told(ada.reset(strict(handle(1), mailbox).build(), mailbox.token(ada.email()))))
                    .is("RESET");
        });
    }

    private static LinkRequest started(Accounts accounts, UserId id) {
        return accounts.administration().startReset(id)
                ? new LinkRequest.Accepted()
                : new LinkRequest.Refused(LinkRequestRefusal.BUSY, Optional.empty());
    }

    @Rule(
            id = "RST-19",
            promise =
                    "A reset that meets a failure MUST leave the old password with its sessions and the link good, or the"
                            + " new one, no session, and the link of no use.",
            why = "A link that is used up while the password stays, or sessions that outlive it, lock the owner out and"
                    + " leave the thief in.")
    public final void rst19APasswordIsResetWholly() {
        withPerson("reset the password", (run, ada) -> {
            String link = resetLink(ada);
            Witness witness = witness(ada);
            witness.watch(SESSION, ada.token(accounts(1)));
            Accounts accounts = strict(run.stores(), new Mailbox()).build();
            Deed deed = Deed.of(
                    () -> Person.told(ada.reset(accounts, link)),
                    "RESET",
                    LINK_NOT_GOOD,
                    Map.of(PASSWORD, "the new one", SESSION, ENDED, SESSIONS, "0"));
            expectAllOrNothing(
                    run,
                    () -> witness.look().with("the link", isGoodReset(link) ? GOOD : ENDED),
                    deed.and("the link", ENDED));
            expect("a sign-in with the new password", Person.told(ada.signIn(accounts, Person.NEXT_PASSWORD)))
                    .is("SIGNED_IN");
        });
    }

    private boolean isGoodSignUp(String link) {
        return strict(handle(1), new Mailbox()).build().signUp().look(link).isPresent();
    }

    private boolean isGoodReset(String link) {
        return strict(handle(1), new Mailbox())
                .build()
                .passwordReset()
                .look(link)
                .isPresent();
    }

    /** Asks once while all works, then under the failure, then once more. */
    final void expectGoodLinks(
            FaultRun run,
            Person person,
            Mailbox mailbox,
            BiFunction<Accounts, Person, LinkRequest> request,
            Predicate<String> isGood) {
        expect("the first request", Person.told(request.apply(linking(handle(1), mailbox), person)))
                .is(ACCEPTED);
        clock().advance(INTERVAL);
        Accounts accounts = linking(run.stores(), mailbox);
        Outcome outcome = run.attempt(() -> Person.told(request.apply(accounts, person)));
        if (outcome.failure() == null) {
            expect("the request", outcome.answer()).is(ACCEPTED);
        }
        List<String> links = mailbox.tokens(person.email());
        expect("links in mails", links.size()).isOneOf(1, 2);
        expect(
                        "good links of " + links.size(),
                        links.stream().filter(link -> isGood.test(link)).toList())
                .is(List.of(links.get(links.size() - 1)));
        clock().advance(INTERVAL);
        expect("the request of who asks again", Person.told(request.apply(accounts, person)))
                .is(ACCEPTED);
        expect("links in mails then", mailbox.tokens(person.email()).size()).is(links.size() + 1);
    }

    private Accounts linking(AuthStores stores, Mailbox mailbox) {
        return strict(stores, mailbox).allowSignInByEmailedLink().build();
    }
}
