package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.Session;
import dev.minotaur.auth.SessionOptions;
import dev.minotaur.auth.SessionPolicy;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.StoredToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** How sessions live and end over the stores. */
abstract class SessionRules extends SignInRules {

    static final SessionPolicy POLICY = SessionPolicy.defaults()
            .withTimeouts(Duration.ofHours(2), Duration.ofHours(5))
            .withTouchInterval(Duration.ofMinutes(10));

    SessionRules() {}

    @Rule(
            id = "ACC-7",
            promise =
                    "A token with the right id and another secret, of another purpose, or of no row MUST be refused and"
                            + " change nothing.",
            why = "The id stands in lists and logs: if it opened or ended a session, whoever reads one could.")
    public final void acc7OnlyTheWholeTokenCounts() {
        Accounts accounts = accounts();
        Person ada = new Person().registered(accounts);
        String token = ada.token(accounts);
        String otherSecret = token.substring(0, 63) + (token.endsWith("A") ? "B" : "A");
        String otherId = (token.startsWith("A") ? "B" : "A") + token.substring(1);
        for (String presented : List.of(otherSecret, otherId, "", token + "A", token.substring(1))) {
            expectCheck(accounts, presented, INVALID);
            expect("end of what is no session", accounts.sessions().end(presented))
                    .is(false);
        }
        expectCheck(accounts, token, LIVE);
        SignInResult.SignedIn signedIn = ada.signedIn(accounts, Person.PASSWORD);
        StoredToken stored = tokens().find(signedIn.session().id()).orElseThrow();
        expect("delete", tokens().delete(stored.id())).is(true);
        StoredToken reset = stored.toBuilder().purpose(Samples.RESET).build();
        var unused = tokens().insert(reset);
        expectCheck(accounts, signedIn.token().reveal(), INVALID);
        expect(
                        "end of a token of another purpose",
                        accounts.sessions().end(signedIn.token().reveal()))
                .is(false);
        expect("find of the token of another purpose", tokens().find(reset.id()).isPresent())
                .is(true);
    }

    @Rule(
            id = "ACC-8",
            promise =
                    "A session MUST be good until the microsecond before its idle timeout, and expired at it; a use MUST"
                            + " begin it anew.",
            why = "A session left open on a shared machine stays open.")
    public final void acc8IdleSessionsExpire() {
        Accounts accounts = settings(stores()).sessionPolicy(POLICY).build();
        Person ada = new Person().registered(accounts);
        String used = ada.token(accounts);
        String unused = ada.token(accounts);
        clock().set(Samples.T0.plus(Duration.ofHours(2)).minus(Samples.TICK));
        expectCheck(accounts, used, LIVE);
        clock().set(Samples.T0.plus(Duration.ofHours(2)));
        expectCheck(accounts, unused, EXPIRED);
        expectCheck(accounts, used, LIVE);
        clock().set(Samples.T0.plus(Duration.ofHours(4)).minus(Samples.TICK));
        expectCheck(accounts, used, EXPIRED);
        expect("the user's sessions", ada.sessions(accounts)).is(List.of());
    }

    @Rule(
            id = "ACC-9",
            promise = "A session MUST expire at its absolute timeout, to the microsecond, however much it is used.",
            why = "A stolen session that is kept busy would be good for ever.")
    public final void acc9UsedSessionsExpireToo() {
        Accounts accounts = settings(stores()).sessionPolicy(POLICY).build();
        Person ada = new Person().registered(accounts);
        String token = ada.token(accounts);
        Instant end = Samples.T0.plus(Duration.ofHours(5));
        for (int hour = 1; hour < 5; hour++) {
            clock().set(Samples.T0.plus(Duration.ofHours(hour)));
            expectCheck(accounts, token, LIVE);
        }
        clock().set(end.minus(Samples.TICK));
        expectCheck(accounts, token, LIVE);
        clock().set(end);
        expectCheck(accounts, token, EXPIRED);
    }

