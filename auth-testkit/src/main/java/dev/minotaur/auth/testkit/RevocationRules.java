package dev.minotaur.auth.testkit;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.Revocation;
import dev.minotaur.auth.RevocationCause;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.AuthStores;
import java.util.LinkedHashMap;
import java.util.Map;

/** What ends which tokens: each cell of the table, over the stores. */
abstract class RevocationRules extends OwnerFaultRules {

    RevocationRules() {}

    @Rule(
            id = "REV-1",
            promise =
                    "Whatever happens to an account MUST end the tokens that the table of revocation says, and no others; what"
                            + " it ends by the stamp MUST end also where no row is deleted.",
            why = "A session or a link that outlives what should have ended it opens the account to whoever has it.")
    public final void rev1EachCauseEndsWhatTheTableSays() {
        for (RevocationCause cause : RevocationCause.values()) {
            expectEnds(cause, stores(), true);
            expectEnds(cause, Undeleting.tokensOf(stores()), false);
        }
    }

    private void expectEnds(RevocationCause cause, AuthStores stores, boolean deletes) {
        Mailbox mailbox = new Mailbox();
        Accounts accounts = mailing(stores, mailbox).build();
        Visited visited = visited(accounts, cause);
        act(cause, accounts, visited);
        Map<TokenPurpose, Boolean> good = new LinkedHashMap<>();
        good.put(TokenPurpose.SESSION, Person.check(accounts, visited.other()).equals(LIVE));
        good.put(TokenPurpose.SIGN_UP, accounts.signUp().look(visited.signUp()).isPresent());
        good.put(
                TokenPurpose.PASSWORD_RESET,
                accounts.passwordReset().look(visited.reset()).isPresent());
        good.put(
                TokenPurpose.EMAIL_CHANGE,
                accounts.emailChange().look(visited.change()).isPresent());
        good.put(
                TokenPurpose.SIGN_IN_LINK,
                accounts.signInLink().look(visited.signIn()).isPresent());
        Map<TokenPurpose, Boolean> expected = new LinkedHashMap<>();
        for (TokenPurpose purpose : RevocationCause.PURPOSES) {
            Revocation cell = cause.of(purpose);
            expected.put(purpose, cell == Revocation.KEPT || (cell == Revocation.BY_DELETE && !deletes));
        }
        expect("which tokens are good after " + cause + (deletes ? "" : ", where nothing is deleted"), good)
                .is(expected);
    }

    /** Somebody with a session to act in and a token of each purpose besides. */
    private record Visited(
            Person person,
            UserId id,
            TokenId actingId,
            String acting,
            String other,
            Person newcomer,
            String signUp,
            String reset,
            String change,
            String signIn) {}

    private Visited visited(Accounts accounts, RevocationCause cause) {
        Person ada = new Person().registered(accounts);
        if (cause != RevocationCause.CONFIRMED_BY_LINK) {
            rewrite(ada, user -> user.emailConfirmedAt(clock().instant()));
        }
        SignInResult.SignedIn signedIn = ada.signedIn(accounts, Person.PASSWORD);
        String acting = signedIn.token().reveal();
        String other = ada.token(accounts);
        Person newcomer = new Person();
        return new Visited(
                ada,
                ada.id(accounts),
                signedIn.session().id(),
                acting,
                other,
                newcomer,
                signUpLink(newcomer),
                resetLink(ada),
                changeLink(ada, acting, freshEmail()),
                signInLink(ada));
    }

    private void act(RevocationCause cause, Accounts accounts, Visited visited) {
        Person ada = visited.person();
        String done =
                switch (cause) {
                    case SIGNED_IN -> Person.told(ada.signIn(accounts, Person.PASSWORD));
                    case SIGNED_IN_BY_LINK, CONFIRMED_BY_LINK ->
                        Person.told(accounts.signInLink().use(visited.signIn()));
                    case SIGNED_UP -> Person.told(visited.newcomer().confirm(accounts, visited.signUp()));
                    case OTHER_SESSIONS_ENDED ->
                        "ended: " + accounts.sessions().endOthers(visited.id(), visited.actingId());
                    case ALL_SESSIONS_ENDED -> "ended: " + accounts.sessions().endAll(visited.id());
                    case PASSWORD_CHANGED ->
                        Person.told(ada.change(accounts, visited.acting(), Person.PASSWORD, Person.NEXT_PASSWORD));
                    case PASSWORD_RESET -> Person.told(ada.reset(accounts, visited.reset()));
                    case EMAIL_CHANGED -> Words.of(accounts.emailChange().confirm(visited.change()));
                    case USERNAME_CHANGED ->
                        Words.of(accounts.usernameChange().change(visited.acting(), freshUsername()));
                    case DISABLED ->
                        "" + accounts.administration().disable(visited.id()).isPresent();
                    case CLOSED -> Words.of(accounts.closing().close(visited.acting()));
                    case DELETED -> "" + accounts.administration().delete(visited.id());
                };
        expect("what is told of " + cause, done)
                .isOneOf(
                        "SIGNED_IN",
                        "REGISTERED",
                        "ended: 0",
                        "ended: 1",
                        "ended: true",
                        "CHANGED",
                        "RESET",
                        "CLOSED",
                        "true");
    }
}
