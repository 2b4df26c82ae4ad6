package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.PasswordChangeRefusal;
import dev.minotaur.auth.PasswordChangeResult;
import dev.minotaur.auth.PurgeResult;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.User;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.password.PasswordProblem;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.parallel.ResourceLock;

/** How a password changes, what an operator does, the purge and a restart, over the stores. */
abstract class AccountRules extends SessionRules {

    AccountRules() {}

    @Rule(
            id = "ACC-16",
            promise =
                    "A change of password MUST let the new one sign in and the old one not, give this session a fresh secret"
                            + " under its id, and end the old secret and all other sessions.",
            why = "Who changes the password because somebody else knows it has not got rid of them.")
    public final void acc16AChangeOfPasswordEndsTheRest() {
        Accounts accounts = accounts();
        Person ada = new Person().registered(accounts);
        SignInResult.SignedIn current = ada.signedIn(accounts, Person.PASSWORD);
        String other = ada.token(accounts);
        clock().advance(Duration.ofMinutes(5));
        PasswordChangeResult.Changed changed =
                ada.changed(accounts, current.token().reveal());
        String fresh = changed.token().orElseThrow().reveal();
        expectCheck(accounts, fresh, LIVE);
        expect("the id of the session", changed.token().orElseThrow().id())
                .is(current.session().id());
        expectCheck(accounts, current.token().reveal(), INVALID);
        expect("check of the other session", Person.check(accounts, other)).isOneOf(INVALID, REVOKED);
        expect("the user's sessions", ada.sessions(accounts).size()).is(1);
        expect("the end of the session", ada.sessions(accounts).get(0).expiresAt())
                .is(current.session().expiresAt());
        expect("a sign-in with the old password", Person.told(ada.signIn(accounts, Person.PASSWORD)))
                .is(BAD_CREDENTIALS);
        expect("a sign-in with the new password", Person.told(ada.signIn(accounts, Person.NEXT_PASSWORD)))
                .is("SIGNED_IN");
    }

    @Rule(
            id = "ACC-17",
            promise =
                    "A change of password with a wrong current one, a weak new one or no good session MUST be refused and"
                            + " change nothing.",
            why = "A machine left alone for a minute is enough to take the account over.")
    public final void acc17ARefusedChangeChangesNothing() {
        Accounts accounts = accounts();
        Person ada = new Person().registered(accounts);
        String token = ada.token(accounts);
        String other = ada.token(accounts);
        UserRecord before = users().findById(ada.id(accounts)).orElseThrow();
        expect("a wrong current password", ada.change(accounts, token, "wrong", Person.NEXT_PASSWORD))
                .is(refused(PasswordChangeRefusal.WRONG_PASSWORD, Optional.empty()));
        expect("a weak new password", ada.change(accounts, token, Person.PASSWORD, "x".repeat(14)))
                .is(refused(PasswordChangeRefusal.PASSWORD_NOT_ACCEPTED, Optional.of(PasswordProblem.TOO_SHORT)));
        expect("no session", ada.change(accounts, "", Person.PASSWORD, Person.NEXT_PASSWORD))
                .is(refused(PasswordChangeRefusal.NOT_SIGNED_IN, Optional.empty()));
        expect("findById", users().findById(before.id())).is(Optional.of(before));
        expectCheck(accounts, token, LIVE);
        expectCheck(accounts, other, LIVE);
    }

    @Rule(
            id = "ACC-18",
            promise =
                    "Disabling an account MUST end its sessions and refuse its sign-ins; enabling it MUST allow sign-ins and"
                            + " bring no session back.",
            why = "A dismissed employee goes on working, or comes back with the old session.")
    public final void acc18DisablingEndsSessions() {
        Accounts accounts = accounts();
        Accounts other = settings(otherHandle()).build();
        Person ada = new Person().registered(accounts);
        String token = ada.token(accounts);
        UserId id = ada.id(accounts);
        expect("disable", accounts.administration().disable(id).map(User::status))
                .is(Optional.of(UserStatus.DISABLED));
        expect("check of the session", Person.check(other, token)).isOneOf(INVALID, REVOKED);
        expect("the sign-in", Person.told(ada.signIn(other, Person.PASSWORD))).is(BAD_CREDENTIALS);
        expect("enable", other.administration().enable(id).map(User::status)).is(Optional.of(UserStatus.ACTIVE));
        expect("check of the session", Person.check(accounts, token)).isOneOf(INVALID, REVOKED);
        expectCheck(other, ada.token(accounts), LIVE);
        expect("disable of nobody", accounts.administration().disable(Samples.userId()))
                .is(Optional.empty());
    }

