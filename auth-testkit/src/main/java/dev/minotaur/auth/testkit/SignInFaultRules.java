package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Witness.ACCOUNT;
import static dev.minotaur.auth.testkit.Witness.NEW_SESSION;
import static dev.minotaur.auth.testkit.Witness.PASSWORD;
import static dev.minotaur.auth.testkit.Witness.SESSIONS;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AttemptPolicy;
import dev.minotaur.auth.SessionOptions;
import dev.minotaur.auth.SessionPolicy;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.password.PasswordHasher;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.StoreException.Effect;
import dev.minotaur.auth.testkit.FaultRun.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Registering, signing in and guessing while a call of the backend, or of a store, fails: each of them in turn. */
abstract class SignInFaultRules extends VerbFaultRules {

    static final String GOOD = "good";
    static final String ENDED = "ended";

    private static final Duration HOUR = Duration.ofHours(1);
    private static final PasswordHasher WITNESS_HASHER = new CountingHasher(4);

    SignInFaultRules() {}

    @Rule(
            id = "FLT-6",
            promise =
                    "A registration that meets a failure MUST make the whole user or none, MUST NOT be told that its own"
                            + " address is taken, and MUST succeed when it is tried again unless it was made.",
            why = "Somebody who was told that it failed could not try again: the address would be taken, by nobody.")
    public final void flt6ARegistrationIsWholeOrNotMade() {
        withEachFailure("register", run -> {
            Person ada = new Person();
            Accounts accounts = accounts(run);
            Deed deed = Deed.of(
                    () -> Person.told(ada.register(accounts)),
                    "REGISTERED",
                    "EMAIL_TAKEN",
                    Map.of(ACCOUNT, "ACTIVE", PASSWORD, "the old one"));
            expectAllOrNothing(run, witness(ada)::look, deed);
            expect("a sign-in of who is registered", Person.told(ada.signIn(accounts, Person.PASSWORD)))
                    .is("SIGNED_IN");
        });
    }

    @Rule(
            id = "FLT-7",
            promise =
                    "A sign-in that meets a failure MUST issue one session or throw and issue none; it MUST NOT refuse the"
                            + " right password nor accept a wrong one.",
            why = "A failure of the database would let somebody in, or tell its owner that the password is wrong.")
    public final void flt7ASignInIsNeverWrong() {
        withPerson("sign in with the e-mail address", (run, ada) -> {
            Accounts accounts = accounts(run);
            Witness witness = witness(ada);
            expectAllOrNothing(run, witness::look, signIn(accounts, ada.email(), Person.PASSWORD, witness));
        });
        withPerson("sign in with the username", (run, ada) -> {
            Accounts accounts = accounts(run);
            Witness witness = witness(ada);
            expectAllOrNothing(run, witness::look, signIn(accounts, ada.username(), Person.PASSWORD, witness));
        });
        withPerson("sign in with a hash that is out of date", (run, ada) -> {
            PasswordHasher costlier = new CountingHasher(5);
            Accounts accounts = settings(run.stores()).hasher(costlier).build();
            Witness witness = witness(ada);
            expectAllOrNothing(run, witness::look, signIn(accounts, ada.email(), Person.PASSWORD, witness));
        });
        withPerson("sign in with a wrong password", (run, ada) -> {
            Accounts accounts = accounts(run);
            Witness witness = witness(ada);
            Deed deed = signIn(accounts, ada.email(), "wrong", witness);
            expectAllOrNothing(run, witness::look, Deed.of(deed.action(), BAD_CREDENTIALS));
        });
        withPerson("sign in to a disabled account", (run, ada) -> {
            disable(ada);
            Accounts accounts = accounts(run);
            Witness witness = witness(ada);
            Deed deed = signIn(accounts, ada.email(), Person.PASSWORD, witness);
            expectAllOrNothing(run, witness::look, Deed.of(deed.action(), BAD_CREDENTIALS));
        });
    }

    @Rule(
            id = "FLT-8",
            promise =
                    "A guess that meets a failure MUST be counted if it is looked at: no more guesses MUST be verified"
                            + " than are free.",
            why = "Whoever can make the database fail, by load alone, could guess without end.")
    public final void flt8NoGuessIsForgotten() {
        AttemptPolicy policy = new AttemptPolicy(3, HOUR, HOUR);
        withPerson("guess a password", (run, ada) -> {
            Accounts accounts = settings(run.stores()).attemptPolicy(policy).build();
            expectThreeGuesses(run, () -> Person.told(ada.signIn(accounts, "wrong")));
        });
        withEachFailure("guess the password of nobody", run -> {
            Accounts accounts = settings(run.stores()).attemptPolicy(policy).build();
            Person nobody = new Person();
            expectThreeGuesses(run, () -> Person.told(nobody.signIn(accounts, "wrong")));
        });
        withPerson("guess the password in an open session", (run, ada) -> {
            Accounts accounts = settings(run.stores()).attemptPolicy(policy).build();
            String token = ada.token(accounts(1));
            expectThreeGuesses(run, () -> Person.told(ada.change(accounts, token, "wrong", Person.NEXT_PASSWORD)));
        });
    }

