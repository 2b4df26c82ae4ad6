package dev.minotaur.auth.jdbi.migration;

import dev.minotaur.auth.jdbi.SchemaException;
import dev.minotaur.auth.jdbi.SchemaSql;
import java.sql.SQLException;
import java.util.List;

/**
 * The steps of a migration. What there is to do is told by the version row, which is written with the tables of its
 * version, and not by Liquibase, which runs the scripts and keeps a record of them.
 */
final class Migration {

    private static final List<String> TABLES = List.of("auth_users", "auth_tokens", "auth_attempts");

    private final Target target;
    private final MigrationSettings settings;

    Migration(Target target, MigrationSettings settings) {
        this.target = target;
        this.settings = settings;
    }

    void run() throws SQLException {
        target.requireSchema();
        target.underLock(() -> {
            int found = target.version();
            if (found <= SchemaSql.VERSION) {
                update(found);
                addForeignKey();
                grant();
            }
        });
    }

    private void update(int found) throws SQLException {
        if (found == SchemaSql.VERSION) {
            return;
        }
        target.requireCreate();
        if (found == 0 && !target.hasTable(settings.changelogTable())) {
            requireNoTables();
        }
        for (int version = found + 1; version <= SchemaSql.VERSION; version++) {
            run(String.valueOf(version));
        }
        int reached = target.version();
        if (reached != SchemaSql.VERSION) {
            throw refusal(
                    "the table " + settings.changelogTable() + " says that all has run, and auth_schema_version says"
                            + " version " + reached + "; one of the two is not of this database");
        }
    }

    private void requireNoTables() throws SQLException {
        for (String table : TABLES) {
            if (target.hasTable(table)) {
                throw refusal("there is a table " + table + " that this library has not made; use another schema");
            }
        }
    }

    private void addForeignKey() throws SQLException {
        if (settings.foreignKey() && !target.hasForeignKey()) {
            target.requireCreate();
            run("foreign-key");
        }
    }

    private void grant() throws SQLException {
        for (String role : settings.grantees()) {
            target.execute(target.sql().grantTo(role));
        }
    }

    /** Runs a script. A lock of Liquibase's own that is still there is that of a process that died. */
    private void run(String script) throws SQLException {
        if (target.hasTable(settings.changelogLockTable())) {
            target.execute("UPDATE " + settings.schema() + "." + settings.changelogLockTable()
                    + " SET locked = FALSE, lockgranted = NULL, lockedby = NULL WHERE locked");
        }
        Changelog changelog = new Changelog(target.connection(), settings);
        target.inSchema(() -> changelog.run(target.product() + "-" + script + ".sql"));
    }

    private SchemaException refusal(String why) {
        return new SchemaException("schema " + settings.schema() + ": " + why, null);
    }
}
