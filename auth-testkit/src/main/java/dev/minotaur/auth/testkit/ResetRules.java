package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AttemptPolicy;
import dev.minotaur.auth.LinkPolicy;
import dev.minotaur.auth.PasswordResetRefusal;
import dev.minotaur.auth.PasswordResetResult;
import dev.minotaur.auth.PendingLink;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.password.PasswordProblem;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** How a forgotten password is set anew by a link, over the stores. */
abstract class ResetRules extends SignUpRaceRules {

    private static final Duration INTERVAL = Duration.ofMinutes(2);

    ResetRules() {}

    @Rule(
            id = "RST-1",
            promise =
                    "A request to reset a password MUST send one link to the stored address of an active account, with a"
                            + " password or without, and to nobody else anything.",
            why = "A link that goes to an address which only looks like the owner's gives the account away.")
    public final void rst1LinksGoToTheStoredAddress() {
        Map<String, Person> people = new LinkedHashMap<>(ofEveryKind());
        people.put("no account", new Person());
        people.forEach((kind, person) -> {
            Mailbox mailbox = new Mailbox();
            Accounts accounts = strict(stores(), mailbox).build();
            String entered = person.email().toUpperCase(Locale.ROOT);
            expect("the request", Person.told(accounts.passwordReset().request(entered)))
                    .is(ACCEPTED);
            boolean linked = kind.equals("an active account") || kind.equals("an account without a password");
            expect("what is sent to " + kind, mailbox.told())
                    .is(linked ? List.of("PasswordResetLink to " + person.email()) : List.of());
            if (linked) {
                expect("the reset", Person.told(person.reset(accounts, mailbox.token(person.email()))))
                        .is("RESET");
            }
        });
    }

    @Rule(
            id = "RST-2",
            promise =
                    "A reset MUST let the new password sign in and the old one not, keep all else of the user, tell the"
                            + " owner by mail, and begin no session.",
            why = "Who was hijacked would not learn of it, or find that the thief's password still works.")
    public final void rst2AResetSetsThePassword() {
        Mailbox mailbox = new Mailbox();
        Accounts accounts = strict(stores(), mailbox).build();
        Person ada = new Person().registered(accounts());
        UserRecord before = record(ada);
        String token = resetLink(ada);
        clock().advance(Duration.ofMinutes(5).plus(Samples.TICK));
        Instant now = clock().instant();
        PasswordResetResult result = ada.reset(accounts, token);
        expect("the reset", Person.told(result)).is("RESET");
        UserRecord after = record(ada);
        expect("the user but for the hash and the stamp", after)
                .is(before.toBuilder()
                        .passwordHash(after.passwordHash().orElseThrow())
                        .stamp(after.stamp())
                        .version(before.version() + 1)
                        .emailConfirmedAt(now)
                        .updatedAt(now)
                        .build());
        expect("the user of the answer", result)
                .is(new PasswordResetResult.Reset(
                        ada.user(strict(otherHandle(), mailbox).build())));
        expect("what is sent", mailbox.messages()).is(List.of(new MailMessage.PasswordReset(after.email(), now)));
        expect("the user's sessions", ada.sessions(accounts)).is(List.of());
        expect("a sign-in with the old password", Person.told(ada.signIn(accounts, Person.PASSWORD)))
                .is(BAD_CREDENTIALS);
        expect("a sign-in with the new password", Person.told(ada.signIn(accounts, Person.NEXT_PASSWORD)))
                .is("SIGNED_IN");
    }

