package dev.minotaur.auth.jdbi.migration;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.postgresql.ds.PGSimpleDataSource;

/** A Java process of its own that migrates a database when it is told to. */
final class MigratingProcess {

    private final Process process;
    private final BufferedReader output;

    private MigratingProcess(Process process) {
        this.process = process;
        this.output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static MigratingProcess start(PGSimpleDataSource owner) {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                        java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", MigratingProcess.class.getName())
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

    public static void main(String[] arguments) throws IOException {
        PGSimpleDataSource owner = new PGSimpleDataSource();
        owner.setUrl(System.getenv("TEST_URL"));
        owner.setUser(System.getenv("TEST_USER"));
        owner.setPassword(System.getenv("TEST_PASSWORD"));
        SchemaMigrator migrator = SchemaMigrator.builder(owner).schema("auth").build();
        System.out.println("ready");
        if (System.in.read() == '\n') {
            migrator.migrate();
            System.out.println("done");
        }
    }
}
