package dev.minotaur.auth.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.jdbi.support.CountingDataSource;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.UserRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each call costs the statements that {@code docs/statements.md} says. */
final class StatementCountTest {

    private static final Path PAGE = Path.of("..", "docs", "statements.md");

    @Test
    void pageHasTheCountsThatAreMeasured() throws IOException {
        Map<String, String> postgresql = counts(Server.NEWEST_POSTGRESQL);
        Map<String, String> h2 = counts(Server.H2);
        StringJoiner table = new StringJoiner("\n", "| Call | PostgreSQL | H2 |\n| --- | --- | --- |\n", "\n");
        postgresql.forEach((call, count) -> table.add("| " + call + " | " + count + " | " + h2.get(call) + " |"));
        assertThat(Files.readString(PAGE)).endsWith("\n\n" + table);
        assertThat(counts(Server.OLDEST_POSTGRESQL)).isEqualTo(postgresql);
    }

    @ParameterizedTest
    @EnumSource
    void sessionCheckIsOneReadAndNoWrite(Server server) {
        try (TestDatabase database = server.database()) {
            CountingDataSource counting = CountingDataSource.over(database.runtime());
            JdbiAuthStores stores = Server.stores(counting.dataSource());
            UserRecord user = Samples.user();
            StoredToken token = Samples.session(user);
            stores.users().insert(user);
            stores.tokens().insert(token);
            counting.reset();
            assertThat(stores.findTokenWithUser(token.id())).isPresent();
            assertThat(counting.statements()).hasSize(1);
            assertThat(counting.reads()).isEqualTo(1);
            assertThat(counting.writes()).isZero();
            assertThat(counting.connections()).isEqualTo(1);
        }
    }

    private static Map<String, String> counts(Server server) {
        try (TestDatabase database = server.database()) {
            Counts counts = new Counts(CountingDataSource.over(database.runtime()));
            counts.of("open the stores", stores -> {});
            users(counts);
            tokens(counts);
            slots(counts);
            attempts(counts);
            return counts.found;
        }
    }

    private static void users(Counts counts) {
        UserRecord user = Samples.user();
        UserRecord other = Samples.user();
        UserRecord next = user.toBuilder().version(2).build();
        counts.of("`users().insert`, inserted", stores -> stores.users().insert(user));
        counts.of("`users().insert`, already inserted", stores -> stores.users().insert(user));
        counts.of("`users().insert`, taken", stores -> stores.users()
                .insert(other.toBuilder().email(user.email()).build()));
        counts.of("`users().findById`", stores -> stores.users().findById(user.id()));
        counts.of("`users().findByEmail`", stores -> stores.users()
                .findByEmail(user.email().canonical()));
        counts.of("`users().findByUsername`", stores -> stores.users()
                .findByUsername(user.username().orElseThrow().canonical()));
        counts.of("`users().update`, updated", stores -> stores.users().update(next, 1));
        counts.of("`users().update`, stale", stores -> stores.users().update(next, 1));
        counts.of("`users().update`, not found", stores -> stores.users().update(other, 1));
        counts.silently(stores -> stores.users().insert(other));
        counts.of("`users().update`, taken", stores -> stores.users()
                .update(next.toBuilder().email(other.email()).build(), 2));
        counts.of("`users().delete`", stores -> stores.users().delete(user.id()));
        counts.of(
                "`users().deleteClosed`, nobody there", stores -> stores.users().deleteClosed(Samples.NOW, 100));
        UserRecord closed = Samples.user().toBuilder().status(UserStatus.CLOSED).build();
        counts.silently(stores -> stores.users().insert(closed));
        counts.of("`users().deleteClosed`", stores -> stores.users().deleteClosed(closed.updatedAt(), 100));
    }

