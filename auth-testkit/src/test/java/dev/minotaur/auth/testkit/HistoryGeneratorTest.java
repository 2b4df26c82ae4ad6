package dev.minotaur.auth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.TokenStore;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserStore;
import dev.minotaur.auth.testkit.subject.HeapFixture;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The generator and the model on a correct store: they agree, and what matters happens often. */
class HistoryGeneratorTest {

    private static final int HISTORIES = 200;

    private final Map<String, Integer> answers = new HashMap<>();

    @Test
    void theModelAgreesWithACorrectStoreAndEveryAnswerIsCommon() {
        AuthStores stores = counted(new HeapFixture(Durability.HEAP_ONLY).open());
        for (long seed = 0; seed < HISTORIES; seed++) {
            assertThat(new Script(seed, stores, stores).run())
                    .as("seed " + seed)
                    .isEmpty();
        }
        for (long seed = 0; seed < HISTORIES; seed++) {
            assertThat(Script.withPurges(seed, stores, stores).run())
                    .as("seed " + seed + " with purges")
                    .isEmpty();
        }
        for (InsertUserOutcome outcome : InsertUserOutcome.values()) {
            expectCommon("insert " + outcome);
        }
        for (UpdateUserOutcome outcome : UpdateUserOutcome.values()) {
            expectCommon("update " + outcome);
        }
        for (InsertTokenOutcome outcome : List.of(
                InsertTokenOutcome.INSERTED,
                InsertTokenOutcome.ALREADY_INSERTED,
                InsertTokenOutcome.ID_TAKEN,
                InsertTokenOutcome.SLOT_KEPT)) {
            expectCommon("insertIntoSlot " + outcome);
        }
        for (String verb : List.of("delete", "rotate", "touch", "record", "clear", "consume", "findTokenWithUser")) {
            expectCommon(verb + " true");
            expectCommon(verb + " false");
        }
        expectCommon("deleteByUser 2");
        for (String verb : List.of("deleteExpired", "deleteClosed", "deleteOlder")) {
            expectCommon(verb + " 0");
            expectCommon(verb + " 1");
        }
        expectCommon("deleteExpired 2");
    }

    @Test
    void oneSeedGivesOneProgram() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            assertThat(lines(seed, 1)).isEqualTo(lines(seed, 1));
            assertThat(lines(seed, 1)).hasSameSizeAs(lines(seed, 2)).isNotEqualTo(lines(seed, 2));
        }
    }

    @Test
    void aHistoryHasAtMostTwelveCallsForEachKey() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            assertThat(lines(seed, 1)).hasSizeLessThanOrEqualTo(12);
        }
    }

    private static List<String> lines(long seed, long salt) {
        return Program.of(seed, TokenCalls.ofOne(new Cast(seed, salt)), 7).phases().stream()
                .flatMap(phase -> phase.calls().stream().flatMap(List::stream))
                .map(call -> Traced.line("any", call, null))
                .toList();
    }

    private void expectCommon(String answer) {
        assertThat(answers.getOrDefault(answer, 0)).as(answer).isGreaterThanOrEqualTo(5);
    }

    private AuthStores counted(AuthStores real) {
        return new AuthStores() {
            private final UserStore users = counted(UserStore.class, real.users());
            private final TokenStore tokens = counted(TokenStore.class, real.tokens());
            private final AttemptStore attempts = counted(AttemptStore.class, real.attempts());

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
            public Optional<dev.minotaur.auth.spi.TokenWithUser> findTokenWithUser(dev.minotaur.auth.TokenId id) {
                Optional<dev.minotaur.auth.spi.TokenWithUser> found = AuthStores.super.findTokenWithUser(id);
                answers.merge("findTokenWithUser " + found.isPresent(), 1, Integer::sum);
                return found;
            }
        };
    }

    private <T> T counted(Class<T> type, T real) {
        InvocationHandler counting = (self, method, arguments) -> {
            Object answer = method.invoke(real, arguments);
            Object shown = answer instanceof Optional<?> optional
                    ? (Object) optional.isPresent()
                    : answer instanceof List<?> list ? (Object) list.size() : answer;
            answers.merge(method.getName() + " " + shown, 1, Integer::sum);
            return answer;
        };
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, counting));
    }
}
