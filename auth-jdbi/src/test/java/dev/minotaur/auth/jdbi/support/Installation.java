package dev.minotaur.auth.jdbi.support;

import dev.minotaur.auth.jdbi.migration.SchemaMigrator;

/** Installs the schema and grants the runtime role what it needs. */
final class Installation {

    private Installation() {}

    static void install(TestDatabase database) {
        SchemaMigrator.builder(database.owner())
                .schema(TestDatabase.SCHEMA)
                .grantTo(database.runtimeRole())
                .build()
                .migrate();
    }
}
