package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UserStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Handles that note each call and its answer, and change neither. */
final class Traced {

    private Traced() {}

    static AuthStores stores(String name, AuthStores raw, Trace trace) {
        UserStore users = proxy(UserStore.class, name + ".users", raw.users(), trace);
        TokenStore tokens = proxy(TokenStore.class, name + ".tokens", raw.tokens(), trace);
        AttemptStore attempts = proxy(AttemptStore.class, name + ".attempts", raw.attempts(), trace);
        AuthStores joined = proxy(AuthStores.class, name, raw, trace);
        InvocationHandler group = (self, method, arguments) -> switch (method.getName()) {
            case "users" -> users;
            case "tokens" -> tokens;
            case "attempts" -> attempts;
            default -> call(method, joined, arguments);
        };
        return proxy(AuthStores.class, group);
    }

    /** A call and its answer as a trace would show them. */
    static String line(String name, Operation call, @Nullable Object answer) {
        InvocationHandler answering = (self, method, arguments) -> {
            if (answer instanceof Failed failed) {
                throw failed.thrown();
            }
            return answer;
        };
        UserStore users = proxy(UserStore.class, answering);
        TokenStore tokens = proxy(TokenStore.class, answering);
        AttemptStore attempts = proxy(AttemptStore.class, answering);
        InvocationHandler group = (self, method, arguments) -> switch (method.getName()) {
            case "users" -> users;
            case "tokens" -> tokens;
            case "attempts" -> attempts;
            default -> answering.invoke(self, method, arguments);
        };
        Trace trace = Trace.ofAllSteps();
        Failed.answer(call, stores(name, proxy(AuthStores.class, group), trace));
        return trace.lines().get(0).substring("1. ".length());
    }

    private static <T> T proxy(Class<T> type, String name, T raw, Trace trace) {
        return proxy(type, (self, method, arguments) -> {
            if (method.getDeclaringClass() == Object.class) {
                return call(method, raw, arguments);
            }
            Supplier<String> step = () -> name + "." + method.getName() + shown(arguments);
            try {
                Object answer = call(method, raw, arguments);
                Object kept = answer instanceof Collection<?> values ? new ArrayList<>(values) : answer;
                trace.add(() -> step.get() + " = " + Shown.inBrief(kept));
                return answer;
            } catch (Throwable thrown) {
                trace.add(() -> step.get() + " threw " + thrown.getClass().getName());
                throw thrown;
            }
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(Method method, Object target, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    private static String shown(Object @Nullable [] arguments) {
        return arguments == null
                ? "()"
                : Arrays.stream(arguments).map(Shown::inBrief).collect(Collectors.joining(", ", "(", ")"));
    }
}
