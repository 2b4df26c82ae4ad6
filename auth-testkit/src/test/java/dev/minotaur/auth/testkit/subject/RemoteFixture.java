package dev.minotaur.auth.testkit.subject;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UserStore;
import dev.minotaur.auth.testkit.BackendFaults;
import dev.minotaur.auth.testkit.Durability;
import dev.minotaur.auth.testkit.StoreFixture;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/** The correct stores behind a backend that can fail: each verb is a statement and a commit. */
public final class RemoteFixture implements StoreFixture {

    private final StoreFixture heap = new HeapFixture(Durability.SURVIVES_RESTART);
    private final HeapBackend backend = new HeapBackend();
    private final Handling handling;

    /** Stores that tell of a failure as this does. */
    public RemoteFixture(Handling handling) {
        this.handling = handling;
    }

    /** How the stores run a verb. */
    @FunctionalInterface
    public interface Handling {
        Object run(Call call);
    }

    /** One call of a verb. */
    public final class Call {

        private final AuthStores handle;
        private final Supplier<Object> verb;
        private final String name;
        private final Object[] arguments;

        private Call(AuthStores handle, Supplier<Object> verb, String name, Object[] arguments) {
            this.handle = handle;
            this.verb = verb;
            this.name = name;
            this.arguments = arguments;
        }

        /** Whether this is one of some verbs, as "users.insert". */
        public boolean isOneOf(String... names) {
            return Arrays.asList(names).contains(name);
        }

        public boolean reads() {
            return name.contains("find") || name.contains("list");
        }

        public Object argument(int index) {
            return arguments[index];
        }

        /** The correct stores of the handle that is called, of which no call fails. */
        public AuthStores handle() {
            return handle;
        }

        /** Sends something to the backend. */
        public <T> T send(Supplier<T> effect) {
            return backend.call(Arrays.toString(arguments), effect);
        }

        /** Sends the statement, whose effect shows when it is committed. */
        public void sendStatement() {
            var unused = send(() -> true);
        }

        /** Sends the commit. */
        public Object sendCommit() {
            return send(verb);
        }

        public StoreException nothingHappened() {
            return StoreException.nothingHappened("could not run " + name, null);
        }

        public StoreException outcomeUnknown() {
            return StoreException.outcomeUnknown("could not finish " + name, null);
        }
    }

    /** As it should be. */
    public static Object honestly(Call call) {
        try {
            call.sendStatement();
        } catch (HeapBackend.Lost lost) {
            throw call.nothingHappened();
        }
        try {
            return call.sendCommit();
        } catch (HeapBackend.Lost lost) {
            throw call.reads() ? call.nothingHappened() : call.outcomeUnknown();
        }
    }

    @Override
    public AuthStores open() {
        AuthStores handle = heap.open();
        UserStore users = remote(UserStore.class, "users.", handle.users(), handle);
        TokenStore tokens = remote(TokenStore.class, "tokens.", handle.tokens(), handle);
        AttemptStore attempts = remote(AttemptStore.class, "attempts.", handle.attempts(), handle);
        AuthStores joined = remote(AuthStores.class, "", handle, handle);
        return new AuthStores() {
            @Override
            public UserStore users() {
                return users;
            }

            @Override
            public TokenStore tokens() {
                return tokens;
            }

            @Override
            public AttemptStore attempts() {
                return attempts;
            }

            @Override
            public Optional<TokenWithUser> findTokenWithUser(TokenId id) {
                return joined.findTokenWithUser(id);
            }
        };
    }

    private <T> T remote(Class<T> type, String prefix, T correct, AuthStores handle) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    Supplier<Object> verb = () -> invoke(method, correct, arguments);
                    return handling.run(new Call(handle, verb, prefix + method.getName(), arguments));
                }));
    }

    private static Object invoke(Method method, Object correct, Object[] arguments) {
        try {
            return method.invoke(correct, arguments);
        } catch (InvocationTargetException e) {
            throw (RuntimeException) e.getTargetException();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public Optional<BackendFaults> faults() {
        return Optional.of(backend);
    }

    @Override
    public void restart() {
        heap.restart();
    }

    @Override
    public void close() {
        heap.close();
    }
}
