package dev.minotaur.auth.jdbi.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.jdbi.support.Backend;
import dev.minotaur.auth.jdbi.support.PostgresDatabase;
import dev.minotaur.auth.jdbi.support.PostgresServer;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("liquibase")
final class QuietMigrationTest {

    @Test
    void processThatMigratesPrintsNothingAndAsksNothingOfTheNetwork() throws Exception {
        try (PostgresDatabase database = PostgresServer.newest().empty()) {
            assertThat(outputOf(MigratingProcess.start(database.owner()))).containsExactly("done");
        }
    }

    @Test
    void processThatRunsLiquibaseAsItComesDoesBoth() throws Exception {
        try (PostgresDatabase database = PostgresServer.newest().empty()) {
            assertThat(outputOf(MigratingProcess.startPlain(database.owner())))
                    .anyMatch(line -> line.startsWith("asks https://config.liquibase.com"))
                    .anyMatch(line -> line.startsWith("Running Changeset"))
                    .anyMatch(line -> line.startsWith("INFO"))
                    .endsWith("done");
        }
    }

    private static List<String> outputOf(MigratingProcess process) throws Exception {
        process.awaitReady();
        process.go();
        return process.outputToTheEnd();
    }

    @ParameterizedTest
    @EnumSource
    void migrationLogsNothingAtAnyLevel(Backend backend) {
        Logger liquibase = Logger.getLogger("liquibase");
        Level level = liquibase.getLevel();
        Recorder recorder = new Recorder();
        liquibase.addHandler(recorder);
        liquibase.setLevel(Level.ALL);
        try (TestDatabase database = backend.empty()) {
            SchemaMigrator.builder(database.owner())
                    .schema("auth")
                    .withForeignKeyToUsers()
                    .build()
                    .migrate();
            assertThat(recorder.logged).isEmpty();
        } finally {
            liquibase.setLevel(level);
            liquibase.removeHandler(recorder);
        }
    }

    private static final class Recorder extends Handler {

        final Queue<String> logged = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord event) {
            logged.add(event.getLoggerName() + ": " + event.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
