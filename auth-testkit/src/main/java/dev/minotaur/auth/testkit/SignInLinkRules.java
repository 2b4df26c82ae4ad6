package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.LinkPolicy;
import dev.minotaur.auth.PendingLink;
import dev.minotaur.auth.Session;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** How a session begins by a link in a mail, over the stores. */
abstract class SignInLinkRules extends EmailChangeFaultRules {

    SignInLinkRules() {}

    @Rule(
            id = "LNK-1",
            promise =
                    "A request to sign in by a link MUST send one link to the stored address of an active account, with a"
                            + " password or without, and to nobody else anything.",
            why = "A link that goes to an address which only looks like the owner's gives the account away.")
    public final void lnk1LinksGoToTheStoredAddress() {
        Map<String, Person> people = new LinkedHashMap<>(ofEveryKind());
        people.put("no account", new Person());
        people.forEach((kind, person) -> {
            Mailbox mailbox = new Mailbox();
            Accounts accounts = strictLinks(mailbox);
            expect("the request", Person.told(accounts.signInLink().request(upper(person.email()))))
                    .is(ACCEPTED);
            boolean linked = kind.equals("an active account") || kind.equals("an account without a password");
            expect("what is sent to " + kind, mailbox.told())
                    .is(linked ? List.of("SignInLink to " + person.email()) : List.of());
            if (linked) {
                expect("the use", Person.told(accounts.signInLink().use(mailbox.token(person.email()))))
                        .is("SIGNED_IN");
            }
        });
    }

    @Rule(
            id = "LNK-2",
            promise =
                    "A sign-in link MUST begin one session of its user, good on every handle, and only once; and only the"
                            + " newest of a user's MUST.",
            why = "Whoever finds an old mail would be in.")
    public final void lnk2TheNewestLinkSignsInOnce() {
        Accounts accounts = strictLinks(new Mailbox());
        Accounts other =
                strict(otherHandle(), new Mailbox()).allowSignInByEmailedLink().build();
        Person ada = having(user -> user.emailConfirmedAt(Samples.T0));
        UserRecord before = record(ada);
        String former = signInLink(ada);
        clock().advance(INTERVAL);
        String newest = signInLink(ada);
        expectNoSignIn(accounts, former);
        SignInResult result = accounts.signInLink().use(newest);
        expect("the use", Person.told(result)).is("SIGNED_IN");
        String session = result instanceof SignInResult.SignedIn signedIn
                ? signedIn.token().reveal()
                : "";
        for (Accounts node : List.of(accounts, other)) {
            expectCheck(node, session, LIVE);
            expectNoSignIn(node, newest);
            expectNoSignIn(node, former);
        }
        expect("the user's sessions", ada.sessions(accounts).size()).is(1);
        expect("findById", recordOf(before)).is(Optional.of(before));
    }

    @Rule(
            id = "LNK-3",
            promise = "To look at a sign-in link, however often, MUST show its address and its end and use nothing.",
            why = "Programs that scan mail open every link before its reader does.")
    public final void lnk3LookingUsesNothing() {
        Accounts accounts = strictLinks(new Mailbox());
        Accounts other =
                strict(otherHandle(), new Mailbox()).allowSignInByEmailedLink().build();
        Person ada = new Person().registered(accounts());
        String token = signInLink(ada);
        Optional<PendingLink> pending = Optional.of(new PendingLink(
                ada.user(accounts).email(),
                clock().instant().plus(LinkPolicy.defaults().signInLife())));
        for (int i = 0; i < 3; i++) {
            expect("what is seen", accounts.signInLink().look(token)).is(pending);
            expect("what another handle sees", other.signInLink().look(token)).is(pending);
        }
        expect("the use", Person.told(accounts.signInLink().use(token))).is("SIGNED_IN");
    }

    @Rule(
            id = "LNK-4",
            promise =
                    "A sign-in link MUST be good until a microsecond before its end, 15 minutes by default, and not at it.",
            why = "A mail that lies around would open the account for ever.")
    public final void lnk4ALinkEndsInTime() {
        Instant asked = Samples.T0.plusNanos(123_456_000);
        clock().set(asked);
        Accounts accounts = strictLinks(new Mailbox());
        Person ada = new Person().registered(accounts());
        String token = signInLink(ada);
        Instant end = asked.plusSeconds(900);
        clock().set(end);
        expectNoSignIn(accounts, token);
        clock().set(end.minus(Samples.TICK));
        expectLink(
                "what is seen a microsecond before the end",
                accounts.signInLink().look(token),
                ada);
        expect("the use then", Person.told(accounts.signInLink().use(token))).is("SIGNED_IN");
    }

    @Rule(
            id = "LNK-5",
            promise =
                    "A token with a wrong secret or of another purpose MUST NOT sign in as a link, nor a sign-in link do"
                            + " anything else, and none of them MUST be used up.",
            why = "A link to a new address would sign in who has only that, and a guess at a link would end it.")
    public final void lnk5OtherTokensAreRefused() {
        Accounts accounts = mailing(new Mailbox());
        Person ada = new Person().registered(accounts);
        String session = ada.token(accounts);
        String link = signInLink(ada);
        String change = changeLink(ada, session, freshEmail());
        String reset = resetLink(ada);
        for (String wrong : List.of("", "x".repeat(64), wrongSecret(link), session, change, reset)) {
            expectNoSignIn(accounts, wrong);
        }
        expectCheck(accounts, link, INVALID);
        expect("the end of a session by the link", accounts.sessions().end(link))
                .is(false);
        expect("a reset by the link", Person.told(ada.reset(accounts, link))).is(LINK_NOT_GOOD);
        expect("a change by the link", Words.of(accounts.emailChange().confirm(link)))
                .is(LINK_NOT_GOOD);
        expectCheck(accounts, session, LIVE);
        expectLink("what is seen of the reset link", accounts.passwordReset().look(reset), ada);
        expect("what is seen of the change", accounts.emailChange().look(change).isPresent())
                .is(true);
        expect("the use", Person.told(accounts.signInLink().use(link))).is("SIGNED_IN");
    }

