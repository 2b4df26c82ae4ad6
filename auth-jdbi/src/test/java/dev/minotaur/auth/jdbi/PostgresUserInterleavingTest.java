package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.jdbi.support.PostgresServer;

final class PostgresUserInterleavingTest extends UserInterleavings {

    PostgresUserInterleavingTest() {
        super(PostgresServer.newest().migrated(), ON_POSTGRESQL);
    }
}