    @Rule(
            id = "RST-3",
            promise = "A reset MUST end every session of the user and every other token that is bound to the user.",
            why = "Whoever resets the password because somebody else is in has not got rid of them.")
    public final void rst3AResetEndsTheRest() {
        Accounts accounts = strict(stores(), new Mailbox()).build();
        Person ada = new Person().registered(accounts());
        List<String> sessions = many(3, () -> ada.token(accounts()));
        UserRecord before = record(ada);
        StoredToken other = Samples.inSlot(before.id(), "other").toBuilder()
                .stamp(before.stamp())
                .build();
        expect("insertIntoSlot", tokens().insertIntoSlot(other, Samples.T0)).is(InsertTokenOutcome.INSERTED);
        expect("the reset", Person.told(ada.reset(accounts, resetLink(ada)))).is("RESET");
        for (String session : sessions) {
            expect("check of a session", Person.check(accounts(), session)).isOneOf(INVALID, REVOKED);
            expect("check over another handle", Person.check(accounts(1), session))
                    .isOneOf(INVALID, REVOKED);
        }
        expect("whether another link is bound to the user", isBound(stores().findTokenWithUser(other.id())))
                .is(false);
    }

    @Rule(
            id = "RST-4",
            promise = "To look at a reset link, however often, MUST show its address and its end and use nothing.",
            why = "Programs that scan mail open every link before its reader does.")
    public final void rst4LookingUsesNothing() {
        Accounts accounts = strict(stores(), new Mailbox()).build();
        Accounts other = strict(otherHandle(), new Mailbox()).build();
        Person ada = new Person().registered(accounts());
        String token = resetLink(ada);
        Optional<PendingLink> pending = Optional.of(new PendingLink(
                ada.user(accounts).email(),
                Samples.T0.plus(LinkPolicy.defaults().resetLife())));
        for (int i = 0; i < 5; i++) {
            expect("what is seen", accounts.passwordReset().look(token)).is(pending);
            expect("what another handle sees", other.passwordReset().look(token))
                    .is(pending);
        }
        expect("the reset", Person.told(ada.reset(accounts, token))).is("RESET");
    }

    @Rule(
            id = "RST-5",
            promise = "A reset link MUST work once, and only the newest of a user's.",
            why = "Whoever finds an old mail would set the password once more.")
    public final void rst5TheNewestLinkWorksOnce() {
        Accounts accounts = strict(stores(), new Mailbox()).build();
        Accounts other = strict(otherHandle(), new Mailbox()).build();
        Person ada = new Person().registered(accounts());
        String former = resetLink(ada);
        clock().advance(INTERVAL);
        String newest = resetLink(ada);
        expectNotGood(accounts, ada, former);
        expect("the reset", Person.told(ada.reset(accounts, newest))).is("RESET");
        for (String link : List.of(former, newest)) {
            expectNotGood(accounts, ada, link);
            expectNotGood(other, ada, link);
        }
    }

    @Rule(
            id = "RST-6",
            promise = "A reset link MUST be good until a microsecond before its end, and not at its end.",
            why = "A mail that lies around would open the account for ever.")
    public final void rst6ALinkEndsInTime() {
        Instant asked = Samples.T0.plusNanos(123_456_000);
        clock().set(asked);
        Accounts accounts = strict(stores(), new Mailbox()).build();
        Person ada = new Person().registered(accounts());
        String token = resetLink(ada);
        Instant end = asked.plus(LinkPolicy.defaults().resetLife());
        clock().set(end);
        expectNotGood(accounts, ada, token);
        clock().set(end.minus(Samples.TICK));
        expectLink(
                "what is seen a microsecond before the end",
                accounts.passwordReset().look(token),
                ada);
        expect("the reset then", Person.told(ada.reset(accounts, token))).is("RESET");
    }

    @Rule(
            id = "RST-7",
            promise =
                    "A token with a wrong secret or of another purpose MUST be refused for a reset, as a reset link MUST be"
                            + " for a session, and none of them MUST be used up.",
            why = "A stolen session would set a new password, and a guess at a link would end it.")
    public final void rst7OtherTokensAreRefused() {
        Accounts accounts = strict(stores(), new Mailbox()).build();
        Person ada = new Person().registered(accounts());
        String link = resetLink(ada);
        String session = ada.token(accounts());
        for (String wrong : List.of("", "x".repeat(64), wrongSecret(link), session)) {
            expectNotGood(accounts, ada, wrong);
        }
        expectCheck(accounts(), link, INVALID);
        expect("the end of a session by a reset link", accounts.sessions().end(link))
                .is(false);
        expectCheck(accounts(), session, LIVE);
        expect("the reset", Person.told(ada.reset(accounts, link))).is("RESET");
    }

