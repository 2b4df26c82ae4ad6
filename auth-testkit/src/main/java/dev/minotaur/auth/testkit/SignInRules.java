package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AttemptPolicy;
import dev.minotaur.auth.SessionCheck;
import dev.minotaur.auth.SignInRefusal;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.User;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How users register and sign in over the stores. */
abstract class SignInRules extends AccountBase {

    SignInRules() {}

    @Rule(
            id = "ACC-1",
            promise =
                    "A registered user MUST be able to sign in by e-mail address and by username, in whatever case, and get"
                            + " a session that is good.",
            why = "Whoever types the address as another device capitalises it is locked out.")
    public final void acc1RegisteredUsersSignIn() {
        Accounts accounts = accounts();
        Person ada = new Person().registered(accounts);
        List<String> identifiers = List.of(
                ada.email(),
                ada.email().toLowerCase(Locale.ROOT),
                ada.email().toUpperCase(Locale.ROOT),
                ada.username(),
                ada.username().toUpperCase(Locale.ROOT));
        for (String identifier : identifiers) {
            SignInResult result = accounts.signIn().withPassword(identifier, RawPassword.ofString(Person.PASSWORD));
            expect("sign-in", Person.told(result)).is("SIGNED_IN");
            SignInResult.SignedIn signedIn = (SignInResult.SignedIn) result;
            SessionCheck check = accounts.sessions().check(signedIn.token().reveal());
            expect("check of the session", check)
                    .is(new SessionCheck.Live(signedIn.user(), signedIn.session(), Optional.empty()));
        }
        User user = ada.user(accounts);
        expect("the e-mail address as entered", user.email().entered()).is(ada.email());
        expect("the username as entered", user.username().orElseThrow().entered())
                .is(ada.username());
    }

    @Rule(
            id = "ACC-2",
            promise =
                    "A registration whose e-mail address or username another user has, in whatever case, MUST be told which"
                            + " and leave nothing behind.",
            why = "A half-made account holds an address that its owner cannot register again.")
    public final void acc2TakenIdentifiersAreTold() {
        Accounts accounts = accounts();
        Person ada = new Person().registered(accounts);
        Person bob = new Person();
        RawPassword password = RawPassword.ofString(Person.PASSWORD);
        String email = ada.email().toUpperCase(Locale.ROOT);
        String username = ada.username().toUpperCase(Locale.ROOT);
        expect(
                        "a registration with a taken e-mail address",
                        Person.told(accounts.registration().registerUnconfirmed(email, bob.username(), password)))
                .is("EMAIL_TAKEN");
        expect(
                        "a registration with a taken username",
                        Person.told(accounts.registration().registerUnconfirmed(bob.email(), username, password)))
                .is("USERNAME_TAKEN");
        expect("the registration with neither", Person.told(bob.register(accounts)))
                .is("REGISTERED");
        expect("the first user's sign-in", Person.told(ada.signIn(accounts, Person.PASSWORD)))
                .is("SIGNED_IN");
    }

    @Rule(
            id = "ACC-3",
            promise =
                    "A sign-in with a wrong password, of an unknown user, a disabled or closed one, one without a password, or one"
                            + " whose hash cannot be read MUST be refused with the same answer and leave no session.",
            why = "An answer that differs tells a stranger who has an account.")
    public final void acc3RefusalsAreAlike() {
        Accounts accounts = accounts();
        Person ada = new Person().registered(accounts);
        Person disabled = disabled(accounts);
        Person closed = closed(accounts);
        Person passwordless = passwordless(accounts);
        Person unreadable = unreadable(accounts);
        expect("a wrong password", ada.signIn(accounts, "wrong")).is(refused());
        expect("an empty password", ada.signIn(accounts, "")).is(refused());
        expect("an unknown user", new Person().signIn(accounts, Person.PASSWORD))
                .is(refused());
        expect("a disabled user", disabled.signIn(accounts, Person.PASSWORD)).is(refused());
        expect("a user whose account is closed", closed.signIn(accounts, Person.PASSWORD))
                .is(refused());
        expect("a user without a password", passwordless.signIn(accounts, Person.PASSWORD))
                .is(refused());
        expect("a user whose hash cannot be read", unreadable.signIn(accounts, Person.PASSWORD))
                .is(refused());
        for (Person person : List.of(ada, disabled, closed, passwordless, unreadable)) {
            expect("the user's sessions", person.sessions(accounts)).is(List.of());
        }
    }

