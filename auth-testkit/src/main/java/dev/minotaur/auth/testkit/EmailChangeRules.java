package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AttemptPolicy;
import dev.minotaur.auth.EmailChangeResult;
import dev.minotaur.auth.LinkPolicy;
import dev.minotaur.auth.PendingLink;
import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** How a user gets another e-mail address, over the stores. */
abstract class EmailChangeRules extends OwnerBase {

    private static final String EMAIL_TAKEN = "EMAIL_TAKEN";

    EmailChangeRules() {}

    @Rule(
            id = "EML-1",
            promise =
                    "A change of e-mail address MUST be asked for in a good session whose user has authenticated within the"
                            + " set time, to the microsecond, and otherwise be refused and send nothing.",
            why = "A machine left alone for a minute, or a stolen session, would be enough to take the account over.")
    public final void eml1ARequestNeedsRecentAuthentication() {
        expectRecent((accounts, session) -> Words.of(accounts.emailChange().request(session, freshEmail())));
    }

    @Rule(
            id = "EML-2",
            promise =
                    "A request to change the address MUST send one link to the new one, and until that is used MUST change"
                            + " nothing of the account.",
            why = "An address that nobody has proven would receive the links that open the account.")
    public final void eml2ARequestChangesNothing() {
        Mailbox mailbox = new Mailbox();
        Accounts accounts = mailing(mailbox);
        Person ada = new Person().registered(accounts);
        String session = ada.token(accounts);
        UserRecord before = record(ada);
        String next = freshEmail();
        expect("the request", Words.of(accounts.emailChange().request(session, next)))
                .is(ACCEPTED);
        expect("what is sent", mailbox.told()).is(List.of("EmailChangeLink to " + next));
        expect("findById", recordOf(before)).is(Optional.of(before));
        expect("find by the new address", accounts.administration().find(next)).is(Optional.empty());
        expectCheck(accounts, session, LIVE);
        expect("a sign-in with the address of before", Person.told(ada.signIn(accounts, Person.PASSWORD)))
                .is("SIGNED_IN");
        expect("a request for the same address", Words.of(accounts.emailChange().request(session, ada.email())))
                .is("UNCHANGED");
        expect("a request for no address", Words.of(accounts.emailChange().request(session, "nobody")))
                .is("EMAIL_NOT_ACCEPTED");
    }

    @Rule(
            id = "EML-3",
            promise =
                    "To look at the link to a new address, however often, MUST show the address and its end and use nothing.",
            why = "Programs that scan mail open every link before its reader does.")
    public final void eml3LookingUsesNothing() {
        Mailbox mailbox = new Mailbox();
        Person ada = new Person().registered(accounts());
        String next = freshEmail();
        String token = changeLink(ada, next);
        Instant end = clock().instant().plus(LinkPolicy.defaults().emailChangeLife());
        for (int i = 0; i < 3; i++) {
            for (Accounts accounts : mailingNodes(mailbox)) {
                Optional<PendingLink> seen = accounts.emailChange().look(token);
                expect("the address that is seen", seen.map(link -> link.email().entered()))
                        .is(Optional.of(next));
                expect("the end that is seen", seen.map(PendingLink::expiresAt)).is(Optional.of(end));
            }
        }
        expectConfirmed(mailing(mailbox), token);
    }

    @Rule(
            id = "EML-4",
            promise =
                    "The link MUST make its address the user's, as it was entered, confirmed, and found in whatever case; it"
                            + " MUST keep all else of the user, free the old address, and tell that one by mail if it was"
                            + " proven.",
            why = "The owner could not sign in with either address, or would not learn that somebody has changed it.")
    public final void eml4ALinkChangesTheAddress() {
        Mailbox mailbox = new Mailbox();
        Accounts accounts = mailing(mailbox);
        Person ada = having(user -> user.emailConfirmedAt(clock().instant()));
        UserRecord before = record(ada);
        String next = freshEmail();
        String token = changeLink(ada, next);
        expectConfirmed(accounts, changeLink(new Person().registered(accounts), freshEmail()));
        expect("what is sent to an address that nobody has proven", mailbox.told())
                .is(List.of());
        clock().advance(INTERVAL);
        Instant now = clock().instant();
        expectConfirmed(accounts, token);
        UserRecord after = recordOf(before).orElseThrow();
        expect("the user but for the stamp", after)
                .is(before.toBuilder()
                        .email(after.email())
                        .emailConfirmedAt(now)
                        .stamp(after.stamp())
                        .version(before.version() + 1)
                        .updatedAt(now)
                        .build());
        expect("the address as it was entered", after.email().entered()).is(next);
        expect("what is sent", mailbox.messages()).is(List.of(new MailMessage.EmailChanged(before.email(), now)));
        for (String found : List.of(next, upper(next), ada.username())) {
            expect(
                            "find by an identifier",
                            accounts.administration().find(found).map(user -> user.id()))
                    .is(Optional.of(before.id()));
        }
        expect("find by the old address", accounts.administration().find(ada.email()))
                .is(Optional.empty());
        expect("the owner's other spelling", otherSpelling(accounts, ada, upper(next)))
                .is(upper(next));
    }

