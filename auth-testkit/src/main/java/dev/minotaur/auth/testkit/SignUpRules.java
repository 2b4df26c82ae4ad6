package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AttemptPolicy;
import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.LinkPolicy;
import dev.minotaur.auth.PendingLink;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.User;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How users come to be by a link to the address that they prove, over the stores. */
abstract class SignUpRules extends LinkBase {

    private static final Duration INTERVAL = Duration.ofMinutes(2);

    SignUpRules() {}

    @Rule(
            id = "SUP-1",
            promise = "A request to sign up MUST send one link to the address as it was entered, and store no user.",
            why = "Whoever types somebody else's address would hold it, and wait there for its owner.")
    public final void sup1ARequestStoresNoUser() {
        Mailbox mailbox = new Mailbox();
        Accounts accounts = strict(stores(), mailbox).build();
        Person ada = new Person();
        expect("the request", Person.told(ada.askToSignUp(accounts))).is(ACCEPTED);
        expect("what is sent", mailbox.told()).is(List.of("SignUpLink to " + ada.email()));
        expect("find by e-mail address", accounts.administration().find(ada.email()))
                .is(Optional.empty());
        expect("a registration in the open form meanwhile", Person.told(ada.register(accounts(1))))
                .is("REGISTERED");
    }

    @Rule(
            id = "SUP-2",
            promise = "Confirming a sign-up MUST store one user, confirmed, with the link's address as entered and the"
                    + " username and password typed there, who can sign in, and MUST begin no session.",
            why = "An account with another password than its owner's is somebody else's.")
    public final void sup2ConfirmingMakesTheUser() {
        Mailbox mailbox = new Mailbox();
        Accounts accounts = strict(stores(), mailbox).build();
        Accounts other = strict(otherHandle(), mailbox).build();
        Person ada = new Person();
        expect("the request", Person.told(ada.askToSignUp(accounts))).is(ACCEPTED);
        clock().advance(Duration.ofMinutes(5).plus(Samples.TICK));
        RegistrationResult result = ada.confirm(other, mailbox.token(ada.email()));
        expect("the confirmation", Person.told(result)).is("REGISTERED");
        User user = ada.user(accounts);
        expect("when the address was confirmed", user.emailConfirmedAt()).is(Optional.of(clock().instant()));
        expect("the e-mail address as entered", user.email().entered()).is(ada.email());
        expect("the username as entered", user.username().map(Username::entered))
                .is(Optional.of(ada.username()));
        expect("the user of the answer", result).is(new RegistrationResult.Registered(user));
        expect("the user's sessions", ada.sessions(accounts)).is(List.of());
        expect("a sign-in with another password", Person.told(ada.signIn(accounts, Person.NEXT_PASSWORD)))
                .is(BAD_CREDENTIALS);
        expect("the sign-in", Person.told(ada.signIn(accounts, Person.PASSWORD)))
                .is("SIGNED_IN");
        expect("the other sign-in", Person.told(ada.signIn(other, Person.PASSWORD)))
                .is("SIGNED_IN");
    }

    @Rule(
            id = "SUP-3",
            promise = "To look at a sign-up link, however often, MUST show its address and its end and use nothing.",
            why = "Programs that scan mail open every link before its reader does.")
    public final void sup3LookingUsesNothing() {
        Accounts accounts = strict(stores(), new Mailbox()).build();
        Accounts other = strict(otherHandle(), new Mailbox()).build();
        Person ada = new Person();
        String token = signUpLink(ada);
        Optional<PendingLink> pending = Optional.of(new PendingLink(
                new EmailAddress(ada.email(), ada.email().toLowerCase(Locale.ROOT)),
                Samples.T0.plus(LinkPolicy.defaults().signUpLife())));
        for (int i = 0; i < 5; i++) {
            expect("what is seen", accounts.signUp().look(token)).is(pending);
            expect("what another handle sees", other.signUp().look(token)).is(pending);
        }
        expect("the confirmation", Person.told(ada.confirm(accounts, token))).is("REGISTERED");
    }

