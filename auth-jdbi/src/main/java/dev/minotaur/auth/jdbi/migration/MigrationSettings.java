package dev.minotaur.auth.jdbi.migration;

import java.time.Duration;
import java.util.List;

/** What a builder has been told. */
record MigrationSettings(
        String schema,
        String changelogTable,
        String changelogLockTable,
        boolean foreignKey,
        List<String> grantees,
        Duration lockTimeout) {}