    @Rule(
            id = "ACC-10",
            promise =
                    "A check within the touch interval MUST NOT write; at its end it MUST move the time of last use, and"
                            + " never back.",
            why = "A write with each request wears the database out; a time that moves back signs a busy user out.")
    public final void acc10ChecksTouchNowAndThen() {
        Trace calls = Trace.ofAllSteps();
        Accounts accounts = settings(Traced.stores("stores", stores(), calls))
                .sessionPolicy(POLICY)
                .build();
        Person ada = new Person().registered(accounts);
        SignInResult.SignedIn signedIn = ada.signedIn(accounts, Person.PASSWORD);
        TokenId id = signedIn.session().id();
        Instant due = Samples.T0.plus(POLICY.touchInterval());
        clock().set(due.minus(Samples.TICK));
        int before = touches(calls);
        expectCheck(accounts, signedIn.token().reveal(), LIVE);
        expect("touches within the interval", touches(calls) - before).is(0);
        expect("the time of last use", lastUsed(id)).is(Samples.T0);
        clock().set(due);
        expectCheck(accounts, signedIn.token().reveal(), LIVE);
        expect("the time of last use", lastUsed(id)).is(due);
        clock().set(Samples.T0.plus(Samples.TICK));
        expectCheck(accounts, signedIn.token().reveal(), LIVE);
        expect("the time of last use after the clock went back", lastUsed(id)).is(due);
    }

    @Rule(
            id = "ACC-11",
            promise =
                    "Ending a session by its token MUST end that one for good, on every handle, and no other; a second time"
                            + " it MUST be told that there is none.",
            why = "Who signs out on a shared machine leaves the account open.")
    public final void acc11SigningOutIsFinal() {
        Accounts accounts = accounts();
        Accounts other = settings(otherHandle()).build();
        Person ada = new Person().registered(accounts);
        String token = ada.token(accounts);
        String kept = ada.token(other);
        expectCheck(other, token, LIVE);
        expect("end", other.sessions().end(token)).is(true);
        expect("the second end", accounts.sessions().end(token)).is(false);
        expectCheck(accounts, token, INVALID);
        expectCheck(other, token, INVALID);
        expectCheck(accounts, kept, LIVE);
    }

    @Rule(
            id = "ACC-12",
            promise =
                    "A session MUST be ended by its id only for its own user; the others of that user and of all others"
                            + " MUST live on.",
            why = "Whoever sees or guesses an id could sign a stranger out.")
    public final void acc12SessionsEndById() {
        Accounts accounts = accounts();
        Person ada = new Person().registered(accounts);
        Person bob = new Person().registered(accounts);
        SignInResult.SignedIn first = ada.signedIn(accounts, Person.PASSWORD);
        SignInResult.SignedIn second = ada.signedIn(accounts, Person.PASSWORD);
        TokenId id = first.session().id();
        expect("end by another user", accounts.sessions().end(bob.id(accounts), id))
                .is(false);
        expectCheck(accounts, first.token().reveal(), LIVE);
        expect("end", accounts.sessions().end(ada.id(accounts), id)).is(true);
        expect("the second end", accounts.sessions().end(ada.id(accounts), id)).is(false);
        expectCheck(accounts, first.token().reveal(), INVALID);
        expectCheck(accounts, second.token().reveal(), LIVE);
    }

    @Rule(
            id = "ACC-13",
            promise =
                    "Ending all sessions but one MUST keep that one, and ending all MUST keep none; other users' sessions"
                            + " MUST live on.",
            why = "Who finds a stranger in the list of sessions cannot get rid of them.")
    public final void acc13SessionsEndTogether() {
        Accounts accounts = accounts();
        Person ada = new Person().registered(accounts);
        String stranger = new Person().registered(accounts).token(accounts);
        SignInResult.SignedIn kept = ada.signedIn(accounts, Person.PASSWORD);
        List<String> others = List.of(ada.token(accounts), ada.token(accounts));
        UserId id = ada.id(accounts);
        expect("endOthers", accounts.sessions().endOthers(id, kept.session().id()))
                .is(2);
        for (String ended : others) {
            expectCheck(accounts, ended, INVALID);
        }
        expectCheck(accounts, kept.token().reveal(), LIVE);
        String late = ada.token(accounts);
        expect("endAll", accounts.sessions().endAll(id)).is(true);
        expect("check of the kept session", Person.check(accounts, kept.token().reveal()))
                .isOneOf(INVALID, REVOKED);
        expect("check of the late session", Person.check(accounts, late)).isOneOf(INVALID, REVOKED);
        expect("the user's sessions", ada.sessions(accounts)).is(List.of());
        expectCheck(accounts, stranger, LIVE);
        expectCheck(accounts, ada.token(accounts), LIVE);
    }