    @Rule(
            id = "SUP-4",
            promise = "A sign-up link MUST make one account and be of no use from then on.",
            why = "Whoever finds the link in an old mail would make the account anew, with a password of theirs.")
    public final void sup4ALinkMakesOneAccount() {
        Accounts accounts = strict(stores(), new Mailbox()).build();
        Accounts other = strict(otherHandle(), new Mailbox()).build();
        Person ada = new Person();
        String token = signUpLink(ada);
        expect("the confirmation", Person.told(ada.confirm(accounts, token))).is("REGISTERED");
        UserRecord before = record(ada);
        for (Accounts node : List.of(accounts, other)) {
            expect("what is seen", node.signUp().look(token)).is(Optional.empty());
            expect("the next confirmation", Person.told(confirmAgain(node, token)))
                    .is(LINK_NOT_GOOD);
        }
        expect("findById", users().findById(before.id())).is(Optional.of(before));
        expect("the deletion", accounts.administration().delete(before.id())).is(true);
        expect("a confirmation after the deletion", Person.told(confirmAgain(other, token)))
                .is(LINK_NOT_GOOD);
    }

    @Rule(
            id = "SUP-5",
            promise = "A newer sign-up link to an address MUST replace the one before.",
            why = "Each mail that was ever asked for would stay a way in.")
    public final void sup5TheNewestLinkReplaces() {
        Mailbox mailbox = new Mailbox();
        Accounts accounts = strict(stores(), mailbox).build();
        Person ada = new Person();
        expect("the request", Person.told(ada.askToSignUp(accounts))).is(ACCEPTED);
        clock().advance(INTERVAL);
        expect(
                        "the next request, in other letters",
                        Person.told(
                                strict(otherHandle(), mailbox).build().signUp().request(lower(ada))))
                .is(ACCEPTED);
        String former = mailbox.token(ada.email());
        String newest = mailbox.token(lower(ada));
        expect("what is seen of the former link", accounts.signUp().look(former))
                .is(Optional.empty());
        expect("a confirmation by it", Person.told(ada.confirm(accounts, former)))
                .is(LINK_NOT_GOOD);
        expect("the confirmation by the newest", Person.told(ada.confirm(accounts, newest)))
                .is("REGISTERED");
    }

    @Rule(
            id = "SUP-6",
            promise = "A sign-up link MUST be good until a microsecond before its end, and not at its end.",
            why = "A mail that lies around for years, in a box that has another owner, would still make an account.")
    public final void sup6ALinkEndsInTime() {
        Instant asked = Samples.T0.plusNanos(123_456_000);
        clock().set(asked);
        Accounts accounts = strict(stores(), new Mailbox()).build();
        Person ada = new Person();
        String token = signUpLink(ada);
        Instant end = asked.plus(LinkPolicy.defaults().signUpLife());
        clock().set(end);
        expect("what is seen at the end", accounts.signUp().look(token)).is(Optional.empty());
        expect("a confirmation at the end", Person.told(ada.confirm(accounts, token)))
                .is(LINK_NOT_GOOD);
        clock().set(end.minus(Samples.TICK));
        expectLink(
                "what is seen a microsecond before the end", accounts.signUp().look(token), ada);
        expect("the confirmation then", Person.told(ada.confirm(accounts, token)))
                .is("REGISTERED");
    }

    @Rule(
            id = "SUP-7",
            promise =
                    "A token with a wrong secret or of another purpose MUST be refused at sign-up, as a sign-up link MUST"
                            + " be elsewhere, and none of them MUST be used up.",
            why = "The id of a token is no secret: whoever sends it with a guess would end it, or a session would pass"
                    + " for a proof of an address.")
    public final void sup7OtherTokensAreRefused() {
        Accounts accounts = strict(stores(), new Mailbox()).build();
        Person ada = new Person();
        String link = signUpLink(ada);
        Person bob = new Person().registered(accounts());
        String session = bob.token(accounts());
        String reset = resetLink(bob);
        for (String wrong : List.of("", "x".repeat(64), wrongSecret(link), session, reset)) {
            expect("what is seen of a wrong token", accounts.signUp().look(wrong))
                    .is(Optional.empty());
            expect("a confirmation by it", Person.told(new Person().confirm(accounts, wrong)))
                    .is(LINK_NOT_GOOD);
        }
        expect("a reset by a sign-up link", Person.told(ada.reset(accounts, link)))
                .is(LINK_NOT_GOOD);
        expectCheck(accounts, link, INVALID);
        expect("the end of a session by it", accounts.sessions().end(link)).is(false);
        expectCheck(accounts(), session, LIVE);
        expectLink("what is seen of the reset link", accounts.passwordReset().look(reset), bob);
        expect("the confirmation", Person.told(ada.confirm(accounts, link))).is("REGISTERED");
    }

