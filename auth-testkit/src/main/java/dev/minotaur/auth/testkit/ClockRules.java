package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Samples.T0;
import static dev.minotaur.auth.testkit.Samples.TICK;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AttemptPolicy;
import dev.minotaur.auth.SessionOptions;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.password.RawPassword;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.parallel.ResourceLock;

/** The account rules in other years, and when the clock goes back. */
abstract class ClockRules extends AccountRules {

    private static final AttemptPolicy GUESSING = new AttemptPolicy(3, Duration.ofSeconds(10), Duration.ofSeconds(15));

    private static final List<Duration> JUMPS =
            List.of(TICK, Duration.ofHours(1), Duration.between(Samples.ERAS.get(0), T0.plusSeconds(600)));

    private static final List<Ending> ENDINGS = List.of(
            new Ending("end", (accounts, ada, session) -> accounts.sessions()
                    .end(session.token().reveal())),
            new Ending("end by id", (accounts, ada, session) -> accounts.sessions()
                    .end(session.user().id(), session.session().id())),
            new Ending("endOthers", (accounts, ada, session) -> accounts.sessions()
                    .endOthers(
                            session.user().id(),
                            ada.signedIn(accounts, Person.PASSWORD).session().id())),
            new Ending("endAll", (accounts, ada, session) -> accounts.sessions()
                    .endAll(session.user().id())),
            new Ending("a sign-in that replaces", (accounts, ada, session) -> accounts.signIn()
                    .withPassword(
                            ada.email(),
                            RawPassword.ofString(Person.PASSWORD),
                            SessionOptions.none().replacing(session.token().reveal()))),
            new Ending(
                    "a change of password",
                    (accounts, ada, session) -> expectCheck(
                            accounts,
                            ada.changed(accounts, session.token().reveal())
                                    .token()
                                    .orElseThrow()
                                    .reveal(),
                            LIVE)),
            new Ending("disable and enable", (accounts, ada, session) -> {
                accounts.administration().disable(session.user().id());
                accounts.administration().enable(session.user().id());
            }),
            new Ending("delete and register", (accounts, ada, session) -> {
                accounts.administration().delete(session.user().id());
                ada.registered(accounts);
            }));

    ClockRules() {}

    @Rule(
            id = "ACC-29",
            promise =
                    "Sessions and attempts MUST keep their limits to the microsecond at the turn of the year 2000, today and"
                            + " at the end of February 2100.",
            why =
                    "A limit that counts a day or a century wrong lets a stolen session live on, or locks everybody out at"
                            + " midnight.")
    public final void acc29LimitsHoldInAllYears() {
        Accounts accounts =
                settings(stores()).sessionPolicy(POLICY).attemptPolicy(GUESSING).build();
        for (Instant era : Samples.ERAS) {
            clock().set(era);
            Person ada = new Person().registered(accounts);
            SignInResult.SignedIn used = ada.signedIn(accounts, Person.PASSWORD);
            String token = used.token().reveal();
            String unused = ada.token(accounts);
            expect("the begin of the session", used.session().issuedAt()).is(era);
            Instant idleEnd = era.plus(POLICY.idleTimeout());
            clock().set(idleEnd.minus(TICK));
            expectCheck(accounts, token, LIVE);
            clock().set(idleEnd);
            expectCheck(accounts, unused, EXPIRED);
            clock().set(idleEnd.plus(Duration.ofHours(1)));
            expectCheck(accounts, token, LIVE);
            Instant end = era.plus(POLICY.absoluteTimeout());
            clock().set(end.minus(TICK));
            expectCheck(accounts, token, LIVE);
            clock().set(end);
            expectCheck(accounts, token, EXPIRED);
            expectGuessesWait(accounts, ada, era);
        }
    }

    @Rule(
            id = "ACC-30",
            promise =
                    "An ended session MUST stay ended when the clock goes back, by a microsecond or by a century, and a"
                            + " session MUST be ended also by a clock that has gone back.",
            why =
                    "Clocks are set back by hand, by a server that is off, or by a restored machine: whoever was thrown out"
                            + " would be in again.")
    public final void acc30EndedSessionsStayEnded() {
        Accounts accounts = accounts();
        Accounts other = settings(otherHandle()).build();
        Instant ended = T0.plusSeconds(600);
        List<Instant> earlier = JUMPS.stream().map(ended::minus).toList();
        for (Ending ending : ENDINGS) {
            expectEnded(accounts, other, ending, ended, earlier);
            for (Duration jump : JUMPS) {
                Instant back = T0.minus(jump);
                expectEnded(accounts, other, ending, back, List.of(back, back.minus(TICK), T0, ended));
            }
        }
    }