    @Rule(
            id = "ACC-14",
            promise = "The list of sessions MUST hold the user's good ones and no others, the oldest first.",
            why = "What the list leaves out cannot be ended, and what it shows too much frightens its user.")
    public final void acc14ListsShowWhatIsGood() {
        Accounts accounts = settings(stores()).sessionPolicy(POLICY).build();
        Person ada = new Person().registered(accounts);
        var expired = ada.signedIn(accounts, Person.PASSWORD);
        List<Session> good = new ArrayList<>();
        for (int hour = 3; hour < 5; hour++) {
            clock().set(Samples.T0.plus(Duration.ofHours(hour)));
            good.add(ada.signedIn(accounts, Person.PASSWORD).session());
        }
        String ended = ada.token(accounts);
        expect("end", accounts.sessions().end(ended)).is(true);
        expect(
                        "check of the expired session",
                        Person.check(accounts, expired.token().reveal()))
                .is(EXPIRED);
        expect("the user's sessions", ada.sessions(accounts)).is(good);
    }

    @Rule(
            id = "ACC-15",
            promise =
                    "A sign-in beyond the session limit MUST end expired sessions first and then the oldest, as many as are"
                            + " too many, and never the new one.",
            why = "Sessions without a bound fill the table, and a bound that ends the wrong one signs its user out.")
    public final void acc15SessionsAreLimited() {
        Accounts accounts =
                settings(stores()).sessionPolicy(POLICY.withLimit(3)).build();
        Person ada = new Person().registered(accounts);
        String first = ada.token(accounts);
        clock().advance(Duration.ofMinutes(30));
        String idle = ada.token(accounts);
        clock().advance(Duration.ofMinutes(80));
        expectCheck(accounts, first, LIVE);
        String third = ada.token(accounts);
        expectCheck(accounts, idle, LIVE);
        clock().set(Samples.T0.plus(Duration.ofMinutes(231)));
        String fourth = ada.token(accounts);
        expect("rows of the user's sessions", rows(ada, accounts)).is(3);
        expect("check of the idle session", Person.check(accounts, idle)).isOneOf(INVALID, EXPIRED);
        String fifth = ada.token(accounts);
        expect("rows of the user's sessions", rows(ada, accounts)).is(3);
        expect("check of the oldest session", Person.check(accounts, first)).isOneOf(INVALID, EXPIRED);
        expectCheck(accounts, fourth, LIVE);
        expectCheck(accounts, fifth, LIVE);
        clock().advance(Duration.ofMinutes(1));
        String sixth = ada.token(accounts);
        expectCheck(accounts, third, INVALID);
        expectCheck(accounts, sixth, LIVE);
    }

    @Rule(
            id = "ACC-28",
            promise =
                    "A sign-in that replaces the client's session MUST end that one, if its whole token is given, and no"
                            + " other.",
            why =
                    "Each sign-in at one browser leaves a session behind that nobody knows of; or whoever names an id ends"
                            + " somebody's session.")
    public final void acc28SigningInAnewEndsTheSessionBefore() {
        Accounts accounts = accounts();
        Person ada = new Person().registered(accounts);
        String stranger = new Person().registered(accounts).token(accounts);
        String kept = ada.token(accounts);
        String before = ada.token(accounts);
        String fresh = replacing(accounts, ada, before);
        expectCheck(accounts, before, INVALID);
        String halfAStranger = stranger.substring(0, 63) + (stranger.endsWith("A") ? "B" : "A");
        String last = replacing(accounts, ada, halfAStranger);
        for (String live : List.of(kept, fresh, last, stranger)) {
            expectCheck(accounts, live, LIVE);
        }
    }

    private static String replacing(Accounts accounts, Person person, String before) {
        SessionOptions options = SessionOptions.none().replacing(before);
        SignInResult result =
                accounts.signIn().withPassword(person.email(), RawPassword.ofString(Person.PASSWORD), options);
        expect("the sign-in that replaces", Person.told(result)).is("SIGNED_IN");
        return ((SignInResult.SignedIn) result).token().reveal();
    }

    private int rows(Person person, Accounts accounts) {
        return tokens().listByUser(person.id(accounts), TokenPurpose.SESSION).size();
    }

    private Instant lastUsed(TokenId id) {
        return otherHandle().tokens().find(id).orElseThrow().lastUsedAt();
    }

    private static int touches(Trace calls) {
        return (int)
                calls.lines().stream().filter(line -> line.contains(".touch(")).count();
    }
}
