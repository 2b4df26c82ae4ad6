package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Witness.NEW_SESSION;
import static dev.minotaur.auth.testkit.Witness.PASSWORD;
import static dev.minotaur.auth.testkit.Witness.SESSIONS;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.testkit.FaultRun.Outcome;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** How a session begins by a link in a mail, while a call of the backend, or of a store, fails. */
abstract class SignInLinkFaultRules extends SignInLinkRaceRules {

    SignInLinkFaultRules() {}

    @Rule(
            id = "LNK-12",
            promise =
                    "A use of a sign-in link that meets a failure MUST begin one session or throw and begin none; the link"
                            + " MUST NOT sign in a second time; and what an unproven account held MUST be dropped wholly"
                            + " or not at all.",
            why =
                    "A failure would let the reader of an old mail in, or leave a stranger's password on a proven account.")
    public final void lnk12AUseSignsInOnceOrNot() {
        withEachFailure("sign in by a link", run -> {
            Person ada = having(user -> user.emailConfirmedAt(Samples.T0));
            String kept = ada.token(accounts(1));
            expectOneUse(run, ada, kept, Map.of(NEW_SESSION, GOOD, SESSIONS, "2"), Map.of());
        });
        withPerson("sign in by a link to an address that was never proven", (run, ada) -> {
            Map<String, String> dropped = Map.of(PASSWORD, "none", SESSION, ENDED, SESSIONS, "0");
            expectOneUse(
                    run,
                    ada,
                    ada.token(accounts(1)),
                    Map.of(PASSWORD, "none", SESSION, ENDED, NEW_SESSION, GOOD, SESSIONS, "1"),
                    dropped);
        });
    }

    @Rule(
            id = "LNK-13",
            promise =
                    "A request to sign in by a link that meets a failure MUST send a good link or none, leave one of the"
                            + " links good if one was, and MUST send one when it is made again after the wait.",
            why = "The mail would lead to nothing, and whoever signs in by links would be locked out.")
    public final void lnk13ARequestSendsGoodLinks() {
        withPerson(
                "ask for a link to sign in",
                (run, ada) -> expectGoodLinks(
                        run,
                        ada,
                        new Mailbox(),
                        (accounts, person) -> accounts.signInLink().request(person.email()),
                        link -> mailing(handle(1), new Mailbox())
                                .build()
                                .signInLink()
                                .look(link)
                                .isPresent()));
    }

    private void expectOneUse(
            FaultRun run, Person person, String session, Map<String, String> used, Map<String, String> dropped) {
        Accounts quiet = mailing(handle(1), new Mailbox()).build();
        Accounts accounts = mailing(run.stores(), new Mailbox()).build();
        String link = signInLink(person);
        Witness witness = witness(person);
        witness.watch(SESSION, session);
        Sight before = witness.look();
        Supplier<String> use = () -> {
            SignInResult result = accounts.signInLink().use(link);
            if (result instanceof SignInResult.SignedIn signedIn) {
                witness.watch(NEW_SESSION, signedIn.token().reveal());
            }
            return Person.told(result);
        };
        Outcome outcome = run.attempt(use);
        Sight done = before.with(used);
        if (outcome.failure() == null) {
            expect("the answer", outcome.answer()).is("SIGNED_IN");
            witness.look().expectOneOf("what another handle sees after the answer", List.of(done));
            expectNoSignIn(quiet, link);
            return;
        }
        Sight after = witness.look();
        after.expectOneOf("what another handle sees after the failure", List.of(before, before.with(dropped)));
        String again = use.get();
        expect("the answer of who tries again", again).isOneOf("SIGNED_IN", LINK_NOT_GOOD);
        witness.look().expectOneOf("what another handle sees then", List.of(again.equals("SIGNED_IN") ? done : after));
        expectNoSignIn(quiet, link);
    }
}
