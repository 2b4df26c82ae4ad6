package dev.minotaur.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UserStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The table of options in docs/guide.md has each option of the builder, and the numbers that the code has. */
class DefaultsPageTest {

    private static final String HEAD = "| Option | Default |";

    private final Accounts.Builder builder = Accounts.builder(new NoStores());

    @Test
    void theNumbersAreTheDefaults() throws IOException {
        LinkPolicy links = builder.linkPolicy;
        assertThat(table())
                .contains(
                        "| `linkPolicy`: life of a sign-up link | " + words(links.signUpLife()) + " |",
                        "| `linkPolicy`: life of a reset link | " + words(links.resetLife()) + " |",
                        "| `linkPolicy`: life of the link to a new address | " + words(links.emailChangeLife()) + " |",
                        "| `linkPolicy`: life of a sign-in link | " + words(links.signInLife()) + " |",
                        "| `linkPolicy`: mails of a purpose to an address | one in " + words(links.interval())
                                + ", and a pause of " + words(links.pause()) + " after " + links.mails() + " |",
                        "| `passwordDisabledAfter` | " + builder.passwordDisabledAfter
                                + " wrong passwords in a row, " + builder.passwordDisabledAfter / 2
                                + " under each identifier of an account with a username, if there is a mailer |",
                        "| a user's tries at a username, for which there is no option | " + UsernameChange.TRIES
                                + " a day |",
                        "| `recentWithin` | " + words(builder.recentWithin) + " |",
                        "| `closedAccountsKept` | " + words(builder.closedKept) + " |",
                        "| `mailsWaiting` | " + builder.mailsWaiting + " |",
                        "| `hashingLimit` | half the processors, at least 1; " + words(builder.hashingPatience) + " |");
    }

    @Test
    void eachOptionIsThere() throws IOException {
        List<String> names = Arrays.stream(Accounts.Builder.class.getMethods())
                .filter(method -> method.getReturnType() == Accounts.Builder.class)
                .map(method -> "`" + method.getName() + "`")
                .distinct()
                .toList();
        assertThat(names).hasSizeGreaterThan(10);
        assertThat(String.join("\n", table())).contains(names);
    }

    private static List<String> table() throws IOException {
        List<String> page = Files.readAllLines(Path.of(System.getProperty("basedir", "."), "..", "docs", "guide.md"));
        return page.stream()
                .dropWhile(line -> !line.equals(HEAD))
                .takeWhile(line -> line.startsWith("|"))
                .toList();
    }

    private static String words(Duration time) {
        if (time.compareTo(Duration.ofDays(2)) >= 0) {
            return time.toDays() + " days";
        }
        if (time.compareTo(Duration.ofHours(2)) >= 0) {
            return time.toHours() + " hours";
        }
        return time.compareTo(Duration.ofMinutes(2)) >= 0
                ? time.toMinutes() + " minutes"
                : time.toSeconds() + " seconds";
    }

    /** The builder asks its stores nothing. */
    private record NoStores() implements AuthStores {

        @Override
        public UserStore users() {
            throw new AssertionError("no store");
        }

        @Override
        public TokenStore tokens() {
            throw new AssertionError("no store");
        }

        @Override
        public AttemptStore attempts() {
            throw new AssertionError("no store");
        }
    }
}
