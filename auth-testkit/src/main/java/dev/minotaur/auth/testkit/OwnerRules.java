package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.User;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.UsernameChange;
import dev.minotaur.auth.UsernameChangeResult;
import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.parallel.ResourceLock;

/** How an owner changes a username or closes the account, over the stores. */
abstract class OwnerRules extends SignInLinkFaultRules {

    OwnerRules() {}

    @Rule(
            id = "OWN-1",
            promise =
                    "A username MUST be changed, and an account closed, in a good session whose user has authenticated within"
                            + " the set time, to the microsecond; otherwise that MUST be refused and change nothing.",
            why = "A machine left alone for a minute would be enough to rename or close the account.")
    public final void own1ChangesNeedRecentAuthentication() {
        expectRecent((accounts, session) -> Words.of(accounts.usernameChange().change(session, freshUsername())));
        expectRecent((accounts, session) -> Words.of(accounts.usernameChange().remove(session)));
        expectRecent((accounts, session) -> Words.of(accounts.closing().close(session)));
    }

    @Rule(
            id = "OWN-2",
            promise =
                    "A change of username MUST take effect at once, found in whatever case, free the old one, keep all else"
                            + " and every session, and be told to the owner by mail; taken away, it MUST find nobody.",
            why = "The owner could not sign in by either name, or would not learn that somebody has changed it.")
    public final void own2AUsernameChanges() {
        Mailbox mailbox = new Mailbox();
        Accounts accounts = mailing(mailbox);
        Person ada = new Person().registered(accounts);
        String session = ada.token(accounts);
        UserRecord before = record(ada);
        String next = freshUsername();
        clock().advance(INTERVAL);
        Instant now = clock().instant();
        expect("the change", Words.of(accounts.usernameChange().change(session, next)))
                .is("CHANGED");
        UserRecord after = record(ada);
        expect("the user but for the username", after)
                .is(before.toBuilder()
                        .username(after.username().orElseThrow())
                        .version(before.version() + 1)
                        .updatedAt(now)
                        .build());
        expect("the username as it was entered", after.username().orElseThrow().entered())
                .is(next);
        expect("what is sent", mailbox.messages()).is(List.of(new MailMessage.UsernameChanged(before.email(), now)));
        expect(
                        "find by the new name",
                        accounts.administration().find(upper(next)).map(User::id))
                .is(Optional.of(before.id()));
        expect("a registration with the old name", registrationAs(accounts, ada.username()))
                .is("REGISTERED");
        for (Accounts node : mailingNodes(mailbox)) {
            expectCheck(node, session, LIVE);
            expectCheck(node, signedIn(node, next), LIVE);
        }
        expect("another spelling", Words.of(accounts.usernameChange().change(session, upper(next))))
                .is("CHANGED");
        expect("the username then", record(ada).username().orElseThrow().entered())
                .is(upper(next));
        expect("the removal", Words.of(accounts.usernameChange().remove(session)))
                .is("CHANGED");
        expect("find by the removed name", accounts.administration().find(next)).is(Optional.empty());
        expect("a registration with the removed name", registrationAs(accounts, next))
                .is("REGISTERED");
        expectCheck(accounts, session, LIVE);
    }

    @Rule(
            id = "OWN-3",
            promise =
                    "A change to a username that another user has, in whatever case, MUST be told that it is taken and change"
                            + " nothing of either.",
            why = "Two people would share a username, and one would try the other's password.")
    public final void own3ATakenUsernameIsTold() {
        Mailbox mailbox = new Mailbox();
        Accounts accounts = mailing(mailbox);
        Person ada = new Person().registered(accounts);
        Person bob = new Person().registered(accounts(1));
        String session = ada.token(accounts);
        UserRecord hers = record(ada);
        UserRecord his = record(bob);
        for (String taken : List.of(bob.username(), upper(bob.username()))) {
            expect("the change", Words.of(accounts.usernameChange().change(session, taken)))
                    .is("USERNAME_TAKEN");
        }
        expect("a name that is none", Words.of(accounts.usernameChange().change(session, "a@b")))
                .is("USERNAME_NOT_ACCEPTED");
        expect("findById", recordOf(hers)).is(Optional.of(hers));
        expect("findById of the other", recordOf(his)).is(Optional.of(his));
        expect("what is sent", mailbox.told()).is(List.of());
    }