    @Rule(
            id = "LNK-6",
            promise =
                    "A sign-in link MUST NOT be good once the account was disabled, closed or deleted, its sessions were all"
                            + " ended, or its address or password was set anew, whatever happened to it then.",
            why = "A link of before would open an account that was shut, or let in whom the owner has thrown out.")
    public final void lnk6ALinkIsOvertaken() {
        Accounts accounts = mailing(new Mailbox());
        Map<String, Consumer<Person>> happenings = new LinkedHashMap<>(happenings());
        happenings.put("disabled", this::disable);
        happenings.put("closed", ada -> expect(
                        "close",
                        accounts.administration().close(ada.id(accounts)).isPresent())
                .is(true));
        happenings.put("moved", ada -> expectConfirmed(accounts, changeLink(ada, upper(ada.email()))));
        happenings.forEach((what, happening) -> {
            Person ada = new Person().registered(accounts());
            String token = signInLink(ada);
            happening.accept(ada);
            List<Session> before = ada.sessions(accounts);
            expectNoSignIn(accounts, token);
            expect("sessions of who was " + what, ada.sessions(accounts)).is(before);
        });
    }

    @Rule(
            id = "LNK-7",
            promise =
                    "A sign-in link to an address that was never proven MUST confirm it and drop what was laid there: the"
                            + " password, all sessions and all other links; one to a confirmed address MUST keep them.",
            why =
                    "Whoever registered with somebody else's address would still be in when its owner comes (Sudhodanan and"
                            + " Paverd, Pre-hijacked accounts, USENIX Security 2022).")
    public final void lnk7AnUnprovenAccountIsCleared() {
        Accounts accounts = mailing(new Mailbox());
        Person ada = new Person().registered(accounts);
        String planted = ada.token(accounts);
        String change = changeLink(ada, planted, freshEmail());
        String reset = resetLink(ada);
        UserRecord before = record(ada);
        SignInResult result = accounts.signInLink().use(signInLink(ada));
        expect("the use", Person.told(result)).is("SIGNED_IN");
        UserRecord after = record(ada);
        expect("the user but for the stamp", after)
                .is(before.toBuilder()
                        .passwordHash(null)
                        .emailConfirmedAt(clock().instant())
                        .stamp(after.stamp())
                        .version(before.version() + 1)
                        .updatedAt(clock().instant())
                        .build());
        expectEnded(accounts, planted);
        expectNotGood(accounts, change);
        expect("a reset by a link of before", Person.told(ada.reset(accounts, reset)))
                .is(LINK_NOT_GOOD);
        expect("a sign-in with the password of before", Person.told(ada.signIn(accounts, Person.PASSWORD)))
                .is(BAD_CREDENTIALS);
        expect("the user's sessions", ada.sessions(accounts).size()).is(1);

        Person bob = having(user -> user.emailConfirmedAt(Samples.T0));
        String kept = bob.token(accounts);
        UserRecord his = record(bob);
        expect("the use", Person.told(accounts.signInLink().use(signInLink(bob))))
                .is("SIGNED_IN");
        expect("findById of a confirmed user", recordOf(his)).is(Optional.of(his));
        expectCheck(accounts, kept, LIVE);
    }

    @Rule(
            id = "LNK-8",
            promise =
                    "A request to sign in by a link MUST get the same answer, after the same calls of the stores and hash"
                            + " computations, whatever account the address has, or none.",
            why = "The form to sign in would tell a stranger who has an account.")
    public final void lnk8RequestsAreAlike() {
        expectAlike((accounts, person) -> accounts.signInLink().request(person.email()));
    }

    @Rule(
            id = "LNK-9",
            promise = "Requests to sign in by a link beyond the limit of mails to an address, in whatever case and over"
                    + " whichever handle, MUST be refused until the wait is over, to the microsecond, alike for a known"
                    + " and an unknown one, and leave the link good.",
            why = "Anybody could fill anybody's mailbox, or end the link that its owner is about to use.")
    public final void lnk9MailsAreBounded() {
        expectLimit((accounts, email) -> accounts.signInLink().request(email));
        clock().set(Samples.T0);
        Mailbox mailbox = new Mailbox();
        Accounts accounts = strictLinks(mailbox);
        Person ada = new Person().registered(accounts());
        String token = signInLink(ada);
        expect("a request at once", Person.told(accounts.signInLink().request(ada.email())))
                .is("TOO_SOON");
        expect("what is sent", mailbox.told()).is(List.of());
        expect("the use", Person.told(accounts.signInLink().use(token))).is("SIGNED_IN");
    }

    final Accounts strictLinks(Mailbox mailbox) {
        return strict(stores(), mailbox).allowSignInByEmailedLink().build();
    }

    static void expectNoSignIn(Accounts accounts, String token) {
        expect(
                        "what is seen of a token that is no good link",
                        accounts.signInLink().look(token))
                .is(Optional.empty());
        expect("a sign-in by it", Person.told(accounts.signInLink().use(token))).is(LINK_NOT_GOOD);
    }
}