    /** The old address is registered by its next owner; the same address in another case is a change like any other. */
    private String otherSpelling(Accounts accounts, Person ada, String spelling) {
        expect(
                        "a registration with the old address",
                        Person.told(accounts.registration()
                                .registerUnconfirmed(ada.email(), password(Person.NEXT_PASSWORD))))
                .is("REGISTERED");
        String session = signedIn(accounts, ada.username());
        String token = changeLink(ada, session, spelling);
        expectConfirmed(accounts, token);
        return accounts.administration()
                .find(spelling)
                .map(user -> user.email().entered())
                .orElse("none");
    }

    @Rule(
            id = "EML-5",
            promise = "A change of address MUST end every session of the user, every other link, and its own.",
            why = "Whoever changes the address because somebody else is in has not got rid of them, nor has a thief's"
                    + " victim of the thief's next change.")
    public final void eml5AChangeEndsTheRest() {
        Accounts accounts = mailing(new Mailbox());
        Person ada = new Person().registered(accounts);
        String session = ada.token(accounts);
        List<String> sessions = many(2, () -> ada.token(accounts));
        String reset = resetLink(ada);
        String signIn = signInLink(ada);
        String token = changeLink(ada, session, freshEmail());
        expectConfirmed(accounts, token);
        for (Accounts node : mailingNodes(new Mailbox())) {
            expectEnded(node, session);
            sessions.forEach(other -> expectEnded(node, other));
            expect("what is seen of a reset link", node.passwordReset().look(reset))
                    .is(Optional.empty());
            expect("what is seen of a sign-in link", node.signInLink().look(signIn))
                    .is(Optional.empty());
            expectNotGood(node, token);
        }
        expect("a reset by a link of before", Person.told(ada.reset(accounts, reset)))
                .is(LINK_NOT_GOOD);
    }

    @Rule(
            id = "EML-6",
            promise = "The link to a new address MUST be good until a microsecond before its end, and not at its end.",
            why = "A mail that lies around would change the account for ever.")
    public final void eml6ALinkEndsInTime() {
        Instant asked = Samples.T0.plusNanos(123_456_000);
        clock().set(asked);
        Accounts accounts = mailing(new Mailbox());
        String token = changeLink(new Person().registered(accounts), freshEmail());
        Instant end = asked.plus(LinkPolicy.defaults().emailChangeLife());
        clock().set(end);
        expectNotGood(accounts, token);
        clock().set(end.minus(Samples.TICK));
        expectConfirmed(accounts, token);
    }

    @Rule(
            id = "EML-7",
            promise =
                    "A token with a wrong secret or of another purpose MUST be refused for a change of address, as its link"
                            + " MUST be for all else, and none of them MUST be used up.",
            why = "A link to sign in would give the account away, and a guess at a link would end it.")
    public final void eml7OtherTokensAreRefused() {
        Mailbox mailbox = new Mailbox();
        Accounts accounts = mailing(mailbox);
        Person ada = new Person().registered(accounts);
        String session = ada.token(accounts);
        String token = changeLink(ada, session, freshEmail());
        String reset = resetLink(ada);
        String signIn = signInLink(ada);
        for (String wrong : List.of("", "x".repeat(64), wrongSecret(token), session, reset, signIn)) {
            expectNotGood(accounts, wrong);
        }
        expectCheck(accounts, token, INVALID);
        expect("the end of a session by the link", accounts.sessions().end(token))
                .is(false);
        expect("a reset by the link", Person.told(ada.reset(accounts, token))).is(LINK_NOT_GOOD);
        expect("a sign-in by the link", Person.told(accounts.signInLink().use(token)))
                .is(LINK_NOT_GOOD);
        expectCheck(accounts, session, LIVE);
        expectLink("what is seen of the reset link", accounts.passwordReset().look(reset), ada);
        expectLink("what is seen of the sign-in link", accounts.signInLink().look(signIn), ada);
        expectConfirmed(accounts, token);
    }

