package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.jdbi.support.PostgresServer;

final class PostgresTokenInterleavingTest extends TokenInterleavings {

    PostgresTokenInterleavingTest() {
        super(PostgresServer.newest().migrated(), ON_POSTGRESQL);
    }
}
