package dev.minotaur.auth.jdbi.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs the unpacked binaries as the user nobody, for a root that may not make a namespace, as in most containers: PostgreSQL
 * refuses to run as root.
 */
final class UnprivilegedPostgres {

    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");

    private final Path home;

    private UnprivilegedPostgres(Path home) {
        this.home = home;
    }

    static String start(Path unpackedBelow, IllegalStateException cause) {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw cause;
        }
        try {
            Path home = Files.createTempDirectory("auth-test-postgres");
            copy(unpacked(unpackedBelow), home.resolve("pg"));
            Files.createDirectory(home.resolve("run"));
            run(List.of("chown", "-R", "65534:65534", home.toString()));
            return new UnprivilegedPostgres(home).start();
        } catch (IOException | RuntimeException e) {
            e.addSuppressed(cause);
            throw new IllegalStateException("cannot start PostgreSQL, neither by a namespace nor as nobody", e);
        }
    }

    private String start() throws IOException {
        Path data = home.resolve("data");
        String bin = home.resolve("pg/bin") + "/";
        asNobody(bin + "initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-D", data.toString());
        int port = freePort();
        String options = "-F -p " + port + " -k " + home.resolve("run") + " -c max_connections=200";
        String log = home.resolve("log").toString();
        asNobody(bin + "pg_ctl", "start", "-w", "-t", "60", "-D", data.toString(), "-l", log, "-o", options);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(bin, data)));
        String url = "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
        try {
            DriverManager.getConnection(url).close();
        } catch (SQLException e) {
            throw new IllegalStateException("PostgreSQL does not answer", e);
        }
        return url;
    }

    private void stop(String bin, Path data) {
        asNobody(bin + "pg_ctl", "stop", "-m", "immediate", "-w", "-D", data.toString());
        run(List.of("rm", "-rf", home.toString()));
    }

    private static Path unpacked(Path below) throws IOException {
        try (Stream<Path> files = Files.list(below)) {
            return files.filter(file -> Files.isExecutable(file.resolve("bin/initdb")))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no unpacked binaries below " + below));
        }
    }

    private static void copy(Path from, Path to) {
        run(List.of("cp", "-a", from.toString(), to.toString()));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void asNobody(String... command) {
        List<String> all = new ArrayList<>(AS_NOBODY);
        all.addAll(List.of(command));
        run(all);
    }

    private static void run(List<String> command) {
        try {
            Path output = Files.createTempFile("auth-test-postgres", ".log");
            Process process = new ProcessBuilder(command)
                    .directory(output.getParent().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            boolean ended = process.waitFor(90, TimeUnit.SECONDS);
            String text = Files.readString(output);
            Files.delete(output);
            if (!ended || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IllegalStateException("failed: " + String.join(" ", command) + "\n" + text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
