package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.PasswordChangeRefusal;
import dev.minotaur.auth.PasswordChangeResult;
import dev.minotaur.auth.PasswordResetRefusal;
import dev.minotaur.auth.PasswordResetResult;
import dev.minotaur.auth.RegistrationRefusal;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.password.PasswordProblem;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.UserRecord;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What no new password may be, at every place where one is set: what is guessed first of this account, or of any. */
abstract class NewPasswordRules extends LinkFaultRules {

    NewPasswordRules() {}

    @Rule(
            id = "ACC-34",
            promise =
                    "A registration in the open form and a change of password MUST refuse, in whatever case, the account's"
                            + " own e-mail address, its username and a common password, say which it is, and change nothing.",
            why = "Whoever guesses begins with the address and the name, and goes on with what most people have.")
    public final void acc34WhatIsGuessedFirstIsNoPassword() {
        Accounts accounts = accounts();
        Person ada = new Person();
        guessedFirst(ada).forEach((password, problem) -> {
            expect(
                            "a registration with " + problem,
                            accounts.registration()
                                    .registerUnconfirmed(ada.email(), ada.username(), RawPassword.ofString(password)))
                    .is(notRegistered(problem));
            expect("find by e-mail address", accounts.administration().find(ada.email()))
                    .is(Optional.empty());
        });
        String token = ada.registered(accounts).token(accounts);
        String other = ada.token(accounts);
        UserRecord before = record(ada);
        guessedFirst(ada).forEach((password, problem) -> expect(
                        "a change to " + problem, ada.change(accounts, token, Person.PASSWORD, password))
                .is(new PasswordChangeResult.Refused(
                        PasswordChangeRefusal.PASSWORD_NOT_ACCEPTED, Optional.of(problem), Optional.empty())));
        expect("findById", users().findById(before.id())).is(Optional.of(before));
        expectCheck(accounts, token, LIVE);
        expectCheck(accounts, other, LIVE);
        expect("the change", Person.told(ada.change(accounts, token, Person.PASSWORD, Person.NEXT_PASSWORD)))
                .is("CHANGED");
    }

    @Rule(
            id = "SUP-20",
            promise =
                    "A confirmation MUST refuse, in whatever case, the link's e-mail address, the username and a common"
                            + " password as a password, say which it is, store nothing and leave the link good.",
            why = "Whoever guesses begins with the address and the name, and goes on with what most people have.")
    public final void sup20WhatIsGuessedFirstIsNoPassword() {
        Accounts accounts = strict(stores(), new Mailbox()).build();
        Person ada = new Person();
        String token = signUpLink(ada);
        guessedFirst(ada).forEach((password, problem) -> expect(
                        "a confirmation with " + problem,
                        accounts.signUp().confirm(token, ada.username(), RawPassword.ofString(password)))
                .is(notRegistered(problem)));
        expect("find by e-mail address", accounts.administration().find(ada.email()))
                .is(Optional.empty());
        expectLink("what is seen of the link", accounts.signUp().look(token), ada);
        expect("the confirmation", Person.told(ada.confirm(accounts, token))).is("REGISTERED");
    }

    @Rule(
            id = "RST-20",
            promise =
                    "A reset MUST refuse, in whatever case, the account's own e-mail address, its username and a common"
                            + " password, say which it is, change nothing and leave the link good.",
            why = "Who was hijacked would choose what is guessed next.")
    public final void rst20WhatIsGuessedFirstIsNoPassword() {
        Accounts accounts = strict(stores(), new Mailbox()).build();
        Person ada = new Person().registered(accounts());
        String session = ada.token(accounts());
        UserRecord before = record(ada);
        String token = resetLink(ada);
        guessedFirst(ada).forEach((password, problem) -> expect(
                        "a reset to " + problem, accounts.passwordReset().use(token, RawPassword.ofString(password)))
                .is(new PasswordResetResult.Refused(
                        PasswordResetRefusal.PASSWORD_NOT_ACCEPTED, Optional.of(problem), Optional.empty())));
        expect("findById", users().findById(before.id())).is(Optional.of(before));
        expectCheck(accounts(), session, LIVE);
        expect("the reset", Person.told(ada.reset(accounts, token))).is("RESET");
    }

    private static Map<String, PasswordProblem> guessedFirst(Person person) {
        Map<String, PasswordProblem> guesses = new LinkedHashMap<>();
        guesses.put(person.email(), PasswordProblem.CONTEXT);
        guesses.put(person.email().toUpperCase(Locale.ROOT), PasswordProblem.CONTEXT);
        guesses.put(person.username(), PasswordProblem.CONTEXT);
        guesses.put(person.username().toUpperCase(Locale.ROOT), PasswordProblem.CONTEXT);
        guesses.put("passwordpassword", PasswordProblem.COMMON);
        guesses.put("PasswordPassword", PasswordProblem.COMMON);
        return guesses;
    }

    private static RegistrationResult notRegistered(PasswordProblem problem) {
        return new RegistrationResult.Refused(
                RegistrationRefusal.PASSWORD_NOT_ACCEPTED, Optional.of(problem), Optional.empty());
    }
}
