package dev.minotaur.auth.testkit.broken;

import static dev.minotaur.auth.testkit.broken.Fault.attempts;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.AttemptStore;
import dev.minotaur.auth.spi.Attempts;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Stores of attempts that are broken. */
final class AttemptFaults {

    private AttemptFaults() {}

    static List<Fault> all() {
        return Fault.list(
                attempts(
                                "an unknown key has a count",
                                finding((store, key) ->
                                        store.find(key).or(() -> Optional.of(new Attempts(1, Instant.EPOCH)))),
                                "ATT-1")
                        .widely(),
                attempts(
                                "an unknown key is a failure",
                                finding((store, key) ->
                                        Optional.of(store.find(key).orElseThrow())),
                                "ATT-1")
                        .widely(),
                attempts(
                        "a first record counts 1",
                        recording((store, key, expected, next) ->
                                store.record(key, expected, expected == 0 ? new Attempts(1, next.lastAt()) : next)),
                        "ATT-9",
                        "ATT-2",
                        "ATT-4",
                        "ATT-7",
                        "ATT-8",
                        "STO-20"),
                attempts(
                        "counts are kept in two bytes",
                        recording((store, key, expected, next) -> store.record(
                                key, expected, new Attempts(Math.min(next.count(), 65535), next.lastAt()))),
                        "ATT-9",
                        "ATT-2",
                        "ATT-3"),
                attempts(
                        "the time of the first attempt is kept",
                        recording((store, key, expected, next) -> store.record(
                                key,
                                expected,
                                new Attempts(
                                        next.count(),
                                        store.find(key).map(Attempts::lastAt).orElse(next.lastAt())))),
                        "STO-11",
                        "ATT-3",
                        "ATT-9",
                        "STO-22",
                        "STO-14"),
                attempts(
                        "a count goes up only",
                        recording((store, key, expected, next) ->
                                next.count() > expected && store.record(key, expected, next)),
                        "ATT-3",
                        "ATT-9"),
                attempts(
                        "a time goes forward only",
                        recording((store, key, expected, next) -> store.record(
                                key,
                                expected,
                                new Attempts(
                                        next.count(),
                                        store.find(key)
                                                .map(Attempts::lastAt)
                                                .filter(next.lastAt()::isBefore)
                                                .orElse(next.lastAt())))),
                        "ATT-3",
                        "ATT-9",
                        "STO-22"),
                attempts(
                        "the expected count is ignored",
                        recording((store, key, expected, next) -> store.record(
                                key,
                                expected < 0
                                        ? expected
                                        : store.find(key).map(Attempts::count).orElse(0),
                                next)),
                        "ATT-4",
                        "ATT-5"),
                attempts(
                        "expecting 0 overwrites",
                        recording((store, key, expected, next) -> store.record(
                                key,
                                expected == 0
                                        ? store.find(key).map(Attempts::count).orElse(0)
                                        : expected,
                                next)),
                        "ATT-4"),
                attempts(
                        "a lower expected count will do",
                        recording((store, key, expected, next) -> store.record(
                                key,
                                store.find(key)
                                        .map(Attempts::count)
                                        .filter(count -> expected > 0 && expected < count)
                                        .orElse(expected),
                                next)),
                        "ATT-4"),
                attempts(
                        "a refused record moves the time",
                        recording((store, key, expected, next) -> {
                            boolean recorded = store.record(key, expected, next);
                            if (!recorded) {
                                store.find(key)
                                        .ifPresent(old -> store.record(
                                                key, old.count(), new Attempts(old.count(), next.lastAt())));
                            }
                            return recorded;
                        }),
                        "ATT-4"),
                attempts(
                        "record creates whatever it expects",
                        recording((store, key, expected, next) -> store.record(
                                key, expected > 0 && store.find(key).isEmpty() ? 0 : expected, next)),
                        "ATT-5"),
                attempts(
                        "a negative count is a lost race",
                        recording((store, key, expected, next) -> expected >= 0 && store.record(key, expected, next)),
                        "ATT-6"),
                attempts(
                        "a negative count is 0",
                        recording((store, key, expected, next) -> store.record(key, Math.max(0, expected), next)),
                        "ATT-6"),
                attempts(
                        "clear always says yes",
                        clearing((store, key) -> Fault.yes(store.clear(key))),
                        "ATT-8",
                        "ATT-7"),
                attempts(
                        "clear leaves a count of 1",
                        clearing((store, key) -> store.find(key)
                                .filter(old -> store.record(key, old.count(), new Attempts(1, old.lastAt())))
                                .isPresent()),
                        "ATT-7",
                        "ATT-9",
                        "STO-3"),
                attempts(
                        "keys are cut at 31 bytes",
                        store -> new ForwardingAttemptStore(store) {
                            @Override
                            protected AttemptKey key(AttemptKey key) {
                                return AttemptKey.of(Arrays.copyOf(Arrays.copyOf(key.bytes(), 31), 32));
                            }
                        },
                        "ATT-8",
                        "STO-20"),
                attempts(
                        "keys are kept as ASCII",
                        store -> new ForwardingAttemptStore(store) {
                            @Override
                            protected AttemptKey key(AttemptKey key) {
                                byte[] bytes = key.bytes();
                                for (int i = 0; i < bytes.length; i++) {
                                    bytes[i] &= 0x7f;
                                }
                                return AttemptKey.of(bytes);
                            }
                        },
                        "ATT-8"),
                attempts(
                        "a record of that time is not old",
                        purging((store, upTo, limit) -> store.deleteOlder(upTo.minusNanos(1000), limit)),
                        "ATT-9",
                        "ATT-10"),
                attempts(
                        "a record of that millisecond is old",
                        purging((store, upTo, limit) -> store.deleteOlder(upTo.plusNanos(999_000), limit)),
                        "ATT-9"),
                attempts(
                        "the limit is ignored",
                        purging((store, upTo, limit) -> store.deleteOlder(upTo, limit < 1 ? limit : Integer.MAX_VALUE)),
                        "ATT-10"),
                attempts(
                        "the limit is one too low",
                        purging((store, upTo, limit) ->
                                limit == 1 ? 0 : store.deleteOlder(upTo, limit < 1 ? limit : limit - 1)),
                        "ATT-10"),
                attempts(
                        "the count of a purge is doubled",
                        purging((store, upTo, limit) -> 2 * store.deleteOlder(upTo, limit)),
                        "ATT-10"),
                attempts(
                        "a purge of nothing is allowed",
                        purging((store, upTo, limit) -> limit < 1 ? 0 : store.deleteOlder(upTo, limit)),
                        "ATT-11"),
                attempts(
                        "a purge of one is refused",
                        purging((store, upTo, limit) -> store.deleteOlder(upTo, limit == 1 ? 0 : limit)),
                        "ATT-11"),
                attempts(
                        "a purge without a limit is allowed",
                        purging((store, upTo, limit) -> store.deleteOlder(upTo, limit < 1 ? Integer.MAX_VALUE : limit)),
                        "ATT-11"));
    }

