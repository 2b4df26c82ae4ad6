package dev.minotaur.auth.examples.quickstart;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What can be typed. */
enum Command {
    REGISTER("register", "EMAIL", 1, 1, "mails a link that proves the address"),
    CONFIRM("confirm", "LINK [USERNAME]", 1, 2, "makes the account behind a link; asks for a password"),
    LOGIN("login", "EMAIL-OR-USERNAME", 1, 1, "signs in; asks for the password, answers with a token"),
    CHECK("check", "TOKEN", 1, 1, "tells whose token it is, and until when it is good"),
    SESSIONS("sessions", "TOKEN", 1, 1, "lists the sessions of the token's user"),
    LOGOUT("logout", "TOKEN", 1, 1, "ends the token's session"),
    LOGOUT_OTHERS("logout-others", "TOKEN", 1, 1, "ends all sessions of the user but the token's"),
    PASSWD("passwd", "TOKEN", 1, 1, "changes the password; asks for the present one and the new one"),
    FORGOT("forgot", "EMAIL", 1, 1, "mails a link to set a new password"),
    RESET("reset", "LINK", 1, 1, "sets a new password behind a link; asks for it"),
    CHANGE_EMAIL("change-email", "TOKEN EMAIL", 2, 2, "mails a link to the new address"),
    CONFIRM_EMAIL("confirm-email", "LINK", 1, 1, "makes the address of a link the user's; all sessions end"),
    HELP("help", "", 0, 0, "lists the commands"),
    QUIT("quit", "", 0, 0, "ends the program; so does the end of the input");

    private final String word;
    private final String arguments;
    private final int fewest;
    private final int most;
    private final String purpose;

    Command(String word, String arguments, int fewest, int most, String purpose) {
        this.word = word;
        this.arguments = arguments;
        this.fewest = fewest;
        this.most = most;
        this.purpose = purpose;
    }

    static Optional<Command> of(String word) {
        return Arrays.stream(values())
                .filter(command -> command.word.equals(word))
                .findFirst();
    }

    boolean takes(int count) {
        return fewest <= count && count <= most;
    }

    String usage() {
        return (word + " " + arguments).stripTrailing();
    }

    static String help() {
        return Arrays.stream(values())
                .map(command -> String.format("  %-26s %s", command.usage(), command.purpose))
                .collect(Collectors.joining(System.lineSeparator()));
    }
}
