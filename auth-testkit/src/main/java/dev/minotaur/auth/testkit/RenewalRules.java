package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AuthEvent;
import dev.minotaur.auth.PasswordChangeResult;
import dev.minotaur.auth.ReauthenticationResult;
import dev.minotaur.auth.Session;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SessionOptions;
import dev.minotaur.auth.SessionPolicy;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.spi.AuthStores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the secret of a session is renewed over the stores, and what a former one is good for. */
abstract class RenewalRules extends AccountFaultRules {

    static final String RENEWED = "RENEWED";
    static final Duration AFTER = Duration.ofHours(1);
    static final Duration GRACE = Duration.ofMinutes(1);
    static final Instant DUE = Samples.T0.plus(AFTER);
    static final Instant HALF = DUE.plus(GRACE.dividedBy(2));
    static final Instant GRACE_END = DUE.plus(GRACE);

    RenewalRules() {}

    @Rule(
            id = "SES-1",
            promise =
                    "A check of a session that is due for renewal MUST give it a fresh secret, once, and not a microsecond"
                            + " before; its id, label, absolute end and time of authentication MUST stay, and it MUST be"
                            + " listed once.",
            why = "A session that forks, or that lives longer with each renewal, cannot be ended by who has lost it.")
    public final void ses1RenewalIsInPlace() {
        Accounts accounts = renewing(stores());
        Person ada = new Person().registered(accounts);
        SignInResult.SignedIn signedIn =
                ada.signedIn(accounts, SessionOptions.none().label("laptop"));
        String token = signedIn.token().reveal();
        clock().set(DUE.minus(Samples.TICK));
        expectKept(accounts, token);
        clock().set(DUE);
        String fresh = renewed(accounts, token);
        clock().advance(Duration.ofSeconds(1));
        expectKept(renewing(otherHandle()), fresh);
        Session before = signedIn.session();
        Session after = new Session(
                before.id(),
                before.issuedAt(),
                before.expiresAt(),
                clock().instant(),
                before.authenticatedAt(),
                before.label(),
                before.remembered());
        expect("the user's sessions", ada.sessions(accounts)).is(List.of(after));
        clock().set(DUE.plus(AFTER).minus(Samples.TICK));
        expectKept(accounts, fresh);
        clock().set(DUE.plus(AFTER));
        expectKept(accounts, renewed(accounts, fresh));
    }

    @Rule(
            id = "SES-2",
            promise =
                    "A former secret MUST be good beside the renewed one until the microsecond before the end of the grace,"
                            + " on every handle.",
            why =
                    "A page loads ten things at once: the first answer renews the session, and the other nine sign it out.")
    public final void ses2FormerSecretsAreGoodForAGrace() {
        Accounts accounts = renewing(stores());
        Accounts other = renewing(otherHandle());
        String token = new Person().registered(accounts).token(accounts);
        clock().set(DUE);
        String fresh = renewed(accounts, token);
        expectKept(other, token);
        expectKept(other, fresh);
        clock().set(GRACE_END.minus(Samples.TICK));
        expectKept(accounts, token);
        expectKept(other, token);
        expectKept(accounts, fresh);
    }

    @Rule(
            id = "SES-3",
            promise =
                    "A former secret that is presented at the end of the grace or later MUST be refused and end its session,"
                            + " and no other, and the listener MUST be told.",
            why = "Whoever copied a cookie goes on beside its owner, and nobody ever notices.")
    public final void ses3AReusedSecretEndsItsSession() {
        List<AuthEvent> told = new ArrayList<>();
        Accounts accounts = settings(stores())
                .sessionPolicy(SessionPolicy.defaults().withRenewal(AFTER, GRACE))
                .listener(told::add)
                .build();
        Person ada = new Person().registered(accounts);
        SignInResult.SignedIn stolen = ada.signedIn(accounts, Person.PASSWORD);
        String token = stolen.token().reveal();
        clock().set(DUE);
        String other = ada.token(accounts);
        String stranger = new Person().registered(accounts).token(accounts);
        String fresh = renewed(accounts, token);
        expectKept(accounts, fresh);
        clock().set(GRACE_END);
        expectCheck(accounts, token, INVALID);
        expect(
                        "sessions of which a reused secret is told",
                        told.stream()
                                .filter(event -> event.type() == AuthEvent.Type.AUTHN_TOKEN_REUSE)
                                .flatMap(event -> event.session().stream())
                                .toList())
                .is(List.of(stolen.session().id()));
        expectCheck(accounts, fresh, INVALID);
        expectKept(accounts, other);
        expectKept(accounts, stranger);
        expect("the user's sessions", ada.sessions(accounts).size()).is(1);
    }

    @Rule(
            id = "SES-4",
            promise =
                    "A secret that is neither the current one nor the one before MUST be refused and end nothing, within the"
                            + " grace and after it.",
            why = "The id is public: whoever reads it could sign its owner out, or set off an alarm.")
    public final void ses4OtherSecretsEndNothing() {
        Accounts accounts = renewing(stores());
        String first = new Person().registered(accounts).token(accounts);
        clock().set(DUE);
        String second = renewed(accounts, first);
        expectKept(accounts, second);
        clock().set(DUE.plus(AFTER));
        String third = renewed(accounts, second);
        String wrong = third.substring(0, 63) + (third.endsWith("A") ? "B" : "A");
        for (Instant at : List.of(DUE.plus(AFTER), DUE.plus(AFTER).plus(GRACE))) {
            clock().set(at);
            for (String presented : List.of(first, wrong)) {
                expectCheck(accounts, presented, INVALID);
                expect("end by a wrong secret", accounts.sessions().end(presented))
                        .is(false);
            }
            expectKept(accounts, third);
        }
    }

