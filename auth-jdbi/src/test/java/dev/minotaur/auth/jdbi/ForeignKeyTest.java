package dev.minotaur.auth.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.jdbi.migration.SchemaMigrator;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.UserRecord;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The stores on a schema with the optional foreign key from tokens to users. */
final class ForeignKeyTest {

    @ParameterizedTest
    @EnumSource
    void tokenOfAnAbsentUserIsRefused(Server server) {
        try (TestDatabase database = withForeignKey(server)) {
            JdbiAuthStores stores = Server.stores(database.runtime());
            UserRecord absent = Samples.user();
            StoredToken session = Samples.session(absent);
            StoredToken inSlot = Samples.inSlot(absent, "slot");
            assertThat(stores.tokens().insert(session)).isEqualTo(InsertTokenOutcome.NO_SUCH_USER);
            assertThat(stores.tokens().insertIntoSlot(inSlot, Samples.NOW)).isEqualTo(InsertTokenOutcome.NO_SUCH_USER);
            assertThat(stores.tokens().find(session.id())).isEmpty();
            assertThat(stores.tokens().find(inSlot.id())).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void signUpTokenNeedsNoUser(Server server) {
        try (TestDatabase database = withForeignKey(server)) {
            JdbiAuthStores stores = Server.stores(database.runtime());
            StoredToken token = Samples.inSlot(Samples.user(), "slot").toBuilder()
                    .purpose(new TokenPurpose("sign-up"))
                    .build();
            assertThat(stores.tokens().insertIntoSlot(token, Samples.NOW)).isEqualTo(InsertTokenOutcome.INSERTED);
            assertThat(stores.tokens().consume(token.id(), token.purpose(), token.digest()))
                    .contains(token);
        }
    }

    @ParameterizedTest
    @EnumSource
    void tokensGoWithTheirUserAndEveryVerbWorks(Server server) {
        try (TestDatabase database = withForeignKey(server)) {
            JdbiAuthStores stores = Server.stores(database.runtime());
            EveryVerb.of(stores);
            UserRecord user = Samples.user();
            StoredToken token = Samples.session(user);
            stores.users().insert(user);
            assertThat(stores.tokens().insert(token)).isEqualTo(InsertTokenOutcome.INSERTED);
            assertThat(stores.users().delete(user.id())).isTrue();
            assertThat(stores.tokens().find(token.id())).isEmpty();
        }
    }

    private static TestDatabase withForeignKey(Server server) {
        TestDatabase database = server.database();
        SchemaMigrator.builder(database.owner())
                .schema(TestDatabase.SCHEMA)
                .withForeignKeyToUsers()
                .build()
                .migrate();
        return database;
    }
}
