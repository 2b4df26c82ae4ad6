package dev.minotaur.auth.jdbi.migration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import liquibase.command.CommandScope;
import liquibase.command.core.UpdateCommandStep;
import liquibase.command.core.helpers.DbUrlConnectionArgumentsCommandStep;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A Java process of its own that migrates a database when it is told to. It prints each address that it asks of the network
 * and is kept from, and runs in a thread whose class loader sees nothing of the application, as in some containers.
 */
final class MigratingProcess {

    private final Process process;
    private final BufferedReader output;

    private MigratingProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static MigratingProcess start(PGSimpleDataSource owner) {
        return start(owner, "migrator");
    }

    /** A process that runs the script by Liquibase as it comes, in the thread's own class loader. */
    static MigratingProcess startPlain(PGSimpleDataSource owner) {
        return start(owner, "plain");
    }

    private static MigratingProcess start(PGSimpleDataSource owner, String how) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                        java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", MigratingProcess.class.getName(), how)
                .redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of(
                        "CLASSPATH", System.getProperty("java.class.path"),
                        "TEST_URL", owner.getURL(),
                        "TEST_USER", owner.getUser(),
                        "TEST_PASSWORD", owner.getPassword()));
        try {
            return new MigratingProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void awaitReady() throws IOException {
        String line = output.readLine();
        if (!"ready".equals(line)) {
            throw new IllegalStateException("the process said: " + line);
        }
    }

    void go() throws IOException {
        process.getOutputStream().write('\n');
        process.getOutputStream().flush();
    }

    /** Waits for the end; gives all that the process wrote, to either stream, since it was told to go. */
    List<String> outputToTheEnd() throws InterruptedException {
        List<String> lines = output.lines().toList();
        process.waitFor();
        return lines;
    }

    /** Kills the process as the operating system does, so that it cannot clean up. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    public static void main(String[] arguments) throws Exception {
        PGSimpleDataSource owner = new PGSimpleDataSource();
        owner.setUrl(System.getenv("TEST_URL"));
        owner.setUser(System.getenv("TEST_USER"));
        owner.setPassword(System.getenv("TEST_PASSWORD"));
        ProxySelector.setDefault(new Refusal());
        System.out.println("ready");
        if (System.in.read() == '\n') {
            if (arguments[0].equals("plain")) {
                runByLiquibase(owner);
            } else {
                Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
                SchemaMigrator.builder(owner).schema("auth").build().migrate();
            }
            System.out.println("done");
        }
    }

    private static void runByLiquibase(PGSimpleDataSource owner) throws Exception {
        try (Connection connection = owner.getConnection()) {
            Database database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            database.setDefaultSchemaName("auth");
            new CommandScope("update")
                    .addArgumentValue(DbUrlConnectionArgumentsCommandStep.DATABASE_ARG, database)
                    .addArgumentValue(
                            UpdateCommandStep.CHANGELOG_FILE_ARG, "dev/minotaur/auth/jdbi/schema/postgresql-1.sql")
                    .execute();
        }
    }

    private static final class Refusal extends ProxySelector {
        @Override
        public List<Proxy> select(URI uri) {
            if (!uri.getScheme().startsWith("http")) {
                return List.of(Proxy.NO_PROXY);
            }
            System.out.println("asks " + uri);
            return List.of(new Proxy(Proxy.Type.HTTP, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1)));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException e) {}
    }
}
