package dev.minotaur.auth.examples;

import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UserStore;
import java.lang.reflect.Proxy;

/** Stores whose every verb fails. */
public final class DownStores {

    private DownStores() {}

    /** All three fail in the same way. */
    public static AuthStores failingWith(StoreException failure) {
        return AuthStores.of(
                store(UserStore.class, failure), store(TokenStore.class, failure), store(AttemptStore.class, failure));
    }

    private static <T> T store(Class<T> type, StoreException failure) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            throw failure;
        }));
    }
}