    @Rule(
            id = "ACC-31",
            promise = "A session that a purge has taken MUST stay refused when the clock goes back before its end; one"
                    + " whose row is there MUST be judged by the clock anew.",
            why = "A purge is where what has expired ends for good, and only there: two nodes whose clocks differ would"
                    + " otherwise sign each other's users out.")
    @ResourceLock(PURGE)
    public final void acc31PurgedSessionsStayGone() {
        Instant issued = Samples.longAgo();
        clock().set(issued);
        Accounts accounts = settings(stores()).sessionPolicy(POLICY).build();
        Person ada = new Person().registered(accounts);
        String token = ada.token(accounts);
        Instant end = issued.plus(POLICY.absoluteTimeout());
        clock().set(end);
        expectCheck(accounts, token, EXPIRED);
        clock().set(issued.plusSeconds(1));
        expectCheck(accounts, token, LIVE);
        clock().set(end.minus(TICK));
        purge(accounts);
        clock().set(issued.plusSeconds(1));
        expectCheck(accounts, token, LIVE);
        clock().set(end);
        purge(accounts);
        for (Instant time : List.of(end, end.minus(TICK), issued, issued.minus(TICK))) {
            clock().set(time);
            expectCheck(accounts, token, INVALID);
        }
    }

    @Rule(
            id = "ACC-32",
            promise =
                    "A clock that goes back by up to the longest delay MUST free no guess that has to wait; one that goes"
                            + " back further MUST free one at most, and lock nobody out until the old time comes again.",
            why = "A clock that is off would let a guesser go on, or keep the owner out for as long as it was ahead.")
    public final void acc32GuessesWaitAllTheSame() {
        Accounts accounts = settings(stores()).attemptPolicy(GUESSING).build();
        Person ada = new Person().registered(accounts);
        for (Person person : List.of(ada, new Person())) {
            clock().set(T0);
            expectFreeGuesses(accounts, person);
            for (Duration jump : List.of(TICK, Duration.ofSeconds(5), GUESSING.longestDelay())) {
                clock().set(T0.minus(jump));
                expect("a guess after the clock went back", person.signIn(accounts, Person.PASSWORD))
                        .is(held(GUESSING.firstDelay()));
            }
            Instant before = T0.minus(GUESSING.longestDelay());
            for (Instant back : List.of(before.minus(TICK), Samples.ERAS.get(0))) {
                clock().set(back);
                expect("a guess after the clock went back further", Person.told(person.signIn(accounts, "wrong")))
                        .is(BAD_CREDENTIALS);
                expect("the next one", person.signIn(accounts, Person.PASSWORD)).is(held(GUESSING.longestDelay()));
            }
            clock().set(Samples.ERAS.get(0).plus(GUESSING.longestDelay()));
            expect("a guess in time", Person.told(person.signIn(accounts, "wrong")))
                    .is(BAD_CREDENTIALS);
        }
        clock().set(Samples.ERAS.get(0).plusSeconds(30));
        expect("the right password in time", Person.told(ada.signIn(accounts, Person.PASSWORD)))
                .is("SIGNED_IN");
    }

    private void expectGuessesWait(Accounts accounts, Person ada, Instant era) {
        clock().set(era);
        expectFreeGuesses(accounts, ada);
        expect("the guess after the free ones", ada.signIn(accounts, Person.PASSWORD))
                .is(held(GUESSING.firstDelay()));
        Instant inTime = era.plus(GUESSING.firstDelay());
        clock().set(inTime.minus(TICK));
        expect("a guess a microsecond early", ada.signIn(accounts, Person.PASSWORD))
                .is(held(TICK));
        clock().set(inTime);
        expect("a guess in time", Person.told(ada.signIn(accounts, Person.PASSWORD)))
                .is("SIGNED_IN");
    }

    private static void expectFreeGuesses(Accounts accounts, Person person) {
        for (int i = 0; i < GUESSING.freeAttempts(); i++) {
            expect("a free guess", Person.told(person.signIn(accounts, "wrong")))
                    .is(BAD_CREDENTIALS);
        }
    }

    /** Begins a session, ends it at one time, and looks at others whether it is good. */
    private void expectEnded(
            Accounts accounts, Accounts other, Ending ending, Instant ended, List<Instant> afterwards) {
        clock().set(T0);
        Person ada = new Person().registered(accounts);
        SignInResult.SignedIn session = ada.signedIn(accounts, Person.PASSWORD);
        clock().set(ended);
        expectCheck(accounts, session.token().reveal(), LIVE);
        ending.how().end(accounts, ada, session);
        for (Instant time : afterwards) {
            clock().set(time);
            expect(
                            "check after " + ending.name() + " at " + ended + ", by a clock that shows " + time,
                            Person.check(other, session.token().reveal()))
                    .isOneOf(INVALID, REVOKED);
        }
    }

    private static void purge(Accounts accounts) {
        int deleted = 1;
        while (deleted > 0) {
            deleted = accounts.administration().purge(100).tokens();
        }
    }

    /**
     * What ends a session.
     *
     * @param name in words
     * @param how what is called
     */
    private record Ending(String name, How how) {}

    /** Ends a session of a person. */
    private interface How {
        void end(Accounts accounts, Person person, SignInResult.SignedIn session);
    }
}
