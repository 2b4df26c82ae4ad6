package dev.minotaur.auth.jdbi;

import static dev.minotaur.auth.jdbi.Server.stores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import dev.minotaur.auth.password.PasswordHash;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.UserRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordingFile;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No value that goes through a store comes out by an exception or a flight recording. */
final class LeakTest {

    private static final String MARKER = "marker-5f1d";

    private static final UserRecord USER = Samples.user().toBuilder()
            .email(new EmailAddress(MARKER + "@example.org", MARKER + "@example.org"))
            .username(new Username(MARKER, MARKER))
            .passwordHash(PasswordHash.of(MARKER))
            .build();

    private static final StoredToken TOKEN = Samples.inSlot(USER, MARKER).toBuilder()
            .sentTo(MARKER)
            .label(MARKER)
            .build();

    @ParameterizedTest
    @EnumSource
    void refusedRowDoesNotShowInTheException(Server server) {
        try (TestDatabase database = server.database()) {
            JdbiAuthStores stores = stores(database.runtime());
            database.administer("ALTER TABLE auth.auth_users ADD CONSTRAINT none CHECK (version < 0);"
                    + "ALTER TABLE auth.auth_tokens ADD CONSTRAINT none_either CHECK (user_id IS NULL)");
            Jdbi plain = Jdbi.create(database.runtime());
            assertThat(traceOf(() -> plain.useHandle(handle -> handle.createUpdate(
                                    "INSERT INTO auth.auth_attempts (attempt_key, attempt_count, last_at)"
                                            + " VALUES (CAST(:value AS int), 1, CURRENT_TIMESTAMP)")
                            .bind("value", MARKER)
                            .execute())))
                    .as("Jdbi on its own shows values")
                    .contains(MARKER);
            List<Runnable> calls = List.of(
                    () -> stores.users().insert(USER),
                    () -> stores.tokens().insertIntoSlot(TOKEN, Samples.NOW),
                    () -> stores.tokens().insert(TOKEN.toBuilder().slot(null).build()));
            for (Runnable call : calls) {
                assertThat(catchThrowable(call::run)).isInstanceOf(StoreException.class);
                assertThat(traceOf(call)).contains("SQLSTATE 23").doesNotContain(MARKER);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void unreadableRowDoesNotShowInTheException(Server server) {
        try (TestDatabase database = server.database()) {
            JdbiAuthStores stores = stores(database.runtime());
            stores.tokens().insertIntoSlot(TOKEN, Samples.NOW);
            database.administer("UPDATE auth.auth_tokens SET slot = '" + MARKER + " '");
            assertThat(traceOf(() -> stores.tokens().find(TOKEN.id())))
                    .contains(StoreException.class.getName())
                    .doesNotContain(MARKER);
        }
    }

    @ParameterizedTest
    @EnumSource
    void boundValuesDoNotShowInAFlightRecording(Server server, @TempDir Path folder) throws IOException {
        try (TestDatabase database = server.database();
                Recording recording = new Recording()) {
            recording.enable("jdbi.statement").withoutThreshold();
            recording.start();
            JdbiAuthStores stores = stores(database.runtime());
            EveryVerb.of(stores, USER);
            stores.tokens().insertIntoSlot(TOKEN, Samples.NOW);
            stores.tokens().insert(TOKEN.toBuilder().slot(null).build());
            recording.stop();
            String recorded = dump(recording, folder.resolve("ours.jfr"));
            assertThat(recorded)
                    .contains("auth.auth_users", "auth.auth_tokens", "auth.auth_attempts", "VARCHAR")
                    .doesNotContain(MARKER)
                    .doesNotContain(USER.id().toString(), TOKEN.id().toString(), "2024-02-29");
        }
    }

    @ParameterizedTest
    @EnumSource
    void flightRecordingOfJdbiOnItsOwnShowsValues(Server server, @TempDir Path folder) throws IOException {
        try (TestDatabase database = server.database();
                Recording recording = new Recording()) {
            recording.enable("jdbi.statement").withoutThreshold();
            recording.start();
            Jdbi.create(database.runtime())
                    .useHandle(handle -> handle.createQuery("SELECT id FROM auth.auth_users WHERE email = :email")
                            .bind("email", MARKER)
                            .mapTo(String.class)
                            .list());
            recording.stop();
            assertThat(dump(recording, folder.resolve("plain.jfr"))).contains(MARKER);
        }
    }

    private static String dump(Recording recording, Path file) throws IOException {
        recording.dump(file);
        return RecordingFile.readAllEvents(file).stream().map(Object::toString).collect(Collectors.joining());
    }

    /** Everything the exception of a call has to say, with its causes and what it suppressed. */
    private static String traceOf(Runnable call) {
        StringWriter text = new StringWriter();
        catchThrowable(call::run).printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
