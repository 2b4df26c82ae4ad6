package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.SessionPolicy;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** What the rules about an owner's identifiers, links and closed accounts work with. */
abstract class OwnerBase extends NewPasswordRules {

    static final String NOT_SIGNED_IN = "NOT_SIGNED_IN";
    static final String NOT_RECENT = "NOT_RECENT";

    /** For how long somebody has authenticated recently, by default. */
    static final Duration RECENT = Duration.ofMinutes(15);

    static final Duration INTERVAL = Duration.ofMinutes(2);

    OwnerBase() {}

    /** The open form, with mail that is sent before the answer. */
    final Accounts.Builder mailing(AuthStores stores, Mailbox mailbox) {
        return settings(stores).mailer(mailbox).executor(Runnable::run).allowSignInByEmailedLink();
    }

    final Accounts mailing(Mailbox mailbox) {
        return mailing(stores(), mailbox).build();
    }

    final List<Accounts> mailingNodes(Mailbox mailbox) {
        return List.of(
                mailing(handle(0), mailbox).build(), mailing(handle(1), mailbox).build());
    }

    /** A good link to change somebody's address, asked for over the other handle. */
    final String changeLink(Person person, String email) {
        return changeLink(person, person.token(accounts(1)), email);
    }

    /** The same in a session. */
    final String changeLink(Person person, String session, String email) {
        Mailbox mailbox = new Mailbox();
        Accounts accounts = mailing(handle(1), mailbox).build();
        expect("the request", Words.of(accounts.emailChange().request(session, email)))
                .is(ACCEPTED);
        return mailbox.token(email);
    }

    /** A good link to sign in, asked for over the other handle. */
    final String signInLink(Person person) {
        Mailbox mailbox = new Mailbox();
        Accounts accounts = mailing(handle(1), mailbox).build();
        expect("the request", Person.told(accounts.signInLink().request(person.email())))
                .is(ACCEPTED);
        return mailbox.token(person.email());
    }

    static String freshEmail() {
        return "Next." + Samples.unique() + "@Example.org";
    }

    static String freshUsername() {
        return "Next_" + Samples.unique().substring(0, 20);
    }

    static String upper(String text) {
        return text.toUpperCase(Locale.ROOT);
    }

    final Optional<UserRecord> recordOf(UserRecord user) {
        return users().findById(user.id());
    }

    static void expectEnded(Accounts accounts, String session) {
        expect("check of a session", Person.check(accounts, session)).isOneOf(INVALID, REVOKED);
    }

    /** Only in a good session, and while its password was proven recently, to the microsecond; its last use does not count. */
    final void expectRecent(Asking asking) {
        SessionPolicy touching = SessionPolicy.defaults().withTouchInterval(Duration.ofMinutes(1));
        Mailbox mailbox = new Mailbox();
        Accounts accounts = mailing(stores(), mailbox).sessionPolicy(touching).build();
        Person ada = new Person().registered(accounts);
        String ended = ada.token(accounts);
        expect("the end of a session", accounts.sessions().end(ended)).is(true);
        String session = ada.token(accounts);
        for (String none : List.of("", "x".repeat(64), ended, wrongSecret(session), resetLink(ada))) {
            expect("what is asked for without a good session", asking.ask(accounts, none))
                    .is(NOT_SIGNED_IN);
        }
        Instant end = clock().instant().plus(RECENT);
        clock().set(end.minus(Samples.TICK));
        expectCheck(accounts, session, LIVE);
        UserRecord before = record(ada);
        clock().set(end);
        expect("what is asked for when the password was proven too long ago", asking.ask(accounts, session))
                .is(NOT_RECENT);
        expect("findById", recordOf(before)).is(Optional.of(before));
        expect("what is sent", mailbox.told()).is(List.of());
        clock().set(end.minus(Samples.TICK));
        expect("the same a microsecond earlier", asking.ask(accounts, session)).isOneOf(ACCEPTED, "CHANGED", "CLOSED");
    }

    /** Asks for something in a session. */
    interface Asking {
        String ask(Accounts accounts, String session);
    }

    /** Whatever ends the links of an account, and brings it back. */
    final Map<String, Consumer<Person>> happenings() {
        return Map.of(
                "disabled and enabled",
                ada -> {
                    disable(ada);
                    expect(
                                    "enable",
                                    accounts()
                                            .administration()
                                            .enable(ada.id(accounts()))
                                            .isPresent())
                            .is(true);
                },
                "closed and reopened",
                ada -> {
                    expect(
                                    "close",
                                    accounts()
                                            .administration()
                                            .close(ada.id(accounts()))
                                            .isPresent())
                            .is(true);
                    expect(
                                    "reopen",
                                    accounts()
                                            .administration()
                                            .reopen(ada.id(accounts()))
                                            .isPresent())
                            .is(true);
                },
                "signed out everywhere",
                ada -> expect("endAll", accounts().sessions().endAll(ada.id(accounts())))
                        .is(true),
                "given another password",
                ada -> ada.changed(accounts(), ada.token(accounts())),
                "given another password by its owner, who has the mail",
                ada -> expect("the reset", Person.told(ada.reset(mailing(new Mailbox()), resetLink(ada))))
                        .is("RESET"),
                "deleted and registered anew",
                ada -> {
                    expect("delete", accounts().administration().delete(ada.id(accounts())))
                            .is(true);
                    ada.registered(accounts());
                });
    }

    static RawPassword password(String text) {
        return RawPassword.ofString(text);
    }

    /** Signs in with any identifier and gives the token. */
    static String signedIn(Accounts accounts, String identifier) {
        SignInResult result = accounts.signIn().withPassword(identifier, password(Person.PASSWORD));
        if (result instanceof SignInResult.SignedIn signedIn) {
            return signedIn.token().reveal();
        }
        throw new Unmet("sign in", "SignedIn", Person.told(result));
    }

    static List<Integer> indexes(List<?> items) {
        return IntStream.range(0, items.size()).boxed().toList();
    }
}
