package dev.minotaur.auth.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.examples.DownStores;
import dev.minotaur.auth.inmemory.InMemoryAuthStores;
import dev.minotaur.auth.password.BcryptSha256PasswordHasher;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.testkit.MutableClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShellTest {

    private static final String PASSWORD = "correct horse battery staple";
    private static final String OTHER_PASSWORD = "an entirely different one";

    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final ByteArrayOutputStream mail = new ByteArrayOutputStream();
    private final Accounts accounts = accounts(InMemoryAuthStores.create());

    private Accounts accounts(AuthStores stores) {
        return QuickStart.options(stores, new PrintStream(mail, true, StandardCharsets.UTF_8))
                .hasher(BcryptSha256PasswordHasher.insecurelyCheapForTests(4))
                .clock(clock)
                .build();
    }

    private List<String> type(String... lines) {
        return Typed.into(accounts, lines);
    }

    /** Long enough for the next mail, and for a password to have been proven too long ago. */
    private void later() {
        clock.advance(Duration.ofMinutes(15));
    }

    /** What the last mail says. */
    private String lastMail() {
        return mail.toString(StandardCharsets.UTF_8)
                .lines()
                .reduce((first, last) -> last)
                .orElseThrow();
    }

    private String linkTo(String email) {
        assertThat(type("register " + email)).containsExactly("ok: the mail tells how to go on");
        return Typed.tokenIn(lastMail());
    }

    private void registered(String email) {
        assertThat(type("confirm " + linkTo(email), PASSWORD)).containsExactly("ok: " + email + " is registered");
    }

    private void registered(String email, String username) {
        assertThat(type("confirm " + linkTo(email) + " " + username, PASSWORD))
                .containsExactly("ok: " + username + " is registered");
    }

    private String login(String identifier) {
        return Typed.tokenIn(type("login " + identifier, PASSWORD).get(0));
    }

    @Test
    void aUserRegistersSignsInAndIsKnownByTheToken() {
        registered("ada@example.org", "ada");
        assertThat(type("check " + login("ADA@example.org")).get(0))
                .startsWith("ok: ada is signed in, session ")
                .endsWith(" until 2026-01-31T00:00:00Z");
        assertThat(type("check " + login("Ada")).get(0)).startsWith("ok: ada is signed in");
    }

    @Test
    void aUserWithoutAUsernameGoesByTheAddressAsEntered() {
        registered("Ada@Example.org");
    }

    @Test
    void aTakenAddressIsToldToItsOwnerAndToNobodyElse() {
        registered("ada@example.org");
        later();

        assertThat(type("register ADA@EXAMPLE.ORG")).containsExactly("ok: the mail tells how to go on");
        assertThat(lastMail())
                .isEqualTo("mail to ada@example.org: somebody gave your address, which has an account;"
                        + " if it was you: forgot");
    }

    @Test
    void aMailIsNotSentTwiceInARow() {
        type("register ada@example.org");

        assertThat(type("register ada@example.org"))
                .containsExactly("refused: A mail was sent to that address already. Ask again in 120 seconds.");
    }

    @Test
    void whatARegistrationMayNotContainIsExplained() {
        registered("ada@example.org", "ada");
        String link = linkTo("bob@example.org");

        assertThat(type(
                        "register nobody",
                        "confirm " + link + " ADA",
                        PASSWORD,
                        "confirm " + link + " a@b",
                        PASSWORD,
                        "confirm " + link,
                        "too short",
                        "confirm " + link,
                        "x".repeat(1025),
                        "confirm " + link,
                        "with a NUL \0 inside of it",
                        "confirm " + link,
                        PASSWORD,
                        "confirm " + link,
                        PASSWORD))
                .containsExactly(
                        "refused: That is no e-mail address this service can use.",
                        "refused: Somebody has that username. Choose another.",
                        "refused: A username is 3 to 32 letters, digits, dots, underscores and hyphens.",
                        "refused: A password has at least 15 characters: a few words will do.",
                        "refused: A password has at most 1024 bytes, which is 1024 plain letters. Shorten it.",
                        "refused: The password has a character that cannot be typed everywhere. Choose another.",
                        "ok: bob@example.org is registered",
                        "refused: That link is not good, or no longer. Ask for another.");
    }

    @Test
    void aForgottenPasswordIsSetAnew() {
        registered("ada@example.org", "ada");
        String token = login("ada");

        assertThat(type("forgot ada@example.org")).containsExactly("ok: the mail tells how to go on");
        String link = Typed.tokenIn(lastMail());
        assertThat(type("reset " + link, "short", "reset " + link, OTHER_PASSWORD, "reset " + link, OTHER_PASSWORD))
                .containsExactly(
                        "refused: A password has at least 15 characters: a few words will do.",
                        "ok: the password is set and all sessions have ended: sign in",
                        "refused: That link is not good, or no longer. Ask for another.");
        assertThat(lastMail())
                .isEqualTo("mail to ada@example.org: your password was changed; if it was not you: forgot");
        assertThat(type("check " + token, "login ada", PASSWORD))
                .containsExactly(
                        "refused: You are not signed in.", "refused: No account goes by that name and password.");
        assertThat(type("login ada", OTHER_PASSWORD).get(0)).startsWith("ok: ada is signed in");
    }

    @Test
    void whoIsUnknownForgetsWithTheSameAnswerAndNoMail() {
        assertThat(type("forgot eve@example.org")).containsExactly("ok: the mail tells how to go on");
        assertThat(mail.size()).isZero();
    }

    @Test
    void anAddressIsChangedOnceItIsProven() {
        registered("ada@example.org", "ada");
        registered("bob@example.org");
        String token = login("ada");

        assertThat(type("change-email " + token + " ada@example.com", "change-email " + token + " ada@example.org"))
                .containsExactly("ok: a link was sent to the new address", "refused: That is your address already.");
        String link = Typed.tokenIn(lastMail());
        assertThat(type("confirm-email " + link, "confirm-email " + link, "check " + token))
                .containsExactly(
                        "ok: the address is ada@example.com and all sessions have ended: sign in",
                        "refused: That link is not good, or no longer. Ask for another.",
                        "refused: You are not signed in.");
        assertThat(lastMail())
                .isEqualTo("mail to ada@example.org: your account has another address now; if it was not you, ask the"
                        + " operator");
        assertThat(type("login ada@example.com", PASSWORD).get(0)).startsWith("ok: ada is signed in");
    }

    @Test
    void whyAnAddressIsNotChangedIsExplained() {
        registered("ada@example.org", "ada");
        String token = login("ada");
        later();

        assertThat(type("change-email nonsense ada@example.com", "change-email " + token + " ada@example.com"))
                .containsExactly(
                        "refused: You are not signed in, so the address stays as it is.",
                        "refused: It is a while since you showed who you are. Sign in again first.");
        String fresh = login("ada");
        assertThat(type("change-email " + fresh + " nowhere", "change-email " + fresh + " bob@example.org"))
                .containsExactly(
                        "refused: That is no e-mail address this service can use.",
                        "ok: a link was sent to the new address");
        String link = Typed.tokenIn(lastMail());
        later();
        registered("bob@example.org");
        assertThat(type("confirm-email " + link))
                .containsExactly("refused: There is an account with that e-mail address.");
    }

    @Test
    void aWrongPasswordAndAnUnknownUserGetTheSameAnswer() {
        registered("ada@example.org");

        assertThat(type("login ada@example.org", OTHER_PASSWORD, "login eve@example.org", PASSWORD))
                .containsExactly(
                        "refused: No account goes by that name and password.",
                        "refused: No account goes by that name and password.");
    }

    @Test
    void theSixthWrongPasswordInARowHasToWait() {
        registered("ada@example.org");
        for (int i = 0; i < 5; i++) {
            type("login ada@example.org", OTHER_PASSWORD);
        }

        assertThat(type("login ada@example.org", PASSWORD))
                .containsExactly("refused: Too many attempts. Try again in 30 seconds.");
    }

    @Test
    void sessionsAreListedAndTheOthersEnded() {
        registered("ada@example.org", "ada");
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
        registered("ada@example.org");
        String token = login("ada@example.org");

        assertThat(type("logout " + token, "check " + token, "logout " + token))
                .containsExactly(
                        "ok: signed out",
                        "refused: You are not signed in.",
                        "refused: There is no session with that token.");
    }

    @Test
    void aNewPasswordEndsAllOtherSessionsAndRenewsTheToken() {
        registered("ada@example.org", "ada");
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
        registered("ada@example.org", "ada");
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
