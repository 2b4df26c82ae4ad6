package dev.minotaur.auth.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.CloseResult;
import dev.minotaur.auth.ImportedUser;
import dev.minotaur.auth.LinkRequest;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.UsernameChangeResult;
import dev.minotaur.auth.inmemory.InMemoryAuthStores;
import dev.minotaur.auth.testkit.MutableClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The kinds of message that no command of the quick start sends; the others are in ShellTest. */
final class PrintedMailTest {

    private static final String TO_ADA = "mail to ada@example.org: ";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream output = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private final Accounts accounts = Accounts.builder(InMemoryAuthStores.create())
            .mailer(new PrintedMail(output))
            .executor(Runnable::run)
            .clock(new MutableClock(Instant.parse("2026-01-02T03:04:05Z")))
            .allowSignInByEmailedLink()
            .build();

    private String last() {
        List<String> lines = bytes.toString(StandardCharsets.UTF_8).lines().toList();
        return lines.get(lines.size() - 1);
    }

    private String adaSignsInByALink() {
        var imported =
                accounts.userImport().add(ImportedUser.of("ada@example.org").emailProven());
        assertThat(imported).isNotNull();
        assertThat(accounts.signInLink().request("ada@example.org")).isInstanceOf(LinkRequest.Accepted.class);
        assertThat(last()).startsWith(TO_ADA + "sign in: ");
        SignInResult result = accounts.signInLink().use(last().substring((TO_ADA + "sign in: ").length()));
        return ((SignInResult.SignedIn) result).token().reveal();
    }

    @Test
    void aSignInLinkIsPrintedWithItsToken() {
        String token = adaSignsInByALink();

        assertThat(accounts.sessions().end(token)).isTrue();
    }

    @Test
    void aChangedUsernameIsTold() {
        String token = adaSignsInByALink();

        assertThat(accounts.usernameChange().change(token, "ada")).isInstanceOf(UsernameChangeResult.Changed.class);
        assertThat(last()).isEqualTo(TO_ADA + "your username was changed; if it was not you: forgot");
    }

    @Test
    void aClosedAccountIsToldUntilWhenItIsKept() {
        String token = adaSignsInByALink();

        assertThat(accounts.closing().close(token)).isInstanceOf(CloseResult.Closed.class);
        assertThat(last())
                .isEqualTo(TO_ADA + "your account is closed, and removed after 2026-02-01T03:04:05Z;"
                        + " if it was not you, ask the operator");
    }
}
