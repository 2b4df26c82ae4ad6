package dev.minotaur.auth.testkit;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.spi.UserRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The part of the users that is looked at. Users are linearizable one by one, and an identifier is a register of its own, so
 * where callers meet each has an order of its own; tokens and attempts are always seen.
 *
 * @param name what is looked at, in words
 * @param user the one user, or null
 * @param email the one canonical e-mail address, or null
 * @param username the one canonical username, or null
 */
record View(String name, @Nullable UserId user, @Nullable String email, @Nullable String username) {

    static final View EVERYTHING = new View("everything", null, null, null);

    static View of(UserId user) {
        return new View("user " + Shown.inBrief(user), user, null, null);
    }

    static View ofEmail(String canonical) {
        return new View("e-mail address " + Shown.of(canonical), null, canonical, null);
    }

    static View ofUsername(String canonical) {
        return new View("username " + Shown.of(canonical), null, null, canonical);
    }

    private boolean isEverything() {
        return user == null && email == null && username == null;
    }

    boolean shows(UserId id) {
        return isEverything() || id.equals(user);
    }

    boolean showsEmail(String canonical) {
        return isEverything() || canonical.equals(email);
    }

    boolean showsUsername(String canonical) {
        return isEverything() || canonical.equals(username);
    }

    /** Whether the view shows a user with these identifiers. */
    boolean keeps(UserRecord record) {
        return shows(record.id()) || showsEmail(record.email().canonical()) || showsUsername(record);
    }

    private boolean showsUsername(UserRecord record) {
        Optional<String> canonical = record.username().map(Username::canonical);
        return canonical.isPresent() && showsUsername(canonical.get());
    }

    /** Whether the outcome of an insert or an update with this record says anything about what the view shows. */
    boolean shows(UserRecord record, String outcome) {
        return switch (outcome) {
            case "INSERTED", "UPDATED" -> true;
            case "EMAIL_TAKEN" ->
                shows(record.id()) || showsEmail(record.email().canonical());
            case "USERNAME_TAKEN" -> shows(record.id()) || showsUsername(record);
            default -> shows(record.id());
        };
    }
}