    @Rule(
            id = "RST-8",
            promise = "A reset with a password that is not accepted MUST change nothing and leave the link good.",
            why = "Who has to try three times would need three mails.")
    public final void rst8ARefusalLeavesTheLink() {
        Accounts accounts = strict(stores(), new Mailbox()).build();
        Person ada = new Person().registered(accounts());
        String session = ada.token(accounts());
        UserRecord before = record(ada);
        String token = resetLink(ada);
        expect("a weak password", accounts.passwordReset().use(token, RawPassword.ofString("x".repeat(14))))
                .is(new PasswordResetResult.Refused(
                        PasswordResetRefusal.PASSWORD_NOT_ACCEPTED,
                        Optional.of(PasswordProblem.TOO_SHORT),
                        Optional.empty()));
        expect("findById", users().findById(before.id())).is(Optional.of(before));
        expectCheck(accounts(), session, LIVE);
        expect("the reset", Person.told(ada.reset(accounts, token))).is("RESET");
    }

    @Rule(
            id = "RST-9",
            promise =
                    "A reset link MUST NOT be good once the account was disabled, closed or deleted, its sessions were all"
                            + " ended, or its password was changed, whatever happened to it then.",
            why = "A link of before would open an account that was shut, or undo the owner's new password.")
    public final void rst9ALinkIsOvertaken() {
        Accounts accounts = strict(stores(), new Mailbox()).build();
        Map<String, Consumer<Person>> meanwhile = new LinkedHashMap<>();
        meanwhile.put("disabled", ada -> disable(ada));
        meanwhile.put("disabled and enabled", ada -> {
            disable(ada);
            expect("enable", accounts.administration().enable(ada.id(accounts)).isPresent())
                    .is(true);
        });
        meanwhile.put("closed", ada -> rewrite(ada, user -> user.status(UserStatus.CLOSED)));
        meanwhile.put("signed out everywhere", ada -> expect(
                        "endAll", accounts.sessions().endAll(ada.id(accounts)))
                .is(true));
        meanwhile.put("given another password", ada -> ada.changed(accounts(), ada.token(accounts())));
        meanwhile.put("deleted and registered anew", ada -> {
            expect("delete", accounts.administration().delete(ada.id(accounts))).is(true);
            ada.registered(accounts());
        });
        meanwhile.values().forEach(happening -> {
            Person ada = new Person().registered(accounts());
            String token = resetLink(ada);
            happening.accept(ada);
            UserRecord before = record(ada);
            expectNotGood(accounts, ada, token);
            expect("findById", users().findById(before.id())).is(Optional.of(before));
        });
    }

    @Rule(
            id = "RST-10",
            promise =
                    "A reset MUST forget the attempts that were counted against the account, and confirm the address that"
                            + " the link has proven, if it was not.",
            why = "Whoever forgot the password has tried too often to be let in with the new one.")
    public final void rst10AResetForgetsAttempts() {
        AttemptPolicy policy = new AttemptPolicy(3, Duration.ofHours(1), Duration.ofHours(1));
        Accounts accounts =
                strict(stores(), new Mailbox()).attemptPolicy(policy).build();
        Person ada = new Person().registered(accounts());
        for (int i = 0; i < 3; i++) {
            expect("a free attempt", Person.told(ada.signIn(accounts, "wrong"))).is(BAD_CREDENTIALS);
        }
        expect("the next attempt", Person.told(ada.signIn(accounts, "wrong"))).is(TOO_MANY_ATTEMPTS);
        expect("the reset", Person.told(ada.reset(accounts, resetLink(ada)))).is("RESET");
        expect("when the address was confirmed", ada.user(accounts).emailConfirmedAt())
                .is(Optional.of(clock().instant()));
        expect("the sign-in", Person.told(ada.signIn(accounts, Person.NEXT_PASSWORD)))
                .is("SIGNED_IN");
    }

