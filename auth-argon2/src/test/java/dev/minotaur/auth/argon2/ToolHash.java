package dev.minotaur.auth.argon2;

import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.password.RawPassword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** A line of hashes.tsv, which make-hashes.py of auth-core wrote by running other programs: a password and what a program made of it. */
record ToolHash(String tool, String format, String password, PasswordHash hash) {

    static Stream<ToolHash> all() {
        try (InputStream file = ToolHash.class.getResourceAsStream("hashes.tsv")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(ToolHash::of);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ToolHash of(String line) {
        String[] fields = line.split("\t", -1);
        return new ToolHash(fields[0], fields[1], fields[2], PasswordHash.of(fields[3]));
    }

    RawPassword typed() {
        return RawPassword.ofString(password);
    }
}
