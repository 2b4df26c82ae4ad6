package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AttemptPolicy;
import dev.minotaur.auth.ReauthenticationResult;
import dev.minotaur.auth.Session;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SessionOptions;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.spi.StoredToken;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How a password is proved once more in a session, and how long a session lives that is remembered. */
abstract class RecentRules extends RenewalRules {

    private static final String NOT_RECENT = "NOT_RECENT";
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);

    RecentRules() {}

    @Rule(
            id = "SES-8",
            promise =
                    "A session MUST be recent until the microsecond before the given time has passed since its user proved"
                            + " the password, and not at it; it MUST be good all the same, and a renewal MUST NOT make it"
                            + " recent.",
            why =
                    "Who finds a browser left open deletes the account, or is asked for nothing because the session was busy.")
    public final void ses8RecentIsCountedFromTheProof() {
        Accounts accounts = renewing(stores());
        String token = new Person().registered(accounts).token(accounts);
        clock().set(Samples.T0.plus(FIVE_MINUTES).minus(Samples.TICK));
        expectRecent(accounts, token, FIVE_MINUTES, LIVE);
        clock().set(Samples.T0.plus(FIVE_MINUTES));
        expectRecent(accounts, token, FIVE_MINUTES, NOT_RECENT);
        expectKept(accounts, token);
        clock().set(DUE);
        expectRecent(accounts, token, AFTER, NOT_RECENT);
        String fresh = renewed(accounts, token);
        expectRecent(accounts, fresh, AFTER, NOT_RECENT);
        expectRecent(accounts, fresh, AFTER.plus(Samples.TICK), LIVE);
        expectRecent(accounts, "", AFTER, INVALID);
    }

    @Rule(
            id = "SES-9",
            promise =
                    "A proof of the password MUST make the session recent from then on and give it a fresh secret, under its"
                            + " id and with its absolute end, and end the former secret at once, and no other session.",
            why =
                    "A step that asks for a password, and then does not count it, asks again without end; or the cookie that"
                            + " was copied before is worth as much as the one after.")
    public final void ses9AProofMakesRecent() {
        Accounts accounts = renewing(stores());
        Person ada = new Person().registered(accounts);
        SignInResult.SignedIn signedIn = ada.signedIn(accounts, Person.PASSWORD);
        String other = ada.token(accounts);
        Instant later = Samples.T0.plus(Duration.ofHours(3));
        clock().set(later);
        ReauthenticationResult result =
                ada.reauthenticate(accounts, signedIn.token().reveal(), Person.PASSWORD);
        expect("the proof of the password", Person.told(result)).is("REAUTHENTICATED");
        var proved = (ReauthenticationResult.Reauthenticated) result;
        String fresh = proved.token().reveal();
        clock().set(later.plus(FIVE_MINUTES).minus(Samples.TICK));
        expectRecent(accounts, fresh, FIVE_MINUTES, LIVE);
        clock().set(later.plus(FIVE_MINUTES));
        expectRecent(accounts, fresh, FIVE_MINUTES, NOT_RECENT);
        expectCheck(accounts, signedIn.token().reveal(), INVALID);
        expectCheck(accounts, other, LIVE);
        expectRecent(accounts, other, FIVE_MINUTES, NOT_RECENT);
        expect("the id of the session", proved.token().id())
                .is(signedIn.session().id());
        List<Session> stored = ada.sessions(renewing(otherHandle()));
        expect("the user's sessions", stored.size()).is(2);
        expect(
                        "the end of the session",
                        stored.stream()
                                .filter(session ->
                                        session.id().equals(proved.token().id()))
                                .map(Session::expiresAt)
                                .findFirst())
                .is(Optional.of(signedIn.session().expiresAt()));
    }

    @Rule(
            id = "SES-10",
            promise =
                    "A proof with a wrong password or without a good session MUST be refused and change nothing, and MUST be"
                            + " counted with the sign-ins: of both together no more MUST be verified than are free.",
            why = "Whoever has a stolen session could guess the password without end.")
    public final void ses10ARefusedProofIsCounted() {
        Duration hour = Duration.ofHours(1);
        Accounts accounts = settings(stores())
                .attemptPolicy(new AttemptPolicy(3, hour, hour))
                .build();
        Person ada = new Person().registered(accounts);
        SignInResult.SignedIn signedIn = ada.signedIn(accounts, Person.PASSWORD);
        String token = signedIn.token().reveal();
        Optional<StoredToken> before = tokens().find(signedIn.session().id());
        int verified = hasher().verifications();
        expect("a proof without a session", Person.told(ada.reauthenticate(accounts, "", Person.PASSWORD)))
                .is("NOT_SIGNED_IN");
        for (int i = 0; i < 2; i++) {
            expect("a wrong password", Person.told(ada.reauthenticate(accounts, token, "wrong")))
                    .is("WRONG_PASSWORD");
        }
        expect("a sign-in with a wrong password", Person.told(ada.signIn(accounts, "wrong")))
                .is(BAD_CREDENTIALS);
        expect("the right password", Person.told(ada.reauthenticate(accounts, token, Person.PASSWORD)))
                .is(TOO_MANY_ATTEMPTS);
        expect("a sign-in with the right password", Person.told(ada.signIn(accounts, Person.PASSWORD)))
                .is(TOO_MANY_ATTEMPTS);
        expect("verifications", hasher().verifications() - verified).is(3);
        expect("find of the session", tokens().find(signedIn.session().id())).is(before);
        expectCheck(accounts, token, LIVE);
    }

    @Rule(
            id = "SES-11",
            promise =
                    "A remembered session MUST be good until the microsecond before its own idle and absolute timeouts, and"
                            + " expired at them; a session that is not remembered MUST keep the ordinary ones.",
            why = "Who ticked a box is signed out over night; or who did not stays signed in on a shared machine.")
    public final void ses11RememberedSessionsLiveLonger() {
        Accounts accounts = settings(stores())
                .sessionPolicy(POLICY.withRememberedTimeouts(Duration.ofHours(4), Duration.ofHours(10)))
                .build();
        Person ada = new Person().registered(accounts);
        String ordinary = ada.token(accounts);
        SessionOptions remembered = SessionOptions.none().remembered();
        String idle = ada.signedIn(accounts, remembered).token().reveal();
        String busy = ada.signedIn(accounts, remembered).token().reveal();
        clock().set(Samples.T0.plus(Duration.ofHours(2)));
        expectCheck(accounts, ordinary, EXPIRED);
        expect(
                        "which of the user's sessions are remembered",
                        ada.sessions(accounts).stream().map(Session::remembered).toList())
                .is(List.of(true, true));
        clock().set(Samples.T0.plus(Duration.ofHours(4)).minus(Samples.TICK));
        expectCheck(accounts, busy, LIVE);
        clock().set(Samples.T0.plus(Duration.ofHours(4)));
        expectCheck(accounts, idle, EXPIRED);
        clock().set(Samples.T0.plus(Duration.ofHours(7)));
        expectCheck(accounts, busy, LIVE);
        Instant end = Samples.T0.plus(Duration.ofHours(10));
        clock().set(end.minus(Samples.TICK));
        expectCheck(accounts, busy, LIVE);
        clock().set(end);
        expectCheck(accounts, busy, EXPIRED);
    }

    private static void expectRecent(Accounts accounts, String token, Duration within, String outcome) {
        SessionCheck check = accounts.sessions().checkRecent(token, within);
        String told =
                check instanceof SessionCheck.Refused refused ? refused.reason().name() : LIVE;
        expect("check of the session and its proof", told).is(outcome);
    }
}