    @Rule(
            id = "SES-5",
            promise =
                    "From half of the grace on a former secret MUST be given another fresh one, once, if the first was never"
                            + " used, and MUST NOT be given one if it was; the grace MUST stay as it is.",
            why =
                    "Whoever loses one answer on a train is signed out; or a copied secret gets the session into its own hands.")
    public final void ses5ALostAnswerIsGivenAgain() {
        Accounts accounts = renewing(stores());
        Accounts other = renewing(otherHandle());
        String answered = new Person().registered(accounts).token(accounts);
        String unanswered = new Person().registered(accounts).token(accounts);
        clock().set(DUE);
        String used = renewed(accounts, answered);
        expectKept(other, used);
        String lost = renewed(accounts, unanswered);
        clock().set(HALF.minus(Samples.TICK));
        expectKept(other, unanswered);
        clock().set(HALF);
        expectKept(accounts, answered);
        expectKept(accounts, used);
        String second = renewed(other, unanswered);
        expectKept(accounts, unanswered);
        expectKept(accounts, second);
        expectCheck(accounts, lost, INVALID);
        clock().set(GRACE_END.minus(Samples.TICK));
        expectKept(accounts, unanswered);
        clock().set(GRACE_END);
        expectKept(accounts, second);
        expectCheck(other, unanswered, INVALID);
        expectCheck(accounts, second, INVALID);
    }

    @Rule(
            id = "SES-6",
            promise =
                    "Signing out with the renewed secret, or with the former one within its grace, MUST end the session for"
                            + " both; so MUST a sign-in that replaces it.",
            why = "Who signs out in the other tab leaves the account open on a shared machine.")
    public final void ses6EitherSecretSignsOut() {
        Accounts accounts = renewing(stores());
        Accounts other = renewing(otherHandle());
        Person ada = new Person().registered(accounts);
        List<String> tokens = many(3, () -> ada.token(accounts));
        clock().set(DUE);
        List<String> fresh =
                tokens.stream().map(token -> renewed(accounts, token)).toList();
        expect("end by the former secret", other.sessions().end(tokens.get(0))).is(true);
        expect("end by the renewed secret", other.sessions().end(fresh.get(1))).is(true);
        String last = ada.signedIn(accounts, SessionOptions.none().replacing(tokens.get(2)))
                .token()
                .reveal();
        for (int i = 0; i < tokens.size(); i++) {
            expectCheck(accounts, tokens.get(i), INVALID);
            expectCheck(other, fresh.get(i), INVALID);
            expect("the second end", accounts.sessions().end(tokens.get(i))).is(false);
        }
        expectKept(accounts, last);
    }

    @Rule(
            id = "SES-7",
            promise =
                    "A change of password, and a proof of the password, MUST be possible with a former secret within its"
                            + " grace, and MUST leave no secret good but the one it gives.",
            why = "Who changes the password because a cookie was stolen leaves the thief another minute with it.")
    public final void ses7AProofLeavesNoFormerSecret() {
        Accounts accounts = renewing(stores());
        Person ada = new Person().registered(accounts);
        Person bob = new Person().registered(accounts);
        String changed = ada.token(accounts);
        String proved = bob.token(accounts);
        clock().set(DUE);
        List<String> dead = List.of(changed, proved, renewed(accounts, changed), renewed(accounts, proved));
        PasswordChangeResult change = ada.change(accounts, changed, Person.PASSWORD, Person.NEXT_PASSWORD);
        expect("the change of password", Person.told(change)).is("CHANGED");
        ReauthenticationResult proof = bob.reauthenticate(accounts, proved, Person.PASSWORD);
        expect("the proof of the password", Person.told(proof)).is("REAUTHENTICATED");
        for (String token : dead) {
            expectCheck(accounts, token, INVALID);
        }
        expectKept(
                accounts,
                ((PasswordChangeResult.Changed) change).token().orElseThrow().reveal());
        expectKept(
                accounts,
                ((ReauthenticationResult.Reauthenticated) proof).token().reveal());
    }

    final Accounts renewing(AuthStores stores) {
        return settings(stores)
                .sessionPolicy(SessionPolicy.defaults().withRenewal(AFTER, GRACE))
                .build();
    }

    /**
     * What a check was told.
     *
     * @param told RENEWED, LIVE, or why the session is refused
     * @param fresh the renewed token as a client gets it
     */
    record Use(String told, Optional<String> fresh) {

        static Use of(Accounts accounts, String token) {
            SessionCheck check = accounts.sessions().check(token);
            if (check instanceof SessionCheck.Live live) {
                Optional<String> fresh = live.renewed().map(renewed -> renewed.reveal());
                return new Use(fresh.isPresent() ? RENEWED : LIVE, fresh);
            }
            return new Use(((SessionCheck.Refused) check).reason().name(), Optional.empty());
        }

        /** Without the token. */
        @Override
        public String toString() {
            return told;
        }
    }

    /** Checks a session that is to be renewed, and gives its fresh token. */
    static String renewed(Accounts accounts, String token) {
        Use use = Use.of(accounts, token);
        expect("check of the session", use.told()).is(RENEWED);
        return use.fresh().orElseThrow();
    }

    /** Checks a session that is good, and not to be renewed. */
    static void expectKept(Accounts accounts, String token) {
        expect("check of the session", Use.of(accounts, token).told()).is(LIVE);
    }
}