    private static void tokens(Counts counts) {
        UserRecord user = Samples.user();
        StoredToken token = Samples.session(user);
        StoredToken rotated = token.toBuilder().digest(Samples.digest()).build();
        counts.silently(stores -> stores.users().insert(user));
        counts.of("`tokens().insert`, inserted", stores -> stores.tokens().insert(token));
        counts.of(
                "`tokens().insert`, already inserted", stores -> stores.tokens().insert(token));
        counts.of("`tokens().find`", stores -> stores.tokens().find(token.id()));
        counts.of("`findTokenWithUser`", stores -> stores.findTokenWithUser(token.id()));
        counts.of("`tokens().touch`", stores -> stores.tokens().touch(token.id(), Samples.NOW.plusSeconds(1)));
        counts.of("`tokens().rotate`", stores -> stores.tokens().rotate(rotated, token.digest()));
        counts.of("`tokens().listByUser`", stores -> stores.tokens().listByUser(user.id(), token.purpose()));
        counts.of(
                "`tokens().consume`", stores -> stores.tokens().consume(token.id(), token.purpose(), rotated.digest()));
        counts.of("`tokens().consume`, nothing there", stores -> stores.tokens()
                .consume(token.id(), token.purpose(), rotated.digest()));
        counts.of("`tokens().delete`", stores -> stores.tokens().delete(token.id()));
        counts.of("`tokens().deleteByUser`", stores -> stores.tokens()
                .deleteByUser(user.id(), TokenScope.of(token.purpose()).butNot(token.id())));
        counts.of("`tokens().deleteExpired`", stores -> stores.tokens().deleteExpired(Samples.NOW, 100));
    }

    private static void slots(Counts counts) {
        UserRecord user = Samples.user();
        StoredToken first = Samples.inSlot(user, "slot");
        StoredToken second = Samples.inSlot(user, "slot");
        Instant before = Samples.NOW.minusNanos(1000);
        counts.of("`tokens().insertIntoSlot`, free", stores -> stores.tokens().insertIntoSlot(first, before));
        counts.of("`tokens().insertIntoSlot`, kept", stores -> stores.tokens().insertIntoSlot(second, before));
        counts.of(
                "`tokens().insertIntoSlot`, replaced", stores -> stores.tokens().insertIntoSlot(second, Samples.NOW));
        counts.of("`tokens().insertIntoSlot`, already inserted", stores -> stores.tokens()
                .insertIntoSlot(second, Samples.NOW));
    }

    private static void attempts(Counts counts) {
        AttemptKey key = Samples.key();
        Attempts one = new Attempts(1, Samples.NOW);
        counts.of("`attempts().find`", stores -> stores.attempts().find(key));
        counts.of("`attempts().record`, first", stores -> stores.attempts().record(key, 0, one));
        counts.of(
                "`attempts().record`, next", stores -> stores.attempts().record(key, 1, new Attempts(2, Samples.NOW)));
        counts.of(
                "`attempts().record`, other count", stores -> stores.attempts().record(key, 0, one));
        counts.of("`attempts().clear`", stores -> stores.attempts().clear(key));
        counts.of("`attempts().deleteOlder`", stores -> stores.attempts().deleteOlder(Samples.NOW, 100));
    }

    private static final class Counts {

        private final CountingDataSource counting;
        private final AuthStores stores;
        private final Map<String, String> found = new LinkedHashMap<>();
        private boolean opened;

        Counts(CountingDataSource counting) {
            this.counting = counting;
            this.stores = Server.stores(counting.dataSource());
        }

        void silently(Consumer<AuthStores> call) {
            call.accept(stores);
        }

        void of(String name, Consumer<AuthStores> call) {
            if (opened) {
                counting.reset();
            }
            opened = true;
            call.accept(stores);
            StringJoiner count = new StringJoiner(" and ");
            add(count, counting.writes(), "write");
            add(count, counting.reads(), "read");
            assertThat(counting.writes() + counting.reads())
                    .isEqualTo(counting.statements().size());
            assertThat(counting.connections()).isEqualTo(1);
            found.put(name, count.toString());
        }

        private static void add(StringJoiner count, long statements, String kind) {
            if (statements > 0) {
                count.add(statements + " " + kind + (statements > 1 ? "s" : ""));
            }
        }
    }
}
