package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Witness.ACCOUNT;
import static dev.minotaur.auth.testkit.Witness.NEW_SESSION;
import static dev.minotaur.auth.testkit.Witness.PASSWORD;
import static dev.minotaur.auth.testkit.Witness.SESSIONS;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.PasswordChangeResult;
import dev.minotaur.auth.PurgeResult;
import dev.minotaur.auth.RawToken;
import dev.minotaur.auth.SessionPolicy;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.User;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.testkit.FaultRun.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Sessions, passwords, what an operator does and the purge, while a call of the backend, or of a store, fails. */
abstract class AccountFaultRules extends SignInFaultRules {

    static final String SESSION = "the session";
    private static final String OTHER_SESSION = "another session";
    private static final String LAST_USE = "the time of last use";
    private static final Map<String, String> NO_SESSION = Map.of(SESSION, ENDED, OTHER_SESSION, ENDED, SESSIONS, "0");

    AccountFaultRules() {}

    @Rule(
            id = "FLT-10",
            promise =
                    "A check or a list of sessions that meets a failure MUST answer as if nothing had failed, or throw: it"
                            + " MUST NOT refuse a good session nor pass an ended one.",
            why = "Each failure of the database would sign out whoever is at work, or let in whoever is signed out.")
    public final void flt10ACheckIsNeverWrong() {
        withSessions("check a session", (run, ada) -> {
            Accounts accounts = accounts(run);
            expectAllOrNothing(run, ada.witness()::look, Deed.of(() -> Person.check(accounts, ada.token()), LIVE));
        });
        withSessions("check a session that is due to be touched", (run, ada) -> {
            Accounts accounts = accounts(run);
            clock().advance(SessionPolicy.defaults().touchInterval());
            Supplier<Sight> look = () -> ada.witness().look().with(LAST_USE, lastUsed(ada.sessionId()));
            Deed deed = Deed.of(() -> Person.check(accounts, ada.token()), LIVE)
                    .and(LAST_USE, clock().instant().toString())
                    .orElse(Map.of());
            expectAllOrNothing(run, look, deed);
        });
        withSessions("check an ended session", (run, ada) -> {
            Accounts accounts = accounts(run);
            expect("endAll", accounts(1).sessions().endAll(ada.id())).is(true);
            expectAllOrNothing(
                    run,
                    ada.witness()::look,
                    Deed.of(() -> Person.check(accounts, ada.token()).replace(REVOKED, INVALID), INVALID));
        });
        withSessions("list the sessions", (run, ada) -> {
            Accounts accounts = accounts(run);
            expectAllOrNothing(
                    run,
                    ada.witness()::look,
                    Deed.of(() -> accounts.sessions().list(ada.id()).size() + " sessions", "2 sessions"));
        });
    }

    @Rule(
            id = "FLT-11",
            promise =
                    "Ending sessions that meets a failure MUST be told as done only if it is, and MUST end all of them when"
                            + " it is done again, if it has not yet, and never one that is to be kept.",
            why = "Somebody believes that the stolen session is dead, and it is not.")
    public final void flt11AnEndIsToldWhenItIsOne() {
        Map<String, String> ended = Map.of(SESSION, ENDED, SESSIONS, "1");
        withSessions("end a session by its token", (run, ada) -> {
            Accounts accounts = accounts(run);
            Supplier<String> end = () -> "ended: " + accounts.sessions().end(ada.token());
            expectAllOrNothing(run, ada.witness()::look, Deed.of(end, "ended: true", "ended: false", ended));
        });
        withSessions("end a session by its id", (run, ada) -> {
            Accounts accounts = accounts(run);
            Supplier<String> end = () -> "ended: " + accounts.sessions().end(ada.id(), ada.sessionId());
            expectAllOrNothing(run, ada.witness()::look, Deed.of(end, "ended: true", "ended: false", ended));
        });
        withSessions("end all sessions but one", (run, ada) -> {
            Accounts accounts = accounts(run);
            Supplier<String> end = () -> "ended: " + accounts.sessions().endOthers(ada.id(), ada.sessionId());
            Map<String, String> others = Map.of(OTHER_SESSION, ENDED, SESSIONS, "1");
            expectAllOrNothing(run, ada.witness()::look, Deed.of(end, "ended: 1", "ended: 0", others));
        });
        withSessions("end all sessions", (run, ada) -> {
            Accounts accounts = accounts(run);
            Supplier<String> end = () -> "ended: " + accounts.sessions().endAll(ada.id());
            expectAllOrNothing(run, ada.witness()::look, Deed.of(end, "ended: true", "ended: true", NO_SESSION));
        });
    }

