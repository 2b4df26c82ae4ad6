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

    private UnprivilegedPostgres() {}

    static String start(Path unpackedBelow, IllegalStateException cause) {
        if (!"root".equals(System.getProperty("user.name"))) {
            throw cause;
        }
        try {
            Path home = Files.createTempDirectory("auth-test-postgres");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(home)));
            run(List.of(
                    "cp",
                    "-a",
                    unpacked(unpackedBelow).toString(),
                    home.resolve("pg").toString()));
            run(List.of("chown", "-R", "65534:65534", home.toString()));
            return start(home);
        } catch (IOException | SQLException | RuntimeException e) {
            e.addSuppressed(cause);
            throw new IllegalStateException("cannot start PostgreSQL, neither by a namespace nor as nobody", e);
        }
    }

    private static String start(Path home) throws IOException, SQLException {
        String data = home.resolve("data").toString();
        asNobody(home, "initdb", "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C", "-D", data);
        int port = freePort();
        String options = "-F -p " + port + " -c unix_socket_directories= -c max_connections=200";
        String log = home.resolve("log").toString();
        asNobody(home, "pg_ctl", "start", "-w", "-t", "60", "-D", data, "-l", log, "-o", options);
        String url = "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
        DriverManager.getConnection(url).close();
        return url;
    }

    private static void end(Path home) {
        Path data = home.resolve("data");
        if (Files.exists(data.resolve("postmaster.pid"))) {
            asNobody(home, "pg_ctl", "stop", "-m", "immediate", "-w", "-D", data.toString());
        }
        run(List.of("rm", "-rf", home.toString()));
    }

    private static Path unpacked(Path below) throws IOException {
        try (Stream<Path> files = Files.list(below)) {
            return files.filter(file -> Files.isExecutable(file.resolve("bin/initdb")))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("no unpacked binaries below " + below));
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void asNobody(Path home, String program, String... arguments) {
        List<String> all = new ArrayList<>(AS_NOBODY);
        all.add(home.resolve("pg/bin").resolve(program).toString());
        all.addAll(List.of(arguments));
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
