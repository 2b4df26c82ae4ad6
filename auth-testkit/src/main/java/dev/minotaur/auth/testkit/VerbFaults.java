package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoreException.Effect;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UserStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** Makes a verb of any stores fail, as a correct store would tell of it, where their backend cannot be made to fail. */
final class VerbFaults {

    private int left;
    private BackendFaults.Moment moment = BackendFaults.Moment.BEFORE_EFFECT;
    private Effect told = Effect.NONE;
    private boolean failed;

    /** Handles of which a verb can fail. */
    AuthStores over(AuthStores raw) {
        UserStore users = proxy(UserStore.class, (self, method, arguments) -> call(method, raw.users(), arguments));
        TokenStore tokens = proxy(TokenStore.class, (self, method, arguments) -> call(method, raw.tokens(), arguments));
        AttemptStore attempts =
                proxy(AttemptStore.class, (self, method, arguments) -> call(method, raw.attempts(), arguments));
        return proxy(AuthStores.class, (self, method, arguments) -> switch (method.getName()) {
            case "users" -> users;
            case "tokens" -> tokens;
            case "attempts" -> attempts;
            default -> call(method, raw, arguments);
        });
    }

    /** The hook, for failures that say this of their effect. */
    BackendFaults telling(Effect effect) {
        return new BackendFaults() {
            @Override
            public void arm(int call, Moment when) {
                begin(call, when, effect);
            }

            @Override
            public boolean disarm() {
                return end();
            }
        };
    }

    private synchronized void begin(int call, BackendFaults.Moment when, Effect effect) {
        if (call < 1) {
            throw new IllegalArgumentException("calls are counted from 1");
        }
        left = call;
        moment = when;
        told = effect;
        failed = false;
    }

    private synchronized boolean end() {
        left = 0;
        return failed;
    }

    private synchronized boolean fails() {
        boolean now = left == 1;
        left = Math.max(0, left - 1);
        failed |= now;
        return now;
    }

    private @Nullable Object call(Method method, Object target, Object @Nullable [] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class || !fails()) {
            return invoke(method, target, arguments);
        }
        if (moment == BackendFaults.Moment.AFTER_EFFECT) {
            var unused = invoke(method, target, arguments);
        }
        throw told == Effect.NONE || reads(method)
                ? StoreException.nothingHappened("the kit lets this call fail", null)
                : StoreException.outcomeUnknown("the kit lets the answer of this call be lost", null);
    }

    private static boolean reads(Method method) {
        return method.getName().startsWith("find") || method.getName().startsWith("list");
    }

    private static @Nullable Object invoke(Method method, Object target, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
