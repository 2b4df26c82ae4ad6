package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Purges at times about those of what is stored, with limits that reach all of it. */
final class PurgeCalls extends Calls {

    private static final int[] LIMITS = {100, 1000, Integer.MAX_VALUE};

    private final Instant end;

    PurgeCalls(Cast cast) {
        super(cast);
        this.end = end(cast.start());
    }

    /** A time after all of a history that begins at the given one. */
    static Instant end(Instant start) {
        return start.plusSeconds(1);
    }

    @Override
    Operation next(SplittableRandom random, State state) {
        int limit = LIMITS[random.nextInt(LIMITS.length)];
        switch (weighted(random, 50, 25, 25)) {
            case 0 -> {
                Instant now = upTo(random, state.tokens().values().stream().map(StoredToken::expiresAt));
                return stores -> stores.tokens().deleteExpired(now, limit);
            }
            case 1 -> {
                Instant upTo = upTo(random, state.users().values().stream().map(UserRecord::updatedAt));
                return stores -> stores.users().deleteClosed(upTo, limit);
            }
            default -> {
                Instant upTo = upTo(random, state.attempts().values().stream().map(Attempts::lastAt));
                return stores -> stores.attempts().deleteOlder(upTo, limit);
            }
        }
    }

    /** One of the times, or shortly before it, or a time after all. */
    private Instant upTo(SplittableRandom random, Stream<Instant> times) {
        List<Instant> sorted = times.sorted().toList();
        if (sorted.isEmpty() || chance(random, 20)) {
            return end;
        }
        Instant time = sorted.get(random.nextInt(sorted.size()));
        return chance(random, 50) ? time : time.minus(Samples.TICK);
    }

    @Override
    List<Operation> first(SplittableRandom random) {
        return List.of();
    }

    @Override
    List<Operation> last() {
        return List.of();
    }
}
