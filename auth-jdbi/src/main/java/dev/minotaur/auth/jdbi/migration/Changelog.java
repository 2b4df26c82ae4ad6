package dev.minotaur.auth.jdbi.migration;

import dev.minotaur.auth.jdbi.SchemaException;
import dev.minotaur.auth.jdbi.SchemaSql;
import java.io.OutputStream;
import java.sql.Connection;
import java.util.Map;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.command.core.helpers.ShowSummaryArgument;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;

/** Runs a script by Liquibase, which then writes nothing but the database. */
final class Changelog {

    private static final String FOLDER = "dev/minotaur/auth/jdbi/schema/";

    private final Connection connection;
    private final MigrationSettings settings;

    Changelog(Connection connection, MigrationSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    void run(String script) {
        ClassLoader classLoader = SchemaSql.class.getClassLoader();
        Map<String, Object> scope = Map.of(
                "liquibase.analytics.enabled",
                false,
                Scope.Attr.classLoader.name(),
                classLoader,
                Scope.Attr.resourceAccessor.name(),
                new ClassLoaderResourceAccessor(classLoader),
                Scope.Attr.logService.name(),
                new NoLogs(),
                Scope.Attr.ui.name(),
                new LoggerUIService());
        try {
            Scope.child(scope, () -> update(FOLDER + script));
        } catch (SchemaException e) {
            throw e;
        } catch (Exception e) {
            throw Failure.of(e);
        }
    }

    private void update(String script) throws LiquibaseException {
        new CommandScope("update")
                .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database())
                .addArgumentValue(UpdateCommandStep.CHANGELOG_FILE_ARG, script)
                .addArgumentValue(ShowSummaryArgument.SHOW_SUMMARY, UpdateSummaryEnum.OFF)
                .setOutput(OutputStream.nullOutputStream())
                .execute();
    }

    private Database database() throws LiquibaseException {
        Database database =
                DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
        database.setDefaultSchemaName(settings.schema());
        database.setLiquibaseSchemaName(settings.schema());
        database.setDatabaseChangeLogTableName(settings.changelogTable());
        database.setDatabaseChangeLogLockTableName(settings.changelogLockTable());
        return database;
    }
}