    @Rule(
            id = "RST-11",
            promise =
                    "A request to reset a password MUST get the same answer, after the same calls of the stores and hash"
                            + " computations, whatever account the address has, or none.",
            why = "The form to reset a password would tell a stranger who has an account.")
    public final void rst11RequestsAreAlike() {
        expectAlike((accounts, person) -> person.askToReset(accounts));
    }

    @Rule(
            id = "RST-12",
            promise = "Requests to reset a password beyond the limit of mails to an address, in whatever case and over"
                    + " whichever handle, MUST be refused until the wait is over, to the microsecond, alike for a known"
                    + " and an unknown one, and leave the link good.",
            why = "Anybody could fill anybody's mailbox, or end the link that its owner is about to use.")
    public final void rst12MailsAreBounded() {
        expectLimit((accounts, email) -> accounts.passwordReset().request(email));
        clock().set(Samples.T0);
        Mailbox mailbox = new Mailbox();
        Accounts accounts = strict(stores(), mailbox).build();
        Person ada = new Person().registered(accounts());
        String token = resetLink(ada);
        expect("a request at once", Person.told(ada.askToReset(accounts))).is("TOO_SOON");
        expect("what is sent", mailbox.told()).is(List.of());
        expect("the reset", Person.told(ada.reset(accounts, token))).is("RESET");
    }

    @Rule(
            id = "RST-13",
            promise =
                    "After the owner of an address has reset the password of an account that somebody else registered with"
                            + " it, no password, session or link of theirs MUST be good.",
            why = "An account is hijacked before its owner has it (Sudhodanan and Paverd, Pre-hijacked accounts, USENIX"
                    + " Security 2022): by a session that never ended, and a password that still works.")
    public final void rst13AHijackerIsOut() {
        Mailbox mailbox = new Mailbox();
        Accounts accounts = strict(stores(), mailbox).build();
        Person ada = new Person().registered(accounts());
        List<String> sessions = many(2, () -> ada.token(accounts()));
        String asked = resetLink(ada);
        clock().advance(INTERVAL);
        expect("the owner's request", Person.told(ada.askToReset(accounts))).is(ACCEPTED);
        expect("the owner's reset", Person.told(ada.reset(accounts, mailbox.token(ada.email()))))
                .is("RESET");
        for (Accounts open : List.of(accounts(), accounts(1))) {
            expect("the hijacker's sign-in", Person.told(ada.signIn(open, Person.PASSWORD)))
                    .is(BAD_CREDENTIALS);
            for (String session : sessions) {
                expect("check of the hijacker's session", Person.check(open, session))
                        .isOneOf(INVALID, REVOKED);
                expect(
                                "a change of password in it",
                                Person.told(ada.change(open, session, Person.NEXT_PASSWORD, Person.PASSWORD)))
                        .is("NOT_SIGNED_IN");
            }
        }
        expectNotGood(accounts, ada, asked);
        expect("the sessions of the account", ada.sessions(accounts())).is(List.of());
        expect("the owner's sign-in", Person.told(ada.signIn(accounts, Person.NEXT_PASSWORD)))
                .is("SIGNED_IN");
    }

    private static void expectNotGood(Accounts accounts, Person person, String token) {
        expect("what is seen of the link", accounts.passwordReset().look(token)).is(Optional.empty());
        expect("a reset by it", Person.told(person.reset(accounts, token))).is(LINK_NOT_GOOD);
    }

    private static boolean isBound(Optional<TokenWithUser> found) {
        return found.filter(pair ->
                        pair.token().stamp().equals(Optional.of(pair.user().stamp())))
                .isPresent();
    }
}