    @Rule(
            id = "EML-8",
            promise = "Of a user's links to new addresses only the newest MUST be good.",
            why = "Whoever finds that the address was mistyped has left a link with a stranger.")
    public final void eml8TheNewestLinkIsGood() {
        Accounts accounts = mailing(new Mailbox());
        Person ada = new Person().registered(accounts);
        String session = ada.token(accounts);
        String mistyped = changeLink(ada, session, freshEmail());
        clock().advance(Samples.TICK);
        String newest = changeLink(ada, session, freshEmail());
        expectNotGood(accounts, mistyped);
        expectConfirmed(accounts, newest);
        expectNotGood(accounts, mistyped);
    }

    @Rule(
            id = "EML-9",
            promise =
                    "A request for an address that somebody has, with whatever account, MUST be answered as one for a free"
                            + " address is, after the same calls of the stores, and end the same links; its owner alone MUST be"
                            + " told, at the stored address, and nothing of that account changes.",
            why = "Anybody with an account would find out who has one.")
    public final void eml9TakenAddressesAreNotTold() {
        List<String> expected = callsToAsk(freshEmail(), List.of());
        ofEveryKind().forEach((kind, owner) -> {
            UserRecord before = record(owner);
            List<String> told = List.of("AlreadyRegistered to " + owner.email());
            expect("calls for " + kind, callsToAsk(upper(owner.email()), told)).is(expected);
            expect("findById", recordOf(before)).is(Optional.of(before));
        });
    }

    /** Somebody asks for an address of which the owner is told something, or nobody. */
    private List<String> callsToAsk(String email, List<String> told) {
        Trace calls = Trace.ofAllSteps();
        List<Runnable> later = new ArrayList<>();
        Mailbox mailbox = new Mailbox();
        Accounts accounts = mailing(Traced.stores("stores", stores(), calls), mailbox)
                .executor(later::add)
                .build();
        Person ada = new Person().registered(accounts(1));
        String session = ada.token(accounts(1));
        String former = changeLink(ada, session, freshEmail());
        clock().advance(Samples.TICK);
        expect("the answer", Words.of(accounts.emailChange().request(session, email)))
                .is(ACCEPTED);
        later.forEach(Runnable::run);
        expect("what is sent", mailbox.told()).is(told.isEmpty() ? List.of("EmailChangeLink to " + email) : told);
        expectNotGood(accounts(1), former);
        return calls.lines().stream()
                .map(line -> line.substring(0, line.indexOf('(')))
                .toList();
    }

    @Rule(
            id = "EML-10",
            promise =
                    "A link whose address somebody else got meanwhile MUST be told that it is taken, change nothing of either"
                            + " account, end no session, and be of no more use.",
            why = "Two people would share an address, or the later one take the account over.")
    public final void eml10AnAddressTakenMeanwhileIsTold() {
        Mailbox mailbox = new Mailbox();
        Accounts accounts = mailing(mailbox);
        Person ada = new Person().registered(accounts);
        Person bob = new Person();
        String session = ada.token(accounts);
        String token = changeLink(ada, session, upper(bob.email()));
        bob.registered(accounts(1));
        UserRecord hers = record(ada);
        UserRecord his = record(bob);
        expect("the confirmation", Words.of(accounts.emailChange().confirm(token)))
                .is(EMAIL_TAKEN);
        expect("findById", recordOf(hers)).is(Optional.of(hers));
        expect("findById of the other", recordOf(his)).is(Optional.of(his));
        expect("what is sent", mailbox.told()).is(List.of());
        expectCheck(accounts, session, LIVE);
        expectNotGood(accounts, token);
    }