    @Rule(
            id = "OWN-4",
            promise =
                    "Closing an account, by its owner or an operator, MUST end every session and link, refuse sign-ins, keep"
                            + " its identifiers taken, and be told to its owner by mail.",
            why =
                    "Who leaves stays signed in on a machine that is lent out, or finds somebody else under the old name.")
    public final void own4AClosedAccountIsShut() {
        for (boolean byOwner : List.of(true, false)) {
            Mailbox mailbox = new Mailbox();
            Accounts accounts = mailing(mailbox);
            Person ada = new Person().registered(accounts);
            String session = ada.token(accounts);
            String other = ada.token(accounts);
            String change = changeLink(ada, session, freshEmail());
            String reset = resetLink(ada);
            String signIn = signInLink(ada);
            UserRecord before = record(ada);
            Instant now = clock().instant();
            if (byOwner) {
                expect("the closing", Words.of(accounts.closing().close(session)))
                        .is("CLOSED");
            } else {
                expect(
                                "the closing",
                                accounts.administration().close(before.id()).map(User::status))
                        .is(Optional.of(UserStatus.CLOSED));
            }
            UserRecord after = record(ada);
            expect("the user but for the stamp", after)
                    .is(before.toBuilder()
                            .status(UserStatus.CLOSED)
                            .stamp(after.stamp())
                            .version(before.version() + 1)
                            .updatedAt(now)
                            .build());
            expect("what is sent", mailbox.messages())
                    .is(List.of(new MailMessage.AccountClosed(before.email(), now, now.plus(Duration.ofDays(30)))));
            for (Accounts node : mailingNodes(new Mailbox())) {
                expectEnded(node, session);
                expectEnded(node, other);
                expectNotGood(node, change);
                expectNoSignIn(node, signIn);
                expect("a reset", Person.told(ada.reset(node, reset))).is(LINK_NOT_GOOD);
                expect("a sign-in", Person.told(ada.signIn(node, Person.PASSWORD)))
                        .is(BAD_CREDENTIALS);
            }
            expect("a registration with the address", Person.told(ada.register(accounts)))
                    .is("EMAIL_TAKEN");
            expect("a registration with the username", registrationAs(accounts, ada.username()))
                    .is("USERNAME_TAKEN");
            expect("a request to sign up", Person.told(ada.askToSignUp(accounts)))
                    .is(ACCEPTED);
            expect("what is sent then", mailbox.told().get(1)).is("AlreadyRegistered to " + ada.email());
        }
    }

    @Rule(
            id = "OWN-5",
            promise =
                    "A closed account MUST open again for an operator who reopens it, and by nothing else: with the password"
                            + " of before, and with no session or link of before.",
            why = "An account that its owner has closed would open by a routine of the operator, or to a session of"
                    + " before.")
    public final void own5AClosedAccountIsReopened() {
        Mailbox mailbox = new Mailbox();
        Accounts accounts = mailing(mailbox);
        Person ada = new Person().registered(accounts);
        String session = ada.token(accounts);
        String signIn = signInLink(ada);
        expect("the closing", Words.of(accounts.closing().close(session))).is("CLOSED");
        UserRecord closed = record(ada);
        expect("a second closing", accounts.administration().close(closed.id()).map(User::status))
                .is(Optional.of(UserStatus.CLOSED));
        expect("enable", accounts.administration().enable(closed.id()).map(User::status))
                .is(Optional.of(UserStatus.CLOSED));
        expect("a closing by its owner once more", Words.of(accounts.closing().close(session)))
                .is(NOT_SIGNED_IN);
        expect("findById", recordOf(closed)).is(Optional.of(closed));
        expect("disable", accounts.administration().disable(closed.id()).map(User::status))
                .is(Optional.of(UserStatus.CLOSED));
        expect("a request for a reset", Person.told(ada.askToReset(accounts))).is(ACCEPTED);
        expect("what is sent", mailbox.told()).is(List.of("AccountClosed to " + ada.email()));
        clock().advance(Duration.ofDays(6));
        expect("reopen", accounts(1).administration().reopen(closed.id()).map(User::status))
                .is(Optional.of(UserStatus.ACTIVE));
        for (Accounts node : mailingNodes(mailbox)) {
            expectEnded(node, session);
            expectNoSignIn(node, signIn);
            expect("the user's sessions", ada.sessions(node)).is(List.of());
        }
        expect("a sign-in", Person.told(ada.signIn(accounts, Person.PASSWORD))).is("SIGNED_IN");
        disable(ada);
        expect(
                        "reopen of a disabled account",
                        accounts.administration().reopen(closed.id()).map(User::status))
                .is(Optional.of(UserStatus.DISABLED));
    }

