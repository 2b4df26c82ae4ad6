package dev.minotaur.auth.jdbi.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.jdbi.support.Backend;
import dev.minotaur.auth.jdbi.support.PostgresDatabase;
import dev.minotaur.auth.jdbi.support.PostgresServer;
import dev.minotaur.auth.jdbi.support.SchemaDump;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(value = 2, unit = TimeUnit.MINUTES)
final class ConcurrentMigrationTest {

    @ParameterizedTest
    @EnumSource
    @Tag("liquibase")
    void fourThreadsMigrateAnEmptyDatabaseAtOnce(Backend backend) throws Exception {
        try (TestDatabase database = backend.empty()) {
            List<Callable<?>> calls = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                calls.add(() -> migrate(database, "auth"));
            }
            runAtOnce(calls);

            assertThat(TestDatabase.ask(database.admin(), "SELECT version FROM auth.auth_schema_version"))
                    .isEqualTo("2");
            assertThat(TestDatabase.ask(database.admin(), "SELECT count(*) FROM auth.auth_changelog"))
                    .isEqualTo("3");
        }
    }

    @Test
    @Tag("liquibase")
    void fourSchemasAreMigratedByOneProcessAtOnce() throws Exception {
        try (PostgresDatabase database = PostgresServer.newest().empty()) {
            List<Callable<?>> calls = new ArrayList<>();
            for (String schema : List.of("a", "b", "c", "d")) {
                database.administer("CREATE SCHEMA " + schema + " AUTHORIZATION " + database.ownerRole());
                calls.add(() -> migrate(database, schema));
            }
            runAtOnce(calls);

            List<String> first = SchemaDump.of(database.admin(), "a");
            assertThat(first).hasSizeGreaterThan(50);
            for (String schema : List.of("b", "c", "d")) {
                assertThat(SchemaDump.of(database.admin(), schema).stream()
                                .map(line -> line.replace(schema + ".", "a.")))
                        .containsExactlyElementsOf(first);
            }
        }
    }

    @Test
    void fourProcessesMigrateAnEmptyDatabaseAtOnceAndPrintNothing() throws Exception {
        try (PostgresDatabase database = PostgresServer.newest().empty()) {
            List<MigratingProcess> processes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                processes.add(MigratingProcess.start(database.owner()));
            }
            for (MigratingProcess process : processes) {
                process.awaitReady();
            }
            for (MigratingProcess process : processes) {
                process.go();
            }
            for (MigratingProcess process : processes) {
                assertThat(process.outputToTheEnd()).containsExactly("done");
            }
            assertThat(TestDatabase.ask(database.admin(), "SELECT version FROM auth.auth_schema_version"))
                    .isEqualTo("2");
            assertThat(TestDatabase.ask(database.admin(), "SELECT count(*) FROM auth.auth_changelog"))
                    .isEqualTo("2");
        }
    }

    private static Void migrate(TestDatabase database, String schema) {
        SchemaMigrator.builder(database.owner())
                .schema(schema)
                .withForeignKeyToUsers()
                .build()
                .migrate();
        return null;
    }

    private static void runAtOnce(List<Callable<?>> calls) throws Exception {
        CyclicBarrier start = new CyclicBarrier(calls.size());
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            for (Callable<?> call : calls) {
                running.add(threads.submit(() -> {
                    start.await();
                    return call.call();
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