    @Rule(
            id = "FLT-12",
            promise =
                    "A change of password that meets a failure MUST leave the old one with its sessions, or the new one"
                            + " and no session but this one under its fresh secret: never both passwords, never neither,"
                            + " and never a session that is older than the password.",
            why = "Who changes the password because somebody else knows it believes to be rid of them.")
    public final void flt12APasswordIsChangedWithItsSessions() {
        withSessions("change the password", (run, ada) -> {
            Accounts accounts = accounts(run);
            Supplier<String> change = () -> {
                PasswordChangeResult result =
                        ada.person().change(accounts, ada.token(), Person.PASSWORD, Person.NEXT_PASSWORD);
                if (result instanceof PasswordChangeResult.Changed changed) {
                    changed.token().map(RawToken::reveal).ifPresent(fresh -> ada.witness()
                            .watch(NEW_SESSION, fresh));
                }
                return Person.told(result);
            };
            Deed deed = Deed.of(change, "CHANGED", "NOT_SIGNED_IN", NO_SESSION).and(PASSWORD, "the new one");
            expectAllOrNothing(
                    run,
                    ada.witness()::look,
                    deed.and(NEW_SESSION, GOOD).and(SESSIONS, "1").orElse(deed.changes()));
        });
    }

    @Rule(
            id = "FLT-13",
            promise =
                    "Disabling, enabling or deleting an account that meets a failure MUST be done wholly or not at all, and"
                            + " MUST be done when it is done again; no session that it ends comes back with the account.",
            why = "An account that was shut stays open in part: to its sessions, or to whoever registers next.")
    public final void flt13AnAccountIsShutWholly() {
        withSessions("disable an account", (run, ada) -> {
            Accounts accounts = accounts(run);
            Supplier<String> disable = () -> status(accounts.administration().disable(ada.id()));
            Deed deed = Deed.of(disable, "DISABLED", "DISABLED", NO_SESSION).and(ACCOUNT, "DISABLED");
            expectAllOrNothing(run, ada.witness()::look, deed);
            Sight disabled = ada.witness().look();
            expect("enable", status(accounts(1).administration().enable(ada.id())))
                    .is("ACTIVE");
            ada.witness()
                    .look()
                    .expectOneOf("what is seen when the account is enabled", List.of(disabled.with(ACCOUNT, "ACTIVE")));
        });
        withSessions("disable an account, and enable it whatever came of that", (run, ada) -> {
            Accounts accounts = accounts(run);
            Sight before = ada.witness().look();
            var unused = run.attempt(() -> accounts.administration().disable(ada.id()));
            boolean shut = !ada.witness().look().equals(before);
            expect("enable", status(accounts(1).administration().enable(ada.id())))
                    .is("ACTIVE");
            Sight after = shut ? before.with(NO_SESSION) : before;
            ada.witness().look().expectOneOf("what is seen when the account is enabled", List.of(after));
        });
        withSessions("enable an account", (run, ada) -> {
            disable(ada.person());
            Accounts accounts = accounts(run);
            Supplier<String> enable = () -> status(accounts.administration().enable(ada.id()));
            Deed deed = Deed.of(enable, "ACTIVE").and(ACCOUNT, "ACTIVE");
            expectAllOrNothing(run, ada.witness()::look, deed);
        });
        withSessions("delete an account", (run, ada) -> {
            Accounts accounts = accounts(run);
            Supplier<String> delete =
                    () -> "deleted: " + accounts.administration().delete(ada.id());
            Deed deed = Deed.of(delete, "deleted: true", "deleted: false", NO_SESSION)
                    .and(ACCOUNT, "none")
                    .and(PASSWORD, "none");
            expectAllOrNothing(run, ada.witness()::look, deed);
            Sight deleted = ada.witness().look();
            expect(
                            "the registration of the next owner",
                            Person.told(ada.person().register(accounts(1))))
                    .is("REGISTERED");
            Sight registered = deleted.with(ACCOUNT, "ACTIVE").with(PASSWORD, "the old one");
            ada.witness().look().expectOneOf("what the next owner has", List.of(registered));
        });
    }