    static String registrationAs(Accounts accounts, String username) {
        return Person.told(
                accounts.registration().registerUnconfirmed(freshEmail(), username, password(Person.PASSWORD)));
    }

    @Rule(
            id = "OWN-16",
            promise =
                    "A user's tries to change the username MUST be counted, on all handles together; after the last free one"
                            + " a change MUST be refused and told how long to wait, to the microsecond, and change nothing.",
            why =
                    "Each change sends a mail and each name is guessed at anew: a session could flood a mailbox, and guess the"
                            + " password without end.")
    public final void own16TriesAreCounted() {
        List<Accounts> nodes = List.of(accounts(0), accounts(1));
        Person ada = new Person().registered(nodes.get(0));
        for (int i = 0; i < UsernameChange.TRIES; i++) {
            Accounts node = nodes.get(i % 2);
            expect("a change", Words.of(node.usernameChange().change(ada.token(node), freshUsername())))
                    .is("CHANGED");
        }
        UserRecord before = record(ada);
        Instant last = clock().instant();
        for (Accounts node : nodes) {
            expect("one more", node.usernameChange().change(ada.token(node), freshUsername()))
                    .is(new UsernameChangeResult.Refused(
                            UsernameChangeResult.Reason.TOO_SOON, Optional.of(Duration.ofDays(1))));
        }
        clock().set(last.plus(Duration.ofDays(1)).minus(Samples.TICK));
        expect(
                        "one a microsecond early",
                        Words.of(nodes.get(1).usernameChange().change(ada.token(nodes.get(1)), freshUsername())))
                .is("TOO_SOON");
        expect("findById", recordOf(before)).is(Optional.of(before));
        clock().set(last.plus(Duration.ofDays(1)));
        expect(
                        "one a day later",
                        Words.of(nodes.get(0).usernameChange().change(ada.token(nodes.get(0)), freshUsername())))
                .is("CHANGED");
    }

    @Rule(
            id = "OWN-15",
            promise =
                    "A purge MUST remove an account that was closed for the set time, to the microsecond, with its tokens, and"
                            + " free its identifiers; and MUST leave every other account, however old.",
            why = "Who left stays in the database, or who did not leave is gone.")
    @ResourceLock(PURGE)
    public final void own15APurgeRemovesClosedAccounts() {
        Duration kept = Duration.ofDays(3);
        Mailbox mailbox = new Mailbox();
        Accounts accounts = mailing(stores(), mailbox).closedAccountsKept(kept).build();
        Instant closedAt = Samples.longAgo();
        clock().set(closedAt.plus(kept));
        drain(limit -> accounts.administration().purge(limit).accounts());
        clock().set(closedAt);
        Person ada = new Person().registered(accounts);
        Person disabled = new Person().registered(accounts);
        Person active = new Person().registered(accounts);
        disable(disabled);
        UserId id = ada.id(accounts);
        String session = ada.token(accounts);
        expect("the closing", accounts.administration().close(id).map(User::status))
                .is(Optional.of(UserStatus.CLOSED));
        clock().set(closedAt.plus(kept).minus(Samples.TICK));
        expect(
                        "the accounts of a purge a microsecond early",
                        accounts.administration().purge(10).accounts())
                .is(0);
        clock().set(closedAt.plus(kept));
        expect("the accounts of a purge", accounts.administration().purge(10).accounts())
                .is(1);
        expect("find", accounts.administration().find(id)).is(Optional.empty());
        expectEnded(accounts, session);
        for (Person left : List.of(disabled, active)) {
            expect(
                            "whether another account is there",
                            users().findByEmail(left.email().toLowerCase(Locale.ROOT))
                                    .isPresent())
                    .is(true);
        }
        expect("a registration with the freed identifiers", Person.told(ada.register(accounts)))
                .is("REGISTERED");
        expectEnded(accounts, session);
    }
}
