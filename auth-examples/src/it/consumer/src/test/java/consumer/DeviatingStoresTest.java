package consumer;

import dev.minotaur.auth.inmemory.InMemoryAuthStores;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.Durability;
import dev.minotaur.auth.testkit.KnownDeviation;
import dev.minotaur.auth.testkit.StoreFixture;
import java.time.Instant;
import java.util.Optional;

/** The kit over stores that break two rules, and say so. */
// region deviation
@KnownDeviation(rule = "ATT-7", reason = "the backend does not tell whether there was anything to clear")
@KnownDeviation(rule = "ATT-14", reason = "as ATT-7, for callers that meet")
final class DeviatingStoresTest extends AuthStoresContract {
    // end region

    @Override
    protected StoreFixture fixture() {
        return new StoreFixture() {

            private AuthStores stores = deviating();

            @Override
            public AuthStores open() {
                return stores;
            }

            @Override
            public void restart() {
                stores = deviating();
            }

            @Override
            public Durability durability() {
                return Durability.HEAP_ONLY;
            }

            @Override
            public void close() {}
        };
    }

    private static AuthStores deviating() {
        AuthStores correct = InMemoryAuthStores.create();
        return AuthStores.of(correct.users(), correct.tokens(), new AlwaysCleared(correct.attempts()));
    }

    private record AlwaysCleared(AttemptStore attempts) implements AttemptStore {

        @Override
        public Optional<Attempts> find(AttemptKey key) {
            return attempts.find(key);
        }

        @Override
        public boolean record(AttemptKey key, int expectedCount, Attempts next) {
            return attempts.record(key, expectedCount, next);
        }

        @Override
        public boolean clear(AttemptKey key) {
            attempts.clear(key);
            return true;
        }

        @Override
        public int deleteOlder(Instant lastAtUpTo, int limit) {
            return attempts.deleteOlder(lastAtUpTo, limit);
        }
    }
}