    @Rule(
            id = "FLT-14",
            promise =
                    "A purge that meets a failure MUST delete nothing that is good, and MUST delete what is left when it is"
                            + " done again.",
            why = "A purge that stops in the middle signs people out, or leaves rows that nothing removes.")
    @ResourceLock(PURGE)
    public final void flt14APurgeGoesOn() {
        withEachFailure("purge", run -> {
            Accounts quiet = accounts(1);
            Instant issued = Samples.longAgo();
            Instant now = issued.plus(Duration.ofDays(30));
            clock().set(now);
            drain(limit -> quiet.administration().purge(limit).tokens());
            drain(limit -> quiet.administration().purge(limit).attempts());
            drain(limit -> quiet.administration().purge(limit).accounts());
            clock().set(issued);
            Person ada = new Person().registered(quiet);
            TokenId expired = ada.signedIn(quiet, Person.PASSWORD).session().id();
            expect("an old guess", Person.told(new Person().signIn(quiet, "wrong")))
                    .is(BAD_CREDENTIALS);
            UserId closed = new Person().registered(quiet).id(quiet);
            expect("the closing", status(quiet.administration().close(closed))).is("CLOSED");
            clock().set(now.minus(Duration.ofDays(1)));
            String good = ada.token(quiet);
            clock().set(now);
            Accounts accounts = accounts(run);
            Outcome outcome = run.attempt(() -> accounts.administration().purge(10));
            if (outcome.failure() == null) {
                expect("the purge", outcome.answer()).is(new PurgeResult(1, 1, 1));
            } else {
                int left = handle(1).tokens().find(expired).isPresent() ? 1 : 0;
                int kept = handle(1).users().findById(closed).isPresent() ? 1 : 0;
                PurgeResult next = accounts.administration().purge(10);
                expect("the tokens of the next purge", next.tokens()).is(left);
                expect("the accounts of the next purge", next.accounts()).is(kept);
            }
            expect("the last purge", accounts.administration().purge(10)).is(new PurgeResult(0, 0, 0));
            expectCheck(quiet, good, LIVE);
        });
    }

    /** Somebody with two good sessions, and who looks at them from another handle. */
    record Visitor(Person person, UserId id, SignInResult.SignedIn session, Witness witness) {

        String token() {
            return session.token().reveal();
        }

        TokenId sessionId() {
            return session.session().id();
        }
    }

    final void withSessions(String scenario, BiConsumer<FaultRun, Visitor> steps) {
        withPerson(scenario, (run, person) -> {
            Accounts accounts = accounts(1);
            Witness witness = witness(person);
            SignInResult.SignedIn session = person.signedIn(accounts, Person.PASSWORD);
            witness.watch(SESSION, session.token().reveal());
            witness.watch(OTHER_SESSION, person.token(accounts));
            steps.accept(run, new Visitor(person, session.user().id(), session, witness));
        });
    }

    private String lastUsed(TokenId id) {
        return handle(1).tokens().find(id).orElseThrow().lastUsedAt().toString();
    }

    private static String status(Optional<User> user) {
        return user.map(found -> found.status().name()).orElse("none");
    }
}
