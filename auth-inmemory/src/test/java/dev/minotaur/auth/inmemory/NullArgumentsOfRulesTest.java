package dev.minotaur.auth.inmemory;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.ImportedUser;
import dev.minotaur.auth.SessionOptions;
import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.password.RawPassword;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No account rule takes null for an argument, wherever it stands. */
final class NullArgumentsOfRulesTest {

    private static final Map<Class<?>, Object> ARGUMENTS = Map.of(
            UserId.class,
            new UserId(UUID.randomUUID()),
            TokenId.class,
            new TokenId(UUID.randomUUID()),
            String.class,
            "ada@example.org",
            RawPassword.class,
            RawPassword.ofString("correct horse battery"),
            SessionOptions.class,
            SessionOptions.none(),
            int.class,
            1,
            Duration.class,
            Duration.ofMinutes(5),
            ImportedUser.class,
            ImportedUser.of("ada@example.org"));

    @ParameterizedTest
    @MethodSource("references")
    void nullIsRefused(Function<Accounts, Object> group, Method rule, int position) {
        try (Accounts accounts = accounts()) {
            Object[] arguments =
                    Arrays.stream(rule.getParameterTypes()).map(ARGUMENTS::get).toArray();
            Object rules = group.apply(accounts);
            assertThatCode(() -> call(rule, rules, arguments)).doesNotThrowAnyException();
            arguments[position] = null;
            assertThatNullPointerException().isThrownBy(() -> call(rule, rules, arguments));
        }
    }

    static Stream<Object[]> references() {
        return Stream.<Function<Accounts, Object>>of(
                        accounts -> accounts,
                        Accounts::signUp,
                        Accounts::registration,
                        Accounts::signIn,
                        Accounts::sessions,
                        Accounts::passwords,
                        Accounts::passwordReset,
                        Accounts::signInLink,
                        Accounts::emailChange,
                        Accounts::usernameChange,
                        Accounts::closing,
                        Accounts::userImport,
                        Accounts::administration)
                .flatMap(group -> Arrays.stream(
                                group.apply(accounts()).getClass().getDeclaredMethods())
                        .filter(rule ->
                                Modifier.isPublic(rule.getModifiers()) && !Modifier.isStatic(rule.getModifiers()))
                        .flatMap(rule -> IntStream.range(0, rule.getParameterCount())
                                .filter(position -> !rule.getParameterTypes()[position].isPrimitive())
                                .mapToObj(position -> new Object[] {group, rule, position})));
    }

    private static Accounts accounts() {
        return Accounts.builder(InMemoryAuthStores.create())
                .hasher(new CountingHasher())
                .allowUnconfirmedSignIn()
                .revealTakenEmail()
                .allowSignInByEmailedLink()
                .mailer(message -> {})
                .executor(Runnable::run)
                .build();
    }

    private static Object call(Method rule, Object rules, Object[] arguments) throws Throwable {
        try {
            return rule.invoke(rules, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