    @Rule(
            id = "EML-11",
            promise =
                    "Requests for one new address, by whomever and in whatever case, within the interval of mails MUST be"
                            + " refused until it is over, to the microsecond, and leave the links good.",
            why = "Anybody with an account could fill anybody's mailbox.")
    public final void eml11MailsAreBounded() {
        Mailbox mailbox = new Mailbox();
        List<Accounts> nodes = mailingNodes(mailbox);
        Person ada = new Person().registered(accounts());
        Person bob = new Person().registered(accounts());
        String hers = ada.token(accounts());
        String his = bob.token(accounts());
        String email = freshEmail();
        String token = changeLink(ada, hers, email);
        Instant next = clock().instant().plus(INTERVAL);
        for (Instant early : List.of(clock().instant(), next.minus(Samples.TICK))) {
            clock().set(early);
            expect(
                            "a request that is early",
                            Words.of(nodes.get(0).emailChange().request(hers, upper(email))))
                    .is("TOO_SOON");
            expect("another's", Words.of(nodes.get(1).emailChange().request(his, email)))
                    .is("TOO_SOON");
        }
        expect("what is sent", mailbox.told()).is(List.of());
        expect(
                        "what is seen of the link",
                        nodes.get(1).emailChange().look(token).isPresent())
                .is(true);
        clock().set(next);
        expect("a request in time", Words.of(nodes.get(0).emailChange().request(hers, upper(email))))
                .is(ACCEPTED);
    }

    @Rule(
            id = "EML-12",
            promise =
                    "A link to a new address MUST NOT be good once the account was disabled, closed or deleted, its sessions"
                            + " were all ended, or its password was set anew, whatever happened to it then: also not one that"
                            + " was asked for before the owner of the address had the account.",
            why =
                    "Whoever registers with somebody else's address leaves a change to their own there, and takes the account"
                            + " when its owner uses it (Sudhodanan and Paverd, Pre-hijacked accounts, USENIX Security 2022:"
                            + " unexpired e-mail change).")
    public final void eml12ALinkIsOvertaken() {
        Accounts accounts = mailing(new Mailbox());
        for (Map.Entry<String, Consumer<Person>> happening : happenings().entrySet()) {
            Person ada = new Person().registered(accounts());
            String token = changeLink(ada, freshEmail());
            happening.getValue().accept(ada);
            UserRecord before = record(ada);
            expectNotGood(accounts, token);
            expect("findById of who was " + happening.getKey(), recordOf(before))
                    .is(Optional.of(before));
        }
    }

    @Rule(
            id = "EML-13",
            promise = "A change of address MUST forget the attempts that were counted against the new one.",
            why = "Somebody who guesses at an address that is nobody's yet would lock its owner out in advance.")
    public final void eml13AChangeForgetsAttempts() {
        AttemptPolicy policy = new AttemptPolicy(3, Duration.ofHours(1), Duration.ofHours(1));
        Accounts accounts =
                mailing(stores(), new Mailbox()).attemptPolicy(policy).build();
        Person ada = new Person().registered(accounts);
        String next = freshEmail();
        String token = changeLink(ada, next);
        for (int i = 0; i < 3; i++) {
            expect("a guess", Person.told(accounts.signIn().withPassword(next, password("wrong"))))
                    .is(BAD_CREDENTIALS);
        }
        expect("one more", Person.told(accounts.signIn().withPassword(next, password("wrong"))))
                .is(TOO_MANY_ATTEMPTS);
        expectConfirmed(accounts, token);
        expect("the sign-in", Person.told(accounts.signIn().withPassword(next, password(Person.PASSWORD))))
                .is("SIGNED_IN");
    }

    static void expectConfirmed(Accounts accounts, String token) {
        EmailChangeResult result = accounts.emailChange().confirm(token);
        expect("the confirmation", Words.of(result)).is("CHANGED");
    }

    static void expectNotGood(Accounts accounts, String token) {
        expect(
                        "what is seen of a token that is no good link",
                        accounts.emailChange().look(token))
                .is(Optional.empty());
        expect("a confirmation by it", Words.of(accounts.emailChange().confirm(token)))
                .is(LINK_NOT_GOOD);
    }
}
