package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Calls about a few keys of attempts. */
final class AttemptCalls extends Calls {

    private final Cast cast;
    private final int keys;

    AttemptCalls(Cast cast, int keys) {
        super(cast);
        this.cast = cast;
        this.keys = keys;
    }

    @Override
    Operation next(SplittableRandom random, State state) {
        AttemptKey key = cast.key(random.nextInt(keys));
        return switch (weighted(random, 60, 15, 25)) {
            case 0 -> record(random, key, state);
            case 1 -> stores -> stores.attempts().clear(key);
            default -> stores -> stores.attempts().find(key);
        };
    }

    @Override
    List<Operation> first(SplittableRandom random) {
        AttemptKey key = cast.key(0);
        Attempts one = new Attempts(1, anotherTime());
        Operation record = stores -> stores.attempts().record(key, 0, one);
        return chance(random, 50) ? List.of(record) : List.of();
    }

    @Override
    List<Operation> last() {
        return IntStream.range(0, keys)
                .mapToObj(cast::key)
                .map(key -> (Operation) stores -> stores.attempts().find(key))
                .toList();
    }

    private Operation record(SplittableRandom random, AttemptKey key, State state) {
        int count = Stream.ofNullable(state.attempts().get(key))
                .mapToInt(Attempts::count)
                .findFirst()
                .orElse(0);
        int expected = chance(random, 75) ? count : random.nextInt(4);
        int more = chance(random, 80) ? expected + 1 : 1 + random.nextInt(3);
        Attempts next = new Attempts(more, anotherTime());
        return stores -> stores.attempts().record(key, expected, next);
    }
}