    static UnaryOperator<AttemptStore> finding(Find find) {
        return store -> new ForwardingAttemptStore(store) {
            @Override
            public Optional<Attempts> find(AttemptKey key) {
                return find.of(correct, key);
            }
        };
    }

    static UnaryOperator<AttemptStore> recording(Write record) {
        return store -> new ForwardingAttemptStore(store) {
            @Override
            public boolean record(AttemptKey key, int expectedCount, Attempts next) {
                return record.of(correct, key, expectedCount, next);
            }
        };
    }

    static UnaryOperator<AttemptStore> clearing(Clear clear) {
        return store -> new ForwardingAttemptStore(store) {
            @Override
            public boolean clear(AttemptKey key) {
                return clear.of(correct, key);
            }
        };
    }

    static UnaryOperator<AttemptStore> purging(Purge purge) {
        return store -> new ForwardingAttemptStore(store) {
            @Override
            public int deleteOlder(Instant lastAtUpTo, int limit) {
                return purge.of(correct, lastAtUpTo, limit);
            }
        };
    }

    /** In place of {@code find}. */
    @FunctionalInterface
    interface Find {
        Optional<Attempts> of(AttemptStore correct, AttemptKey key);
    }

    /** In place of {@code record}. */
    @FunctionalInterface
    interface Write {
        boolean of(AttemptStore correct, AttemptKey key, int expected, Attempts next);
    }

    /** In place of {@code clear}. */
    @FunctionalInterface
    interface Clear {
        boolean of(AttemptStore correct, AttemptKey key);
    }

    /** In place of {@code deleteOlder}. */
    @FunctionalInterface
    interface Purge {
        int of(AttemptStore correct, Instant upTo, int limit);
    }
}
