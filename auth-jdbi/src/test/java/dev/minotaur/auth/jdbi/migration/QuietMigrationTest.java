package dev.minotaur.auth.jdbi.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.jdbi.support.Backend;
import dev.minotaur.auth.jdbi.support.H2Database;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.sql.Connection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import liquibase.Scope;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.DatabaseException;
import liquibase.ui.LoggerUIService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("liquibase")
final class QuietMigrationTest {

    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final Queue<String> logged = new ConcurrentLinkedQueue<>();
    private final ProxySelector selector = ProxySelector.getDefault();
    private final Logger root = Logger.getLogger("");
    private final Level level = root.getLevel();
    private final List<Handler> handlers = List.of(root.getHandlers());
    private final Handler recorder = new Recorder();

    @BeforeEach
    void record() {
        ProxySelector.setDefault(new Refusal());
        handlers.forEach(root::removeHandler);
        root.addHandler(recorder);
        root.setLevel(Level.ALL);
    }

    @AfterEach
    void stopRecording() {
        root.setLevel(level);
        root.removeHandler(recorder);
        handlers.forEach(root::addHandler);
        ProxySelector.setDefault(selector);
    }

    @ParameterizedTest
    @EnumSource
    void migrationLogsNothingAndAsksNothingOfTheNetwork(Backend backend) {
        try (TestDatabase database = backend.empty()) {
            asked.clear();
            logged.clear();

            SchemaMigrator.builder(database.owner())
                    .schema("auth")
                    .withForeignKeyToUsers()
                    .build()
                    .migrate();

            assertThat(asked).noneMatch(address -> address.startsWith("http"));
            assertThat(logged).isEmpty();
        }
    }

    @Test
    void sameScriptRunByLiquibaseAsItComesDoesBoth() throws Exception {
        try (H2Database database = H2Database.emptyInMemory();
                Connection connection = database.admin().getConnection()) {
            Scope.child(Scope.Attr.ui, new LoggerUIService(), () -> new CommandScope("update")
                    .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database(connection))
                    .addArgumentValue(UpdateCommandStep.CHANGELOG_FILE_ARG, "dev/minotaur/auth/jdbi/schema/h2-1.sql")
                    .setOutput(OutputStream.nullOutputStream())
                    .execute());

            assertThat(asked).anyMatch(address -> address.startsWith("https://config.liquibase.com"));
            assertThat(logged).isNotEmpty();
        }
    }

    private static Database database(Connection connection) throws DatabaseException {
        return DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
    }

    private final class Refusal extends ProxySelector {
        @Override
        public List<Proxy> select(URI uri) {
            asked.add(uri.toString());
            if (uri.getScheme().startsWith("http")) {
                return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
            }
            return List.of(Proxy.NO_PROXY);
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException e) {}
    }

    private final class Recorder extends Handler {
        @Override
        public void publish(LogRecord event) {
            if (event.getLoggerName() != null && event.getLoggerName().startsWith("liquibase")) {
                logged.add(event.getLoggerName() + ": " + event.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
