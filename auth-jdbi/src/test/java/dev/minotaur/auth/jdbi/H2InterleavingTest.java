package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.jdbi.support.H2Database;

/** H2 does not show that a session waits for an index, so a session that works is taken for one that waits. */
final class H2InterleavingTest extends Interleavings {

    H2InterleavingTest() {
        super(
                H2Database.inMemory(),
                "SELECT count(*) FROM INFORMATION_SCHEMA.SESSIONS"
                        + " WHERE EXECUTING_STATEMENT IS NOT NULL AND SESSION_ID <> SESSION_ID()");
    }
}
