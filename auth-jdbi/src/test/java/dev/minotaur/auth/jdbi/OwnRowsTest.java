package dev.minotaur.auth.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.UserRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an application's own rows that refer to a user do to the purge of closed users. */
final class OwnRowsTest {

    private static UserRecord closed() {
        return Samples.user().toBuilder().status(UserStatus.CLOSED).build();
    }

    private static void refer(TestDatabase database, UserRecord user, String onDelete) {
        TestDatabase.execute(
                database.owner(),
                "CREATE TABLE auth.note (user_id uuid REFERENCES auth.auth_users (id)" + onDelete + ")");
        TestDatabase.execute(database.owner(), "INSERT INTO auth.note VALUES ('" + user.id() + "')");
    }

    @ParameterizedTest
    @EnumSource
    void aRowWithoutCascadeStopsThePurgeAsAWhole(Server server) {
        try (TestDatabase database = server.database()) {
            JdbiAuthStores stores = Server.stores(database.runtime());
            UserRecord referred = closed();
            UserRecord other = closed();
            stores.users().insert(referred);
            stores.users().insert(other);
            refer(database, referred, "");

            assertThatThrownBy(() -> stores.users().deleteClosed(other.updatedAt(), 10))
                    .isInstanceOfSatisfying(StoreException.class, failure -> assertThat(failure.effect())
                            .isEqualTo(StoreException.Effect.NONE));
            assertThat(stores.users().findById(referred.id())).isPresent();
            assertThat(stores.users().findById(other.id())).isPresent();
        }
    }

    /** H2 asks of whoever deletes the user for the right to update the row. */
    @ParameterizedTest
    @EnumSource(names = {"NEWEST_POSTGRESQL", "OLDEST_POSTGRESQL"})
    void aRowThatIsCutLooseStopsNothing(Server server) {
        try (TestDatabase database = server.database()) {
            JdbiAuthStores stores = Server.stores(database.runtime());
            UserRecord referred = closed();
            stores.users().insert(referred);
            refer(database, referred, " ON DELETE SET NULL");

            assertThat(stores.users().deleteClosed(referred.updatedAt(), 10)).containsExactly(referred.id());
            assertThat(TestDatabase.ask(database.owner(), "SELECT count(*) FROM auth.note WHERE user_id IS NULL"))
                    .isEqualTo("1");
        }
    }
}
