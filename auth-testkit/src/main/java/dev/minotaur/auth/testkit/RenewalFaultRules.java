package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Witness.NEW_SESSION;
import static dev.minotaur.auth.testkit.Witness.SESSIONS;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.ReauthenticationResult;
import dev.minotaur.auth.testkit.FaultRun.Outcome;
import java.util.Map;
import java.util.function.Supplier;

/** Renewal and proofs of the password while a call of the backend, or of a store, fails. */
abstract class RenewalFaultRules extends RenewalRaceRules {

    RenewalFaultRules() {}

    @Rule(
            id = "SES-16",
            promise =
                    "A check that meets a failure while it renews a session MUST find it good or throw, and MUST leave its"
                            + " client with a secret that is good, or that is given a good one within the grace.",
            why = "Each failure of the database would sign out whoever was due at that moment.")
    public final void ses16AFailedRenewalRefusesNobody() {
        withPerson("renew a session", (run, ada) -> {
            String token = ada.token(accounts(1));
            clock().set(DUE);
            expectGoodInTheEnd(run, ada, token, token);
        });
        withPerson("renew a session whose renewal was not heard of", (run, ada) -> {
            String token = ada.token(accounts(1));
            clock().set(DUE);
            var unused = renewed(renewing(handle(1)), token);
            clock().set(HALF);
            expectGoodInTheEnd(run, ada, token, token);
        });
        withPerson("check a session whose secret is fresh", (run, ada) -> {
            String token = ada.token(accounts(1));
            clock().set(DUE);
            expectGoodInTheEnd(run, ada, token, renewed(renewing(handle(1)), token));
        });
    }

    @Rule(
            id = "SES-17",
            promise =
                    "A former secret after its grace that meets a failure MUST NOT be found good, and MUST have ended its"
                            + " session when it is told that it is refused; when it is presented again, it MUST end what is"
                            + " left.",
            why = "The alarm rings, and whoever has the other copy of the secret stays signed in.")
    public final void ses17AReusedSecretEndsItsSessionUnderFailure() {
        withPerson("check a secret that is reused", (run, ada) -> {
            Accounts quiet = renewing(handle(1));
            String token = ada.token(quiet);
            String kept = ada.token(quiet);
            clock().set(DUE);
            String fresh = renewed(quiet, token);
            clock().set(GRACE_END);
            Accounts accounts = renewing(run.stores());
            Outcome outcome = run.attempt(() -> Person.check(accounts, token));
            if (outcome.failure() == null) {
                expect("check of the reused secret", outcome.answer()).is(INVALID);
            } else {
                expectCheck(accounts, token, INVALID);
            }
            expectCheck(quiet, fresh, INVALID);
            expectCheck(quiet, kept, LIVE);
        });
    }

    @Rule(
            id = "SES-18",
            promise =
                    "A proof of the password that meets a failure MUST leave the session under its former secret, or under the"
                            + " fresh one that it gives and no other, and MUST NOT end another session.",
            why = "Somebody is signed out in the middle of a payment, or a copied cookie outlives the proof.")
    public final void ses18AProofIsMadeOrNot() {
        withSessions("prove the password", (run, ada) -> {
            Accounts accounts = accounts(run);
            Supplier<String> prove = () -> {
                ReauthenticationResult result = ada.person().reauthenticate(accounts, ada.token(), Person.PASSWORD);
                if (result instanceof ReauthenticationResult.Reauthenticated proved) {
                    ada.witness().watch(NEW_SESSION, proved.token().reveal());
                }
                return Person.told(result);
            };
            Map<String, String> proved = Map.of(SESSION, ENDED, NEW_SESSION, GOOD, SESSIONS, "2");
            expectAllOrNothing(run, ada.witness()::look, Deed.of(prove, "REAUTHENTICATED", "NOT_SIGNED_IN", proved));
        });
        withSessions("prove a wrong password", (run, ada) -> {
            Accounts accounts = accounts(run);
            Supplier<String> prove = () -> Person.told(ada.person().reauthenticate(accounts, ada.token(), "wrong"));
            expectAllOrNothing(run, ada.witness()::look, Deed.of(prove, "WRONG_PASSWORD"));
        });
    }

    /** A client goes on with what it has, and asks again in the second half of the grace if it has nothing fresh. */
    private void expectGoodInTheEnd(FaultRun run, Person person, String former, String held) {
        Accounts quiet = renewing(handle(1));
        Accounts accounts = renewing(run.stores());
        Outcome outcome = run.attempt(() -> Use.of(accounts, held));
        String next = held;
        if (outcome.failure() == null) {
            Use use = (Use) outcome.answer();
            expect("check of the session", use == null ? null : use.told()).isOneOf(RENEWED, LIVE);
            next = use == null ? held : use.fresh().orElse(held);
        }
        clock().set(HALF);
        next = next.equals(former) ? renewed(quiet, former) : next;
        clock().set(GRACE_END);
        expectKept(quiet, next);
        expect("the user's sessions", person.sessions(quiet).size()).is(1);
    }
}
