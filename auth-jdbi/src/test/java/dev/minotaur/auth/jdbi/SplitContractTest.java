package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.jdbi.support.H2Database;
import dev.minotaur.auth.jdbi.support.PostgresServer;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.BackendFaults;
import dev.minotaur.auth.testkit.StoreFixture;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract with the users in one database, and the tokens and attempts in another. */
final class SplitContractTest extends AuthStoresContract {

    private static Pools forUsers;
    private static Pools forTokens;

    @BeforeAll
    static void start() {
        forUsers = Pools.on(PostgresServer.newest().migrated());
        forTokens = Pools.on(H2Database.inMemory());
    }

    @AfterAll
    static void stop() {
        forUsers.close();
        forTokens.close();
    }

    @Override
    protected StoreFixture fixture() {
        BreakingConnections faults = new BreakingConnections();
        return new Split(
                JdbiFixture.on(forUsers).failingBy(faults),
                JdbiFixture.on(forTokens).failingBy(faults));
    }

    private record Split(StoreFixture users, StoreFixture tokens) implements StoreFixture {

        @Override
        public AuthStores open() {
            AuthStores rest = tokens.open();
            return AuthStores.of(users.open().users(), rest.tokens(), rest.attempts());
        }

        @Override
        public void restart() {
            users.restart();
            tokens.restart();
        }

        /** Those of both databases, counted together. */
        @Override
        public Optional<BackendFaults> faults() {
            return users.faults();
        }

        @Override
        public Optional<String> dump() {
            return Optional.of(users.dump().orElseThrow() + tokens.dump().orElseThrow());
        }

        @Override
        public void close() {
            users.close();
            tokens.close();
        }
    }
}
