package dev.minotaur.auth;

import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;

/** How a user record goes on from one version to the next. */
final class UserChanges {

    private UserChanges() {}

    static UserRecord.Builder next(UserRecord before, Instant now) {
        return before.toBuilder().version(before.version() + 1).updatedAt(now);
    }
}
