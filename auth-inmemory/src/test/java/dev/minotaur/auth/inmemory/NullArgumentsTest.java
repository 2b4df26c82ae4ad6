package dev.minotaur.auth.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No verb takes null for an argument, wherever it stands, and each says which one it was. */
final class NullArgumentsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final UserId USER = new UserId(UUID.randomUUID());
    private static final TokenId TOKEN = new TokenId(UUID.randomUUID());
    private static final TokenDigest DIGEST = TokenDigest.of(new byte[32]);

    private static final Map<Class<?>, Object> ARGUMENTS = Map.ofEntries(
            Map.entry(UserId.class, USER),
            Map.entry(TokenId.class, TOKEN),
            Map.entry(TokenDigest.class, DIGEST),
            Map.entry(TokenPurpose.class, TokenPurpose.SESSION),
            Map.entry(TokenScope.class, TokenScope.everything()),
            Map.entry(AttemptKey.class, AttemptKey.of(new byte[32])),
            Map.entry(Attempts.class, new Attempts(1, NOW)),
            Map.entry(Instant.class, NOW),
            Map.entry(String.class, "ada@example.org"),
            Map.entry(long.class, 1L),
            Map.entry(int.class, 1),
            Map.entry(UserRecord.class, user()),
            Map.entry(StoredToken.class, token().build()));

    @ParameterizedTest
    @MethodSource("references")
    void nullIsRefused(Method verb, int position) throws Throwable {
        Object[] arguments = Arrays.stream(verb.getParameterTypes())
                .map(type -> verb.getName().equals("insert") && type == StoredToken.class
                        ? token().slot(null).build()
                        : ARGUMENTS.get(type))
                .toArray();
        assertThat(call(verb, arguments)).as("the answer without a null").isNotNull();
        arguments[position] = null;
        assertThatNullPointerException().isThrownBy(() -> call(verb, arguments)).withMessageMatching("[a-zA-Z]+");
    }

    static Stream<Object[]> references() {
        return Stream.of(UserStore.class, TokenStore.class, AttemptStore.class)
                // In an order of their own: that of getMethods differs from one process to the next.
                .flatMap(store -> Arrays.stream(store.getMethods()).sorted(Comparator.comparing(Method::toString)))
                .flatMap(verb -> IntStream.range(0, verb.getParameterCount())
                        .filter(position -> !verb.getParameterTypes()[position].isPrimitive())
                        .mapToObj(position -> new Object[] {verb, position}));
    }

    private static Object call(Method verb, Object[] arguments) throws Throwable {
        AuthStores stores = InMemoryAuthStores.create();
        Object store = verb.getDeclaringClass() == UserStore.class
                ? stores.users()
                : verb.getDeclaringClass() == TokenStore.class ? stores.tokens() : stores.attempts();
        try {
            return verb.invoke(store, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    private static UserRecord user() {
        return UserRecord.builder()
                .id(USER)
                .version(1)
                .email(new EmailAddress("ada@example.org", "ada@example.org"))
                .status(UserStatus.ACTIVE)
                .stamp(new SecurityStamp(UUID.randomUUID()))
                .createdAt(NOW)
                .updatedAt(NOW)
                .build();
    }

    private static StoredToken.Builder token() {
        return StoredToken.builder()
                .id(TOKEN)
                .user(USER)
                .purpose(TokenPurpose.SESSION)
                .slot("slot")
                .digest(DIGEST)
                .issuedAt(NOW)
                .expiresAt(NOW)
                .lastUsedAt(NOW);
    }
}
