package dev.minotaur.auth.jdbi.migration;

import java.io.OutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.command.core.helpers.ShowSummaryArgument;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.core.H2Database;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.structure.DatabaseObject;
import liquibase.ui.LoggerUIService;
import org.jspecify.annotations.Nullable;

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
        Thread thread = Thread.currentThread();
        ClassLoader context = thread.getContextClassLoader();
        // Liquibase looks for its own parts there
        thread.setContextClassLoader(Changelog.class.getClassLoader());
        try {
            runQuietly(script);
        } catch (Exception e) {
            throw Failure.of(e);
        } finally {
            thread.setContextClassLoader(context);
        }
    }

    private void runQuietly(String script) throws Exception {
        ClassLoaderResourceAccessor scripts = new ClassLoaderResourceAccessor(Changelog.class.getClassLoader());
        try {
            Map<String, Object> scope = Map.of(
                    "liquibase.analytics.enabled",
                    false,
                    Scope.Attr.resourceAccessor.name(),
                    scripts,
                    Scope.Attr.logService.name(),
                    new NoLogs(),
                    Scope.Attr.ui.name(),
                    new LoggerUIService());
            Scope.child(scope, () -> update(FOLDER + script));
        } finally {
            scripts.close();
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
        NamelessConnection nameless = new NamelessConnection(connection);
        Database database = DatabaseFactory.getInstance().findCorrectDatabaseImplementation(nameless);
        if (database instanceof H2Database && storesLowerCase()) {
            database = new LowerCaseH2();
            database.setConnection(nameless);
        }
        database.setDefaultSchemaName(settings.schema());
        database.setLiquibaseSchemaName(settings.schema());
        database.setDatabaseChangeLogTableName(settings.changelogTable());
        database.setDatabaseChangeLogLockTableName(settings.changelogLockTable());
        return database;
    }

    private boolean storesLowerCase() throws LiquibaseException {
        try {
            return connection.getMetaData().storesLowerCaseIdentifiers();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** H2 with DATABASE_TO_LOWER, where Liquibase would not find its own tables again. */
    private static final class LowerCaseH2 extends H2Database {
        @Override
        public @Nullable String correctObjectName(@Nullable String name, Class<? extends DatabaseObject> type) {
            return name == null ? null : name.toLowerCase(Locale.ROOT);
        }
    }

    /** Keeps the URL from Liquibase, which would put it into messages, and spends long on making it harmless. */
    private static final class NamelessConnection extends JdbcConnection {

        NamelessConnection(Connection connection) {
            super(connection);
        }

        @Override
        protected String getConnectionUrl() {
            return "jdbc:";
        }
    }
}