    @Rule(
            id = "SUP-8",
            promise =
                    "A confirmation that is refused for its password or its username MUST store nothing and leave the link"
                            + " good.",
            why = "Who has to try three times would need three mails.")
    public final void sup8ARefusalLeavesTheLink() {
        Accounts accounts = strict(stores(), new Mailbox()).build();
        Person ada = new Person();
        Person bob = new Person().registered(accounts());
        String token = signUpLink(ada);
        RawPassword password = RawPassword.ofString(Person.PASSWORD);
        String taken = bob.username().toUpperCase(Locale.ROOT);
        Map<String, RegistrationResult> refused = new HashMap<>();
        refused.put("PASSWORD_NOT_ACCEPTED", accounts.signUp().confirm(token, RawPassword.ofString("x".repeat(14))));
        refused.put("USERNAME_NOT_ACCEPTED", accounts.signUp().confirm(token, "a@b", password));
        refused.put("USERNAME_TAKEN", accounts.signUp().confirm(token, taken, password));
        refused.forEach((reason, result) ->
                expect("the refused confirmation", Person.told(result)).is(reason));
        expect("find by e-mail address", accounts.administration().find(ada.email()))
                .is(Optional.empty());
        expectLink("what is seen of the link", accounts.signUp().look(token), ada);
        expect("the confirmation", Person.told(ada.confirm(accounts, token))).is("REGISTERED");
    }

    @Rule(
            id = "SUP-9",
            promise =
                    "A request to sign up with the address of an account, of whatever kind, MUST send its stored address a"
                            + " message that says so, and MUST change nothing.",
            why =
                    "The owner of an account would get a second one, or mail would go to an address that only looks alike.")
    public final void sup9KnownAddressesAreTold() {
        for (Person person : ofEveryKind().values()) {
            Mailbox mailbox = new Mailbox();
            Accounts accounts = strict(stores(), mailbox).build();
            UserRecord before = record(person);
            expect("the request", Person.told(accounts.signUp().request(lower(person))))
                    .is(ACCEPTED);
            expect("what is sent", mailbox.told()).is(List.of("AlreadyRegistered to " + person.email()));
            expect("findById", users().findById(before.id())).is(Optional.of(before));
        }
    }

    @Rule(
            id = "SUP-10",
            promise = "A confirmation of an address that was registered meanwhile MUST be told that it is taken, change"
                    + " nothing of the account, and end the link.",
            why = "Two people would share an address, or the later one take the account over.")
    public final void sup10AnAddressTakenMeanwhileIsTold() {
        Accounts accounts = strict(stores(), new Mailbox()).build();
        Person ada = new Person();
        String token = signUpLink(ada);
        ada.registered(accounts(1));
        UserRecord before = record(ada);
        expect("the confirmation", Person.told(confirmAgain(accounts, token))).is("EMAIL_TAKEN");
        expect("findById", users().findById(before.id())).is(Optional.of(before));
        expect("what is seen of the link", accounts.signUp().look(token)).is(Optional.empty());
    }

    @Rule(
            id = "SUP-11",
            promise = "A request to sign up MUST get the same answer, after the same calls of the stores and hash"
                    + " computations, whatever account the address has, or none.",
            why = "The form to sign up would tell a stranger who has an account.")
    public final void sup11RequestsAreAlike() {
        expectAlike((accounts, person) -> person.askToSignUp(accounts));
    }

    @Rule(
            id = "SUP-12",
            promise = "Requests to sign up beyond the limit of mails to an address, in whatever case and over whichever"
                    + " handle, MUST be refused until the wait is over, to the microsecond, alike for a known and"
                    + " an unknown one, and leave the link good.",
            why = "Anybody could fill anybody's mailbox, or end the link that its owner is about to use.")
    public final void sup12MailsAreBounded() {
        expectLimit((accounts, email) -> accounts.signUp().request(email));
        clock().set(Samples.T0);
        Mailbox mailbox = new Mailbox();
        Accounts accounts = strict(stores(), mailbox).build();
        Person ada = new Person();
        expect("the request", Person.told(ada.askToSignUp(accounts))).is(ACCEPTED);
        expect("a request at once", Person.told(ada.askToSignUp(accounts))).is("TOO_SOON");
        expect("what is sent", mailbox.told()).is(List.of("SignUpLink to " + ada.email()));
        expect("the confirmation", Person.told(ada.confirm(accounts, mailbox.token(ada.email()))))
                .is("REGISTERED");
    }

