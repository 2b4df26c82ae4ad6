package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.BreakUsers.deleting;
import static dev.minotaur.auth.testkit.broken.Fault.users;

import dev.minotaur.auth.UserStatus;
import java.util.List;

/** Stores that are right about what is inserted, and wrong about the same where it is changed or removed. */
final class ChangeFaults {

    private ChangeFaults() {}

    static List<Fault> all() {
        return Fault.list(users(
                "delete spares the closed",
                deleting((store, id) -> store.findById(id)
                                .filter(user -> user.status() != UserStatus.CLOSED)
                                .isPresent()
                        && store.delete(id)),
                "USR-33"));
    }
}
