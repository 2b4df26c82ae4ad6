package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.ContractBase.expect;
import static dev.minotaur.auth.testkit.Samples.T0;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.testkit.VerbCase.State;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The verbs of a store of attempts, as cases that are made anew each time. */
final class AttemptVerbs {

    private static final Attempts ONE = new Attempts(1, T0);
    private static final Attempts TWO = new Attempts(2, T0.plusSeconds(1));

    private final AttemptKey key = Samples.key();
    private final AttemptKey other = Samples.key();

    private AttemptVerbs() {}

    static List<Supplier<VerbCase>> all() {
        return List.of(
                () -> new AttemptVerbs().find(),
                () -> new AttemptVerbs().recordFirst(),
                () -> new AttemptVerbs().recordNext(),
                () -> new AttemptVerbs().recordOverAnother(),
                () -> new AttemptVerbs().clear(),
                () -> new AttemptVerbs().deleteOlder());
    }

    private VerbCase find() {
        return verb(
                "find attempts",
                stores -> stores.attempts().find(key),
                new State(with(Optional.of(ONE), Optional.empty()), Optional.of(ONE)));
    }

    private VerbCase recordFirst() {
        return verb(
                "record a first attempt",
                stores -> stores.attempts().record(other, 0, ONE),
                new State(with(Optional.of(ONE), Optional.empty()), true),
                new State(with(Optional.of(ONE), Optional.of(ONE)), false));
    }

    private VerbCase recordNext() {
        return verb(
                "record an attempt",
                stores -> stores.attempts().record(key, 1, TWO),
                new State(with(Optional.of(ONE), Optional.empty()), true),
                new State(with(Optional.of(TWO), Optional.empty()), false));
    }

    private VerbCase recordOverAnother() {
        return verb(
                "record an attempt over another count",
                stores -> stores.attempts().record(key, 0, TWO),
                new State(with(Optional.of(ONE), Optional.empty()), false));
    }

    private VerbCase clear() {
        return verb(
                "clear attempts",
                stores -> stores.attempts().clear(key),
                new State(with(Optional.of(ONE), Optional.empty()), true),
                new State(with(Optional.empty(), Optional.empty()), false));
    }

    private VerbCase deleteOlder() {
        Instant longAgo = Samples.longAgo();
        Attempts old = new Attempts(1, longAgo);
        Consumer<AuthStores> given = stores -> {
            TokenPurgeRules.drain(limit -> stores.attempts().deleteOlder(longAgo, limit));
            expectRecorded(stores, key, old);
            expectRecorded(stores, other, old);
        };
        return new VerbCase(
                "delete old attempts",
                given,
                stores -> stores.attempts().deleteOlder(longAgo, 3),
                this::look,
                List.of(
                        new State(with(Optional.of(old), Optional.of(old)), 2),
                        new State(with(Optional.of(old), Optional.empty()), 1),
                        new State(with(Optional.empty(), Optional.of(old)), 1),
                        new State(with(Optional.empty(), Optional.empty()), 0)),
                Marks.of(key));
    }

    private VerbCase verb(String name, Function<AuthStores, Object> call, State... states) {
        Set<String> secrets = new HashSet<>(Marks.of(key));
        secrets.addAll(Marks.of(other));
        return new VerbCase(
                name, stores -> expectRecorded(stores, key, ONE), call, this::look, List.of(states), secrets);
    }

    private static void expectRecorded(AuthStores stores, AttemptKey key, Attempts first) {
        expect("record that expects 0", stores.attempts().record(key, 0, first)).is(true);
    }

    private Sight look(AuthStores stores) {
        return with(stores.attempts().find(key), stores.attempts().find(other));
    }

    private static Sight with(Optional<Attempts> attempts, Optional<Attempts> others) {
        return new Sight().with("the attempts", attempts).with("the attempts of another key", others);
    }
}
