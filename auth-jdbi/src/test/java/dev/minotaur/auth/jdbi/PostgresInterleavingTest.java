package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.jdbi.support.PostgresServer;

final class PostgresInterleavingTest extends Interleavings {

    PostgresInterleavingTest() {
        super(
                PostgresServer.newest().migrated(),
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'");
    }
}
