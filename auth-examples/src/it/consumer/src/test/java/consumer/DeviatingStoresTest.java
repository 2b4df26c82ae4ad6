package consumer;

import dev.minotaur.auth.inmemory.InMemoryAuthStores;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.testkit.AuthStoresContract;
import dev.minotaur.auth.testkit.Durability;
import dev.minotaur.auth.testkit.KnownDeviation;
import dev.minotaur.auth.testkit.StoreFixture;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** The kit over stores that break two rules, and say so. */
// region deviation
@KnownDeviation(rule = "STO-10", reason = "the backend ends each line of a label by a line feed alone")
@KnownDeviation(rule = "STO-17", reason = "as STO-10")
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
        return AuthStores.of(correct.users(), plainLines(correct.tokens()), correct.attempts());
    }

    /** Ends each line of a label as this backend does. */
    private static TokenStore plainLines(TokenStore correct) {
        return (TokenStore) Proxy.newProxyInstance(
                TokenStore.class.getClassLoader(), new Class<?>[] {TokenStore.class}, (proxy, verb, arguments) -> {
                    Object[] changed = arguments == null ? new Object[0] : arguments.clone();
                    for (int i = 0; i < changed.length; i++) {
                        if (changed[i] instanceof StoredToken token
                                && token.label().isPresent()) {
                            String label = token.label().get().replace("\r\n", "\n");
                            changed[i] = token.toBuilder().label(label).build();
                        }
                    }
                    try {
                        return verb.invoke(correct, changed);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
