package dev.minotaur.auth.jdbi.support;

import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/** Starts a server from the binaries of a version; falls back to another user where root may not use a namespace. */
final class EmbeddedPostgresServer {

    private static final Path MEMORY = Path.of("/dev/shm");
    private static final long PLENTY = 4L << 30;

    private final Path work;
    private final PgBinaryResolver binaries;

    private EmbeddedPostgresServer(String name, PgBinaryResolver binaries) {
        this.work = Path.of("target", "postgres", name).toAbsolutePath();
        this.binaries = binaries;
    }

    static EmbeddedPostgresServer newest() {
        return new EmbeddedPostgresServer("newest", DefaultPostgresBinaryResolver.INSTANCE);
    }

    static EmbeddedPostgresServer oldest() {
        return new EmbeddedPostgresServer("oldest", new JarBinaries(Path.of("target", "postgres-oldest")));
    }

    /**
     * In memory, where there is plenty: on a disk the file system is busy for an eighth of the tests' time with the files of
     * databases that are made and dropped. The server writes little, and removes it at its end.
     */
    private Path below() throws IOException {
        return Files.isWritable(MEMORY) && Files.getFileStore(MEMORY).getUsableSpace() >= PLENTY ? MEMORY : work;
    }

    /** Starts the server, which ends with the JVM, and gives the superuser's URL. */
    String start() {
        try {
            Files.createDirectories(work);
            EmbeddedPostgres server = EmbeddedPostgres.builder()
                    .setPgBinaryResolver(binaries)
                    .setOverrideWorkingDirectory(work.toFile())
                    .setDataDirectory(below().resolve("auth-test-postgres-" + UUID.randomUUID()))
                    .setServerConfig("unix_socket_directories", "")
                    .setLocaleConfig("locale", "C")
                    .setLocaleConfig("encoding", "UTF8")
                    .setServerConfig("max_connections", "200")
                    .start();
            return server.getJdbcUrl("postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start PostgreSQL", e);
        } catch (IllegalStateException e) {
            return UnprivilegedPostgres.start(work, e);
        }
    }
}