    @Rule(
            id = "ACC-4",
            promise =
                    "Refused sign-ins MUST make the same calls of the stores and one hash verification each, whatever the"
                            + " reason.",
            why = "Whoever can measure time, or load, learns who has an account though the answers are alike.")
    public final void acc4RefusalsCostTheSame() {
        Accounts accounts = accounts();
        Person ada = new Person().registered(accounts);
        List<String> expected = callsOf(new Person(), Person.PASSWORD);
        expect("calls for a wrong password", callsOf(ada, "wrong")).is(expected);
        expect("calls for a disabled user", callsOf(disabled(accounts), Person.PASSWORD))
                .is(expected);
        expect("calls for a user whose account is closed", callsOf(closed(accounts), Person.PASSWORD))
                .is(expected);
        expect("calls for a user without a password", callsOf(passwordless(accounts), Person.PASSWORD))
                .is(expected);
        expect("calls for a user whose hash cannot be read", callsOf(unreadable(accounts), Person.PASSWORD))
                .is(expected);
    }

    @Rule(
            id = "ACC-5",
            promise =
                    "Attempts in a row beyond the free ones MUST wait, to the microsecond and without a verification, alike"
                            + " for a known and an unknown user; a success MUST forget them.",
            why = "A password that may be guessed without a bound is found.")
    public final void acc5GuessingIsSlowedDown() {
        AttemptPolicy policy = new AttemptPolicy(3, Duration.ofSeconds(10), Duration.ofSeconds(15));
        Accounts accounts = settings(stores()).attemptPolicy(policy).build();
        Person ada = new Person().registered(accounts);
        for (Person person : List.of(ada, new Person())) {
            clock().set(Samples.T0);
            for (int i = 0; i < 3; i++) {
                expect("a free attempt", Person.told(person.signIn(accounts, "wrong")))
                        .is(BAD_CREDENTIALS);
            }
            int verified = hasher().verifications();
            SignInResult held = person.signIn(accounts, Person.PASSWORD);
            expect("the attempt after the free ones", held).is(held(Duration.ofSeconds(10)));
            clock().set(Samples.T0.plusSeconds(10).minus(Samples.TICK));
            expect("an attempt a microsecond early", person.signIn(accounts, Person.PASSWORD))
                    .is(held(Samples.TICK));
            expect("verifications of attempts that wait", hasher().verifications() - verified)
                    .is(0);
            clock().set(Samples.T0.plusSeconds(10));
            expect("an attempt in time", Person.told(person.signIn(accounts, "wrong")))
                    .is(BAD_CREDENTIALS);
            expect("the next one", person.signIn(accounts, Person.PASSWORD)).is(held(Duration.ofSeconds(15)));
        }
        clock().set(Samples.T0.plusSeconds(25));
        expect("the right password in time", Person.told(ada.signIn(accounts, Person.PASSWORD)))
                .is("SIGNED_IN");
        expect("a wrong one after a success", Person.told(ada.signIn(accounts, "wrong")))
                .is(BAD_CREDENTIALS);
    }

    @Rule(
            id = "ACC-6",
            promise =
                    "A sign-in MUST bring a hash of a lower cost up to the current one, keep the user's sessions, and change"
                            + " nothing else of the user.",
            why =
                    "Hashes of ten years ago stay as weak as they were, or everybody is signed out when the cost is raised.")
    public final void acc6HashesAreBroughtUpToDate() {
        Accounts accounts = accounts();
        Person ada = new Person().registered(accounts);
        String token = ada.token(accounts);
        UserRecord before = users().findById(ada.id(accounts)).orElseThrow();
        Accounts costlier =
                settings(otherHandle()).hasher(new CountingHasher(5)).build();
        expect("the sign-in", Person.told(ada.signIn(costlier, Person.PASSWORD)))
                .is("SIGNED_IN");
        UserRecord after = users().findById(before.id()).orElseThrow();
        expect(
                        "whether the hash is of the new cost",
                        after.passwordHash().orElseThrow().encoded().startsWith(CountingHasher.prefix(5)))
                .is(true);
        expect("the user but for the hash", after)
                .is(before.toBuilder()
                        .passwordHash(after.passwordHash().orElseThrow())
                        .version(before.version() + 1)
                        .updatedAt(clock().instant())
                        .build());
        expectCheck(accounts, token, LIVE);
        expect("the next sign-in", Person.told(ada.signIn(costlier, Person.PASSWORD)))
                .is("SIGNED_IN");
        expect("findById", users().findById(before.id())).is(Optional.of(after));
    }

    @Rule(
            id = "ACC-35",
            promise =
                    "A sign-in that would bring a hash up to date MUST leave a user as it is whom another call has changed since"
                            + " it read the user.",
            why = "An old password comes back, or an account that was disabled opens again, by a sign-in of its owner.")
    public final void acc35ANewerChangeStays() {
        for (String change : List.of("a new password", "disabled")) {
            Person ada = new Person().registered(accounts());
            UserRecord before = users().findById(ada.id(accounts())).orElseThrow();
            UserRecord next = (change.equals("disabled")
                            ? before.toBuilder().status(UserStatus.DISABLED)
                            : before.toBuilder()
                                    .passwordHash(hasher().hash(RawPassword.ofString(Person.NEXT_PASSWORD))))
                    .version(before.version() + 1)
                    .build();
            Accounts costlier = settings(otherHandle())
                    .hasher(new CountingHasher(5))
                    .clientLimit((client, now) -> {
                        expect(change, users().update(next, before.version())).is(UpdateUserOutcome.UPDATED);
                        return Optional.empty();
                    })
                    .build();
            var answer = ada.signIn(costlier, Person.PASSWORD);
            expect("the user after " + Person.told(answer), users().findById(before.id()))
                    .is(Optional.of(next));
        }
    }

