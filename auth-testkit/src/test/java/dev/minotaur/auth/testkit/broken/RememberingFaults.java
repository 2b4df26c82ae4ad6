package dev.minotaur.auth.testkit.broken;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UserStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** Stores whose handles remember what one read has answered, and forget it on all handles at each write but one. */
final class RememberingFaults {

    private static final String JOINED = "findTokenWithUser";

    private RememberingFaults() {}

    static List<Fault> all() {
        return Fault.list(
                remembering(JOINED, "TokenStore.insertIntoSlot", "STO-3"),
                remembering(JOINED, "TokenStore.deleteExpired", "STO-3"),
                remembering(JOINED, "TokenStore.deleteByUser", "STO-3"),
                remembering(JOINED, "TokenStore.consume", "STO-3"),
                remembering(JOINED, "TokenStore.delete", "STO-3"),
                remembering(JOINED, "UserStore.deleteClosed", "STO-3"),
                remembering(JOINED, "UserStore.delete", "STO-3"),
                remembering(JOINED, "TokenStore.insert", "STO-6"),
                remembering(JOINED, "UserStore.insert", "STO-6"),
                remembering(JOINED, "TokenStore.touch", "STO-6"),
                remembering(JOINED, "TokenStore.rotate", "STO-6"),
                remembering(JOINED, "UserStore.update", "STO-6"),
                remembering("TokenStore.find", "TokenStore.deleteExpired", "STO-3"),
                remembering("TokenStore.listByUser", "TokenStore.deleteExpired", "STO-3"),
                remembering("TokenStore.listByUser", "TokenStore.insertIntoSlot", "STO-3"),
                remembering("UserStore.findById", "UserStore.deleteClosed", "STO-3"),
                remembering("UserStore.findByEmail", "UserStore.deleteClosed", "STO-3"),
                remembering("UserStore.findByUsername", "UserStore.deleteClosed", "STO-3"));
    }

    private static Fault remembering(String read, String write, String caughtBy) {
        List<Map<List<Object>, Object>> memories = new CopyOnWriteArrayList<>();
        return Fault.stores(
                        read + " is remembered over " + write + " of another handle",
                        correct -> new Remembering(correct, read, write, memories),
                        caughtBy)
                .toNamed();
    }

    private static final class Remembering implements AuthStores {

        private final AuthStores correct;
        private final String read;
        private final String write;
        private final List<Map<List<Object>, Object>> memories;
        private final Map<List<Object>, Object> memory = new ConcurrentHashMap<>();
        private final UserStore users;
        private final TokenStore tokens;

        Remembering(AuthStores correct, String read, String write, List<Map<List<Object>, Object>> memories) {
            this.correct = correct;
            this.read = read;
            this.write = write;
            this.memories = memories;
            this.users = remembering(UserStore.class, correct.users());
            this.tokens = remembering(TokenStore.class, correct.tokens());
            memories.add(memory);
        }

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
            return correct.attempts();
        }

        @Override
        @SuppressWarnings("unchecked") // what is remembered under this key is of this call
        public Optional<TokenWithUser> findTokenWithUser(TokenId id) {
            return read.equals(JOINED)
                    ? (Optional<TokenWithUser>) remembered(List.of(id), () -> correct.findTokenWithUser(id))
                    : correct.findTokenWithUser(id);
        }

        private Object remembered(List<Object> key, Supplier<Object> call) {
            return memory.computeIfAbsent(key, any -> call.get());
        }

        private <T> T remembering(Class<T> type, T store) {
            return type.cast(
                    Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                        String name = type.getSimpleName() + "." + method.getName();
                        if (name.equals(read)) {
                            return remembered(Arrays.asList(arguments), () -> called(store, method, arguments));
                        }
                        Object answer = called(store, method, arguments);
                        if (!method.getName().startsWith("find")
                                && !method.getName().startsWith("list")) {
                            memory.clear();
                            memories.stream()
                                    .filter(other -> !name.equals(write))
                                    .forEach(Map::clear);
                        }
                        return answer;
                    }));
        }

        private static Object called(Object store, Method method, Object[] arguments) {
            try {
                return method.invoke(store, arguments);
            } catch (InvocationTargetException e) {
                if (e.getCause() instanceof RuntimeException thrown) {
                    throw thrown;
                }
                throw new AssertionError(e);
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        }
    }
}
