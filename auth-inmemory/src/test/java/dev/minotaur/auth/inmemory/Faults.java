package dev.minotaur.auth.inmemory;

import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UserStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Stores of which chosen verbs fail, each once unless said otherwise, and which note every call. */
final class Faults {

    private interface Fault {
        Object call(Call real) throws Throwable;
    }

    private interface Call {
        Object run() throws Throwable;
    }

    private final Map<String, Fault> faults = new ConcurrentHashMap<>();
    private final List<String> calls = new ArrayList<>();
    private final AuthStores stores;

    Faults(AuthStores real) {
        this.stores = AuthStores.of(
                wrap(UserStore.class, "users", real.users()),
                wrap(TokenStore.class, "tokens", real.tokens()),
                wrap(AttemptStore.class, "attempts", real.attempts()));
    }

    AuthStores stores() {
        return stores;
    }

    /** The next call does its work, and its answer is lost. */
    void loseAnswerOf(String verb) {
        faults.put(verb, real -> {
            faults.remove(verb);
            var unused = real.run();
            throw StoreException.outcomeUnknown("lost", null);
        });
    }

    /** The next call is lost before it does anything, and nobody can tell. */
    void loseRequestOf(String verb) {
        faults.put(verb, real -> {
            faults.remove(verb);
            throw StoreException.outcomeUnknown("lost", null);
        });
    }

    /** The next call is not answered, and done only when the one after it comes: it was still under way. */
    void delay(String verb) {
        faults.put(verb, late -> {
            faults.put(verb, real -> {
                faults.remove(verb);
                var unused = late.run();
                return real.run();
            });
            throw StoreException.outcomeUnknown("lost", null);
        });
    }

    /** Every call fails from now on, without effect. */
    void breakDown(String verb) {
        faults.put(verb, real -> {
            throw StoreException.nothingHappened("down", null);
        });
    }

    /** The next call does nothing, and is answered so. */
    void answer(String verb, Object answer) {
        faults.put(verb, real -> {
            faults.remove(verb);
            return answer;
        });
    }

    /** Something else happens right before the next call. */
    void before(String verb, Runnable other) {
        faults.put(verb, real -> {
            faults.remove(verb);
            other.run();
            return real.run();
        });
    }

    /** The fault set for a verb happens, and then something else does, before its caller learns of it. */
    void onceThen(String verb, Runnable after) {
        Fault fault = Objects.requireNonNull(faults.get(verb));
        faults.put(verb, real -> {
            try {
                return fault.call(real);
            } finally {
                after.run();
            }
        });
    }

    /** The verb works again. */
    void mend(String verb) {
        faults.remove(verb);
    }

    /** The verbs called since the last time this was asked. */
    List<String> calls() {
        List<String> seen = List.copyOf(calls);
        calls.clear();
        return seen;
    }

    private <T> T wrap(Class<T> type, String name, T real) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    String verb = name + "." + method.getName();
                    calls.add(verb);
                    Call call = () -> {
                        try {
                            return method.invoke(real, arguments);
                        } catch (InvocationTargetException thrown) {
                            throw thrown.getCause();
                        }
                    };
                    Fault fault = faults.get(verb);
                    return fault == null ? call.run() : fault.call(call);
                }));
    }
}
