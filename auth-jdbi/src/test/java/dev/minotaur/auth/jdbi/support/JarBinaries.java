package dev.minotaur.auth.jdbi.support;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Reads the binaries from the one jar in a folder, where the build copies it: the class path holds those of one version. */
record JarBinaries(Path folder) implements PgBinaryResolver {

    @Override
    public InputStream getPgBinary(String system, String machineHardware) throws IOException {
        try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path jar : jars) {
                return archive(jar);
            }
        }
        throw new FileNotFoundException("no jar in " + folder.toAbsolutePath()
                + ": the build copies it there before the tests, in the phase generate-test-resources");
    }

    private static InputStream archive(Path jar) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(jar))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().endsWith(".txz")) {
                    return new ByteArrayInputStream(zip.readAllBytes());
                }
            }
        }
        throw new FileNotFoundException("no archive of binaries in " + jar);
    }
}