    private List<String> callsOf(Person person, String password) {
        Trace calls = Trace.ofAllSteps();
        Accounts accounts = settings(Traced.stores("stores", stores(), calls)).build();
        int verified = hasher().verifications();
        expect("the sign-in", Person.told(person.signIn(accounts, password))).is(BAD_CREDENTIALS);
        expect("verifications", hasher().verifications() - verified).is(1);
        return calls.lines().stream()
                .map(line -> line.substring(0, line.indexOf('(')))
                .toList();
    }

    @Rule(
            id = "ACC-33",
            promise =
                    "A password that was wrong as often in a row as is set MUST be disabled until a reset, whichever identifier"
                            + " it was tried with; its owner MUST be told once, and all else of the user and the sessions MUST be"
                            + " kept; a success before that MUST make the count begin anew.",
            why = "A password that is guessed at for weeks is found, however slowly.")
    public final void acc33APasswordIsDisabled() {
        Mailbox mailbox = new Mailbox();
        Accounts accounts = settings(stores())
                .mailer(mailbox)
                .executor(Runnable::run)
                .attemptPolicy(new AttemptPolicy(100, Duration.ofHours(1), Duration.ofHours(1)))
                .passwordDisabledAfter(20)
                .build();
        Person ada = new Person().registered(accounts);
        String session = ada.token(accounts);
        UserRecord before = users().findById(ada.id(accounts)).orElseThrow();
        expectWrong(accounts, ada.email(), 9);
        expect("the right password before the last", Person.told(ada.signIn(accounts, Person.PASSWORD)))
                .is("SIGNED_IN");
        expectWrong(accounts, ada.username(), 9);
        expect("the user before the last", users().findById(before.id())).is(Optional.of(before));
        expectWrong(accounts, new Person().email(), 10);
        expect("what is sent before the last", mailbox.told()).is(List.of());
        expectWrong(accounts, ada.username(), 2);
        expect("what is sent", mailbox.told()).is(List.of("PasswordDisabled to " + ada.email()));
        expect("the user", users().findById(before.id()))
                .is(Optional.of(before.toBuilder()
                        .passwordHash(null)
                        .version(before.version() + 1)
                        .updatedAt(clock().instant())
                        .build()));
        expect("the right password", Person.told(ada.signIn(accounts, Person.PASSWORD)))
                .is(BAD_CREDENTIALS);
        expectCheck(accounts, session, LIVE);
        expect("the request for a reset", Person.told(ada.askToReset(accounts))).is("ACCEPTED");
        expect("the reset", Person.told(ada.reset(accounts, mailbox.token(ada.email()))))
                .is("RESET");
        expect("the sign-in", Person.told(ada.signIn(accounts, Person.NEXT_PASSWORD)))
                .is("SIGNED_IN");
    }

    private static void expectWrong(Accounts accounts, String identifier, int times) {
        for (int i = 0; i < times; i++) {
            expect("a guess", Person.told(accounts.signIn().withPassword(identifier, RawPassword.ofString("wrong"))))
                    .is(BAD_CREDENTIALS);
        }
    }

    private static SignInResult refused() {
        return new SignInResult.Refused(SignInRefusal.BAD_CREDENTIALS, Optional.empty());
    }

    static SignInResult held(Duration wait) {
        return new SignInResult.Refused(SignInRefusal.TOO_MANY_ATTEMPTS, Optional.of(wait));
    }

    private static Person disabled(Accounts accounts) {
        Person person = new Person().registered(accounts);
        expect("disable", accounts.administration().disable(person.id(accounts)).isPresent())
                .is(true);
        return person;
    }

    private static Person closed(Accounts accounts) {
        Person person = new Person().registered(accounts);
        expect("close", accounts.administration().close(person.id(accounts)).isPresent())
                .is(true);
        return person;
    }

    private Person passwordless(Accounts accounts) {
        return withHash(accounts, null);
    }

    /** Of the faulty bcrypt that no hasher verifies. */
    private Person unreadable(Accounts accounts) {
        return withHash(accounts, PasswordHash.of("$2x$04$8ojJHu13S1pOhJl0a6MvTeeysriEh6Hb2BpwrOG/wYUqkJOdUmQsy"));
    }

    private Person withHash(Accounts accounts, @Nullable PasswordHash hash) {
        Person person = new Person().registered(accounts);
        UserRecord user = users().findById(person.id(accounts)).orElseThrow();
        var unused =
                users().update(user.toBuilder().passwordHash(hash).version(2).build(), 1);
        return person;
    }
}
