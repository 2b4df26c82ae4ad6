package dev.minotaur.auth.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.examples.DownStores;
import dev.minotaur.auth.inmemory.InMemoryAuthStores;
import dev.minotaur.auth.password.BcryptPasswordHasher;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoreException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShellTest {

    private static final String PASSWORD = "correct horse battery staple";
    private static final String OTHER_PASSWORD = "an entirely different one";

    private final Accounts accounts = accounts(InMemoryAuthStores.create());

    private static Accounts accounts(AuthStores stores) {
        return QuickStart.options(stores)
                .hasher(BcryptPasswordHasher.insecurelyCheapForTests(4))
                .clock(Clock.fixed(Instant.parse("2026-01-01T00:00:00Z"), ZoneOffset.UTC))
                .build();
    }

    private List<String> type(String... lines) {
        return Typed.into(accounts, lines);
    }

    private String login(String identifier) {
        return Typed.tokenIn(type("login " + identifier, PASSWORD).get(0));
    }

    @Test
    void aUserRegistersSignsInAndIsKnownByTheToken() {
        assertThat(type("register ada@example.org ada", PASSWORD)).containsExactly("ok: ada is registered");
        assertThat(type("check " + login("ADA@example.org")).get(0))
                .startsWith("ok: ada is signed in, session ")
                .endsWith(" until 2026-01-31T00:00:00Z");
        assertThat(type("check " + login("Ada")).get(0)).startsWith("ok: ada is signed in");
    }

    @Test
    void aUserWithoutAUsernameGoesByTheAddressAsEntered() {
        assertThat(type("register Ada@Example.org", PASSWORD)).containsExactly("ok: Ada@Example.org is registered");
    }

    @Test
    void aTakenAddressIsRefusedInAnyCase() {
        type("register ada@example.org", PASSWORD);

        assertThat(type("register ADA@EXAMPLE.ORG", PASSWORD))
                .containsExactly("refused: Somebody has registered with that e-mail address.");
    }

    @Test
    void whatARegistrationMayNotContainIsExplained() {
        type("register ada@example.org ada", PASSWORD);

        assertThat(type(
                        "register bob@example.org ADA",
                        PASSWORD,
                        "register bob@example.org a@b",
                        PASSWORD,
                        "register nobody",
                        PASSWORD,
                        "register bob@example.org",
                        "too short",
                        "register bob@example.org",
                        "x".repeat(73),
                        "register bob@example.org",
                        "with a NUL \0 inside of it"))
                .containsExactly(
                        "refused: Somebody has that username. Choose another.",
                        "refused: A username is 3 to 32 letters, digits, dots, underscores and hyphens.",
                        "refused: That is no e-mail address this service can use.",
                        "refused: A password has at least 15 characters: a few words will do.",
                        "refused: A password has at most 72 bytes, which is 72 plain letters. Shorten it.",
                        "refused: The password has a character that cannot be typed everywhere. Choose another.");
    }

    @Test
    void aWrongPasswordAndAnUnknownUserGetTheSameAnswer() {
        type("register ada@example.org", PASSWORD);

        assertThat(type("login ada@example.org", OTHER_PASSWORD, "login eve@example.org", PASSWORD))
                .containsExactly(
                        "refused: No account goes by that name and password.",
                        "refused: No account goes by that name and password.");
    }

    @Test
    void theSixthWrongPasswordInARowHasToWait() {
        type("register ada@example.org", PASSWORD);
        for (int i = 0; i < 5; i++) {
            type("login ada@example.org", OTHER_PASSWORD);
        }

        assertThat(type("login ada@example.org", PASSWORD))
                .containsExactly("refused: Too many attempts. Try again in 30 seconds.");
    }

    @Test
    void sessionsAreListedAndTheOthersEnded() {
        type("register ada@example.org ada", PASSWORD);
        String first = login("ada");
        String second = login("ada");

        assertThat(type("sessions " + second).get(0))
                .startsWith("ok: 2 of ada: ")
                .contains(" since 2026-01-01T00:00:00Z")
                .containsOnlyOnce("(this one)");
        assertThat(type("logout-others " + second)).containsExactly("ok: other sessions ended: 1");
        assertThat(type("check " + first)).containsExactly("refused: You are not signed in.");
        assertThat(type("sessions " + second).get(0)).startsWith("ok: 1 of ada: ");
    }

    @Test
    void aSessionThatIsLoggedOutIsOver() {
        type("register ada@example.org", PASSWORD);
        String token = login("ada@example.org");

        assertThat(type("logout " + token, "check " + token, "logout " + token))
                .containsExactly(
                        "ok: signed out",
                        "refused: You are not signed in.",
                        "refused: There is no session with that token.");
    }

    @Test
    void aNewPasswordEndsAllOtherSessionsAndRenewsTheToken() {
        type("register ada@example.org ada", PASSWORD);
        String other = login("ada");
        String token = login("ada");

        String answer = type("passwd " + token, PASSWORD, OTHER_PASSWORD).get(0);

        assertThat(answer).startsWith("ok: the password is changed and all other sessions have ended, token ");
        String fresh = Typed.tokenIn(answer);
        assertThat(type("check " + other, "check " + token))
                .containsExactly("refused: You are not signed in.", "refused: You are not signed in.");
        assertThat(type("check " + fresh).get(0)).startsWith("ok: ada is signed in");
        assertThat(type("login ada", PASSWORD)).containsExactly("refused: No account goes by that name and password.");
    }

    @Test
    void whyAPasswordIsNotChangedIsExplained() {
        type("register ada@example.org ada", PASSWORD);
        String token = login("ada");

        assertThat(type(
                        "passwd nonsense",
                        PASSWORD,
                        OTHER_PASSWORD,
                        "passwd " + token,
                        OTHER_PASSWORD,
                        OTHER_PASSWORD,
                        "passwd " + token,
                        PASSWORD,
                        "short"))
                .containsExactly(
                        "refused: You are not signed in, so the password stays as it is.",
                        "refused: That is not your present password.",
                        "refused: A password has at least 15 characters: a few words will do.");
    }

    @Test
    void aCommandThatIsNoneIsExplainedAndNotRepeated() {
        assertThat(type("frobnicate", PASSWORD, "CHECK x", "check", "check one two", "quit now", "help me"))
                .containsExactly(
                        "error: there is no such command; help lists them",
                        "error: there is no such command; help lists them",
                        "error: there is no such command; help lists them",
                        "error: usage: check TOKEN",
                        "error: usage: check TOKEN",
                        "error: usage: quit",
                        "error: usage: help");
    }

    @Test
    void emptyLinesAndSpacesDoNotMatter() {
        assertThat(type("", "   ", "\t quit  ")).containsExactly("ok: good-bye");
    }

    @Test
    void nothingIsReadAfterQuit() {
        assertThat(type("quit", "help")).containsExactly("ok: good-bye");
    }

    @Test
    void helpNamesEveryCommand() {
        String help = String.join("\n", type("help"));

        for (Command command : Command.values()) {
            assertThat(help).contains("  " + command.usage() + " ");
        }
    }

    @Test
    void inputThatEndsInsteadOfAPasswordIsExplained() {
        assertThat(type("login ada@example.org"))
                .containsExactly("error: the input ended where a password was expected");
        assertThat(type("passwd token", PASSWORD))
                .containsExactly("error: the input ended where a password was expected");
    }

    @Test
    void aFailedStoreIsExplainedAndTheProgramGoesOn() {
        assertThat(Typed.into(
                        accounts(DownStores.failingWith(StoreException.nothingHappened("no connection", null))),
                        "login ada",
                        PASSWORD,
                        "quit"))
                .containsExactly(
                        "error: The database cannot be reached. Nothing has changed; try again later.", "ok: good-bye");
        assertThat(Typed.into(
                        accounts(DownStores.failingWith(StoreException.outcomeUnknown("the answer was lost", null))),
                        "logout " + "A".repeat(64),
                        "quit"))
                .containsExactly(
                        "error: The database failed half-way. See whether it was done before you try again.",
                        "ok: good-bye");
    }
}