    @Rule(
            id = "ACC-19",
            promise =
                    "Deleting a user MUST end the user's sessions, free the identifiers at once, and bring nothing back to"
                            + " who registers with them next.",
            why = "The next owner of an address would be handed the last one's sessions.")
    public final void acc19DeletingLeavesNothing() {
        Accounts accounts = accounts();
        Person ada = new Person().registered(accounts);
        String token = ada.token(accounts);
        UserId id = ada.id(accounts);
        expect("delete", accounts.administration().delete(id)).is(true);
        expect("the second delete", accounts.administration().delete(id)).is(false);
        expectCheck(accounts, token, INVALID);
        expect("the sign-in", Person.told(ada.signIn(accounts, Person.PASSWORD)))
                .is(BAD_CREDENTIALS);
        expect("the registration of the next owner", Person.told(ada.register(accounts)))
                .is("REGISTERED");
        expectCheck(accounts, token, INVALID);
        expect("the next owner's sessions", ada.sessions(accounts)).is(List.of());
    }

    @Rule(
            id = "ACC-20",
            promise =
                    "A purge MUST delete expired sessions, at most as many as it is told at a time, and no session that is"
                            + " good.",
            why = "The table grows for ever, or a purge signs people out.")
    @ResourceLock(PURGE)
    public final void acc20PurgesTakeWhatIsExpired() {
        Instant issued = Samples.longAgo();
        clock().set(issued);
        Accounts accounts = accounts();
        Person ada = new Person().registered(accounts);
        List<String> expired = many(5, () -> ada.token(accounts));
        clock().set(issued.plus(Duration.ofDays(20)));
        String good = ada.token(accounts);
        clock().set(issued.plus(Duration.ofDays(25)));
        expectCheck(accounts, good, LIVE);
        clock().set(issued.plus(Duration.ofDays(30)));
        UserId id = ada.id(accounts);
        int before = tokens().listByUser(id, TokenPurpose.SESSION).size();
        expect("rows of the user's sessions", before).is(6);
        PurgeResult purged;
        do {
            purged = accounts.administration().purge(2);
            expect("how many a purge of 2 deleted", purged.tokens()).isTrueOf("at most 2", purged.tokens() <= 2);
        } while (purged.tokens() > 0);
        expect(
                        "rows of the user's sessions",
                        tokens().listByUser(id, TokenPurpose.SESSION).size())
                .is(1);
        expectCheck(accounts, good, LIVE);
        for (String token : expired) {
            expectCheck(accounts, token, INVALID);
        }
        expectThrow(IllegalArgumentException.class, "a purge of 0", () -> accounts.administration()
                .purge(0));
    }

    @Rule(
            id = "ACC-21",
            promise =
                    "After a restart a registered user MUST be able to sign in, a good session MUST be good and an ended one"
                            + " MUST be refused; where the fixture says HEAP_ONLY, nobody is known.",
            why = "A deployment loses everybody's account, or brings ended sessions back.")
    public final void acc21AccountsOutliveTheProgram() {
        Accounts before = accounts();
        Person ada = new Person().registered(before);
        String good = ada.token(before);
        String ended = ada.token(before);
        expect("end", before.sessions().end(ended)).is(true);
        run().restart();
        boolean there = run().durability() == Durability.SURVIVES_RESTART;
        Accounts after = accounts();
        expect("the sign-in", Person.told(ada.signIn(after, Person.PASSWORD)))
                .is(there ? "SIGNED_IN" : BAD_CREDENTIALS);
        expectCheck(after, good, there ? LIVE : INVALID);
        expectCheck(after, ended, INVALID);
    }

    private static PasswordChangeResult refused(PasswordChangeRefusal reason, Optional<PasswordProblem> problem) {
        return new PasswordChangeResult.Refused(reason, problem, Optional.empty());
    }
}