    @Rule(
            id = "SUP-13",
            promise = "What somebody has asked for before an owner proves the address MUST reserve nothing and MUST NOT"
                    + " outlive the sign-up: the owner gets the address, the username and an account that nobody else"
                    + " has a way into.",
            why =
                    "An account is hijacked before it is made (Sudhodanan and Paverd, Pre-hijacked accounts, USENIX Security"
                            + " 2022): by a username planted on it, a session or a link that waits for its owner.")
    public final void sup13NothingIsPlanted() {
        Mailbox mailbox = new Mailbox();
        Accounts accounts = strict(stores(), mailbox).build();
        Person ada = new Person();
        Person mallory = new Person();
        expect("a stranger's request for the address", Person.told(ada.askToSignUp(accounts)))
                .is(ACCEPTED);
        String planted = mailbox.token(ada.email());
        expect("the stranger's own request", Person.told(mallory.askToSignUp(accounts)))
                .is(ACCEPTED);
        clock().advance(INTERVAL);
        expect("the owner's request", Person.told(ada.askToSignUp(accounts))).is(ACCEPTED);
        expect("the owner's confirmation", Person.told(ada.confirm(accounts, mailbox.token(ada.email()))))
                .is("REGISTERED");
        expect("a confirmation by the stranger's link", Person.told(mallory.confirm(accounts, planted)))
                .is(LINK_NOT_GOOD);
        expect(
                        "the stranger's confirmation with the owner's username",
                        Person.told(accounts.signUp()
                                .confirm(
                                        mailbox.token(mallory.email()),
                                        ada.username(),
                                        RawPassword.ofString(Person.NEXT_PASSWORD))))
                .is("USERNAME_TAKEN");
        expect("the owner's sessions", ada.sessions(accounts)).is(List.of());
        List<String> told = new ArrayList<>();
        for (String password : List.of(Person.NEXT_PASSWORD, Person.PASSWORD)) {
            told.add(Person.told(ada.signIn(accounts, password)));
        }
        expect("sign-ins with another password and the owner's", told).is(List.of(BAD_CREDENTIALS, "SIGNED_IN"));
    }

    @Rule(
            id = "SUP-19",
            promise = "A sign-up MUST forget the attempts that were counted against the address and the username that"
                    + " became the user's.",
            why = "Somebody who guesses at an address that is nobody's yet would lock its owner out in advance.")
    public final void sup19ASignUpForgetsAttempts() {
        AttemptPolicy policy = new AttemptPolicy(3, Duration.ofHours(1), Duration.ofHours(1));
        Mailbox mailbox = new Mailbox();
        Accounts accounts = strict(stores(), mailbox).attemptPolicy(policy).build();
        Person ada = new Person();
        List<String> identifiers = List.of(ada.email(), ada.username());
        for (String identifier : identifiers) {
            for (int i = 0; i < 3; i++) {
                expect(
                                "a guess",
                                Person.told(accounts.signIn().withPassword(identifier, RawPassword.ofString("wrong"))))
                        .is(BAD_CREDENTIALS);
            }
            expect("one more", Person.told(accounts.signIn().withPassword(identifier, RawPassword.ofString("wrong"))))
                    .is(TOO_MANY_ATTEMPTS);
        }
        expect("the request", Person.told(ada.askToSignUp(accounts))).is(ACCEPTED);
        expect("the confirmation", Person.told(ada.confirm(accounts, mailbox.token(ada.email()))))
                .is("REGISTERED");
        for (String identifier : identifiers) {
            expect(
                            "the sign-in",
                            Person.told(
                                    accounts.signIn().withPassword(identifier, RawPassword.ofString(Person.PASSWORD))))
                    .is("SIGNED_IN");
        }
    }

    private static String lower(Person person) {
        return person.email().toLowerCase(Locale.ROOT);
    }

    /** With another password, and no username. */
    private static RegistrationResult confirmAgain(Accounts accounts, String token) {
        return accounts.signUp().confirm(token, RawPassword.ofString(Person.NEXT_PASSWORD));
    }
}
