package dev.minotaur.auth.jdbi.support;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Installs the schema and grants the runtime role what it needs. */
final class Installation {

    private static final List<String> TABLES = List.of("auth_users", "auth_tokens", "auth_attempts");

    private Installation() {}

    static void install(TestDatabase database, String product) {
        String select = product.equals("h2") ? "SET SCHEMA auth;" : "SET search_path TO auth;";
        TestDatabase.execute(database.owner(), select + read("/dev/minotaur/auth/jdbi/schema/" + product + "-1.sql"));
        StringBuilder grants = new StringBuilder();
        for (String table : TABLES) {
            grants.append("GRANT SELECT, INSERT, UPDATE, DELETE ON auth." + table + " TO ")
                    .append(database.runtimeRole())
                    .append(";");
        }
        grants.append("GRANT SELECT ON auth.auth_schema_version TO ").append(database.runtimeRole());
        TestDatabase.execute(database.owner(), grants.toString());
        if (!product.equals("h2")) {
            TestDatabase.execute(database.owner(), "GRANT USAGE ON SCHEMA auth TO " + database.runtimeRole());
        }
    }

    private static String read(String resource) {
        try (InputStream in = Installation.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