    @Rule(
            id = "FLT-9",
            promise =
                    "A sign-in beyond the session limit, or in place of a session, that meets a failure MUST issue its"
                            + " session or throw, and end none but those it is to end; the next one MUST end what is left"
                            + " of them.",
            why = "A failure would sign somebody out elsewhere, or leave more sessions behind each time it happens.")
    public final void flt9WhatASignInLeavesTheNextOneEnds() {
        SessionPolicy two = SessionPolicy.defaults().withLimit(2);
        withPerson("sign in beyond the session limit", (run, ada) -> {
            Witness witness = witness(ada);
            for (String name : List.of("the oldest session", "the latest session")) {
                witness.watch(name, ada.token(accounts(1)));
                clock().advance(Duration.ofMinutes(1));
            }
            Accounts accounts = settings(run.stores()).sessionPolicy(two).build();
            Deed deed = signIn(accounts, ada.email(), Person.PASSWORD, witness);
            expectAllOrNothing(
                    run,
                    witness::look,
                    deed.and(SESSIONS, "2")
                            .and("the oldest session", ENDED)
                            .orElse(Map.of(NEW_SESSION, GOOD, SESSIONS, "3")));
            Sight before = witness.look();
            clock().advance(Duration.ofMinutes(1));
            witness.watch("the next session", ada.token(accounts));
            Map<String, String> trimmed = Map.of(
                    SESSIONS, "2", "the oldest session", ENDED, "the latest session", ENDED, "the next session", GOOD);
            witness.look().expectOneOf("what is seen after the next sign-in", List.of(before.with(trimmed)));
        });
        withPerson("sign in in place of a session", (run, ada) -> {
            Witness witness = witness(ada);
            String replaced = witness.watch("the session it replaces", ada.token(accounts(1)));
            witness.watch("another session", ada.token(accounts(1)));
            Accounts accounts = accounts(run);
            SessionOptions options = SessionOptions.none().replacing(replaced);
            Deed deed = signIn(accounts, ada.email(), Person.PASSWORD, options, witness);
            expectAllOrNothing(
                    run,
                    witness::look,
                    deed.and(SESSIONS, "2")
                            .and("the session it replaces", ENDED)
                            .orElse(Map.of(NEW_SESSION, GOOD, SESSIONS, "3")));
            String next = Person.told(
                    accounts.signIn().withPassword(ada.email(), RawPassword.ofString(Person.PASSWORD), options));
            expect("the next sign-in", next).is("SIGNED_IN");
            expectCheck(accounts(1), replaced, INVALID);
        });
    }

    /** A scenario of somebody who is registered. */
    final void withPerson(String scenario, BiConsumer<FaultRun, Person> steps) {
        withEachFailure(scenario, run -> steps.accept(run, new Person().registered(accounts(1))));
    }

    /** A scenario under all failures that can be made. */
    final void withEachFailure(String scenario, Consumer<FaultRun> steps) {
        int failed = underFailure(scenario, allWays(), steps);
        expect("how many calls failed in: " + scenario, failed).isTrueOf("some", failed > 0);
    }

    /** The rules on the handle that may fail. */
    final Accounts accounts(FaultRun run) {
        return settings(run.stores()).build();
    }

    final Witness witness(Person person) {
        SessionPolicy untouching = SessionPolicy.defaults().withTouchInterval(Duration.ofDays(3));
        Accounts accounts = settings(handle(1)).sessionPolicy(untouching).build();
        return new Witness(person, accounts, handle(1).users(), WITNESS_HASHER);
    }

    /** The deed is done and told so; or it is told to have failed, is done or not, and is done when it is done again. */
    final void expectAllOrNothing(FaultRun run, Supplier<Sight> look, Deed deed) {
        Sight before = look.get();
        Outcome outcome = run.attempt(deed.action());
        List<Sight> done = deed.done(before, run.hasFailed());
        Sight now = look.get();
        if (outcome.failure() == null) {
            expect("the answer", outcome.answer()).is(deed.answer());
            now.expectOneOf("what another handle sees after the answer", done);
            return;
        }
        List<Sight> allowed = new ArrayList<>(List.of(before));
        if (outcome.failure().effect() == Effect.UNKNOWN) {
            allowed.addAll(done);
        }
        now.expectOneOf("what another handle sees after the failure", allowed);
        String right = now.equals(before) ? deed.answer() : deed.again();
        expect("the answer of who tries again", deed.action().get()).is(right);
        look.get().expectOneOf("what another handle sees then", done);
    }

    final void disable(Person person) {
        Accounts accounts = accounts(1);
        expect("disable", accounts.administration().disable(person.id(accounts)).isPresent())
                .is(true);
    }

    static Deed signIn(Accounts accounts, String identifier, String password, SessionOptions options, Witness witness) {
        return Deed.of(
                () -> {
                    SignInResult result =
                            accounts.signIn().withPassword(identifier, RawPassword.ofString(password), options);
                    if (result instanceof SignInResult.SignedIn signedIn) {
                        witness.watch(NEW_SESSION, signedIn.token().reveal());
                    }
                    return Person.told(result);
                },
                "SIGNED_IN",
                "SIGNED_IN",
                Map.of(NEW_SESSION, GOOD, SESSIONS, "1"));
    }

    private static Deed signIn(Accounts accounts, String identifier, String password, Witness witness) {
        return signIn(accounts, identifier, password, SessionOptions.none(), witness);
    }

    private void expectThreeGuesses(FaultRun run, Supplier<String> guess) {
        int before = hasher().verifications();
        Outcome outcome = run.attempt(guess);
        if (outcome.failure() == null) {
            expect("the guess", outcome.answer()).isOneOf(BAD_CREDENTIALS, "WRONG_PASSWORD");
        }
        String last = "";
        for (int i = 0; i < 4; i++) {
            last = guess.get();
        }
        expect("the last guess", last).is(TOO_MANY_ATTEMPTS);
        int verified = hasher().verifications() - before;
        expect("verified guesses of 5", verified).isTrueOf("at most 3", verified <= 3);
    }
}
