package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Samples.T0;
import static dev.minotaur.auth.testkit.Samples.TICK;

import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What a store of attempts does, one caller at a time. */
abstract class AttemptRules extends TokenPurgeRaceRules {

    AttemptRules() {}

    @Rule(
            id = "ATT-1",
            promise = "find MUST answer empty for a key under which nothing is counted.",
            why = "A first attempt would be refused, or counted as a later one.")
    public final void att1UnknownIsEmpty() {
        expect("find", attempts().find(Samples.key())).is(Optional.empty());
    }

    @Rule(
            id = "ATT-2",
            promise =
                    "record that expects 0 MUST answer true where nothing is stored, and find MUST then answer count and"
                            + " time as they were given.",
            why = "An attempt that is not counted is one that a guesser has for free.")
    public final void att2RecordFromNothing() {
        for (int count : List.of(1, 5, 16_777_217, Integer.MAX_VALUE - 1, Integer.MAX_VALUE)) {
            AttemptKey key = Samples.key();
            expectRecorded(key, 0, new Attempts(count, T0.plusSeconds(count % 1000)));
        }
    }

    @Rule(
            id = "ATT-3",
            promise =
                    "record that expects the stored count MUST answer true and replace count and time by the given ones,"
                            + " whatever they are, the same too.",
            why = "Core decides what a count means: it starts again at 1 after a while, and a store that only counts up"
                    + " would lock people out for good.")
    public final void att3RecordReplaces() {
        AttemptKey key = Samples.key();
        expectRecorded(key, 0, new Attempts(1, T0));
        expectRecorded(key, 1, new Attempts(2, T0.plusSeconds(1)));
        expectRecorded(key, 2, new Attempts(Integer.MAX_VALUE, T0.plusSeconds(2)));
        expectRecorded(key, Integer.MAX_VALUE, new Attempts(1, T0.minusSeconds(1)));
        expectRecorded(key, 1, new Attempts(1, T0.minusSeconds(2)));
        expectRecorded(key, 1, new Attempts(1, T0.minusSeconds(2)));
    }

    @Rule(
            id = "ATT-4",
            promise =
                    "record that expects another count than the stored one, 0 too, MUST answer false and change nothing.",
            why = "Of two attempts at once one would be lost: guesses made in parallel would not count.")
    public final void att4RecordNeedsTheStoredCount() {
        AttemptKey key = Samples.key();
        Attempts stored = new Attempts(5, T0);
        expectRecorded(key, 0, stored);
        for (int other : List.of(0, 1, 4, 6, 5 + (1 << 8), 5 + (1 << 16), 5 + (1 << 24), Integer.MAX_VALUE)) {
            expect("record that expects " + other, attempts().record(key, other, new Attempts(7, T0.plusSeconds(1))))
                    .is(false);
            expect("find", attempts().find(key)).is(Optional.of(stored));
        }
    }

    @Rule(
            id = "ATT-5",
            promise = "record that expects a count where nothing is stored MUST answer false and store nothing.",
            why = "An attempt decided on before a reset would bring the old count back.")
    public final void att5RecordNeedsARecord() {
        AttemptKey key = Samples.key();
        expect("record that expects 1", attempts().record(key, 1, new Attempts(2, T0)))
                .is(false);
        expect("find", attempts().find(key)).is(Optional.empty());
    }

    @Rule(
            id = "ATT-6",
            promise = "record MUST refuse a negative expected count by IllegalArgumentException and change nothing.",
            why = "A mistake of the caller would pass for a lost race, and be tried again for ever.")
    public final void att6NegativeCountIsRefused() {
        AttemptKey key = Samples.key();
        for (int negative : List.of(-1, Integer.MIN_VALUE)) {
            expectThrow(IllegalArgumentException.class, "record that expects " + negative, () -> attempts()
                    .record(key, negative, new Attempts(1, T0)));
            expect("find", attempts().find(key)).is(Optional.empty());
        }
        expectRecorded(key, 0, new Attempts(1, T0));
        expectThrow(IllegalArgumentException.class, "record that expects -1 where one is stored", () -> attempts()
                .record(key, -1, new Attempts(2, T0)));
        expect("find", attempts().find(key)).is(Optional.of(new Attempts(1, T0)));
    }

    @Rule(
            id = "ATT-7",
            promise = "clear MUST answer true once, and false where nothing is stored; afterwards the key is as new.",
            why = "A count that survives the sign-in that should have cleared it locks the owner out later.")
    public final void att7ClearForgets() {
        AttemptKey key = Samples.key();
        expectRecorded(key, 0, new Attempts(3, T0));
        expect("the first clear", attempts().clear(key)).is(true);
        expect("the second clear", attempts().clear(key)).is(false);
        expect("find", attempts().find(key)).is(Optional.empty());
        expectRecorded(key, 0, new Attempts(1, T0));
    }

    @Rule(
            id = "ATT-8",
            promise =
                    "Keys that differ in one bit MUST be different, and a call under one MUST leave the others as they"
                            + " are.",
            why = "A guesser could use up, or clear, somebody else's attempts.")
    public final void att8KeysAreExact() {
        byte[] bytes = Samples.bytes32();
        AttemptKey key = AttemptKey.of(bytes);
        bytes[0] ^= (byte) 0x80;
        AttemptKey first = AttemptKey.of(bytes);
        bytes[0] ^= (byte) 0x80;
        bytes[AttemptKey.LENGTH - 1] ^= 1;
        AttemptKey last = AttemptKey.of(bytes);
        bytes[AttemptKey.LENGTH - 1] ^= 1;
        expectRecorded(key, 0, new Attempts(1, T0));
        expectRecorded(first, 0, new Attempts(2, T0));
        expectRecorded(last, 0, new Attempts(3, T0));
        expectRecorded(first, 2, new Attempts(4, T0));
        expect("clear", attempts().clear(last)).is(true);
        for (byte[] alike : Samples.alike(bytes).subList(1, AttemptKey.LENGTH - 1)) {
            AttemptKey other = AttemptKey.of(alike);
            expect("find of a key with another bit", attempts().find(other)).is(Optional.empty());
            expect("clear of a key with another bit", attempts().clear(other)).is(false);
        }
        expect("find of the first key", attempts().find(key)).is(Optional.of(new Attempts(1, T0)));
        expect("find of the second key", attempts().find(first)).is(Optional.of(new Attempts(4, T0)));
    }

    @Rule(
            id = "ATT-9",
            promise =
                    "deleteOlder MUST delete a record whose last attempt is at lastAtUpTo or before, and MUST leave one"
                            + " that is later, by one microsecond too, whatever was recorded under the key before.",
            why =
                    "A count that is deleted early gives a guesser a fresh budget; one that never is, counts tries of years"
                            + " towards the hundred that disable a password.")
    @ResourceLock(PURGE)
    public final void att9AgeIsExact() {
        Instant upTo = Samples.longAgoInMicros();
        AttemptKey before = recordedAt(upTo.minus(TICK));
        AttemptKey exactly = recordedAt(upTo);
        AttemptKey after = recordedAt(upTo.plus(TICK));
        AttemptKey goneOn = recordedAt(upTo);
        expectRecorded(goneOn, 1, new Attempts(2, upTo.plus(TICK)));
        AttemptKey putBack = recordedAt(upTo.plus(TICK));
        expectRecorded(putBack, 1, new Attempts(2, upTo));
        AttemptKey later = recordedAt(upTo);
        expectRecorded(later, 1, new Attempts(1, upTo.plus(TICK)));
        AttemptKey earlier = recordedAt(upTo.plus(TICK));
        expectRecorded(earlier, 1, new Attempts(1, upTo));
        AttemptKey hundred = Samples.key();
        expectRecorded(hundred, 0, new Attempts(100, upTo));
        AttemptKey most = Samples.key();
        expectRecorded(most, 0, new Attempts(Integer.MAX_VALUE, upTo));
        AttemptKey fresh = recordedAt(upTo);
        expect("clear", attempts().clear(fresh)).is(true);
        expectRecorded(fresh, 0, new Attempts(1, upTo.plus(TICK)));
        AttemptKey oldAgain = recordedAt(upTo.plus(TICK));
        expect("clear", attempts().clear(oldAgain)).is(true);
        expectRecorded(oldAgain, 0, new Attempts(1, upTo));
        drain(limit -> attempts().deleteOlder(upTo, limit));
        expect("find of an older record", attempts().find(before)).is(Optional.empty());
        expect("find of a record of that time", attempts().find(exactly)).is(Optional.empty());
        expect("find of one that counts a hundred", attempts().find(hundred)).is(Optional.empty());
        expect("find of one that counts all it can", attempts().find(most)).is(Optional.empty());
        expect("find of a later record", attempts().find(after)).is(Optional.of(new Attempts(1, upTo.plus(TICK))));
        expect("find of one that was recorded again later", attempts().find(goneOn))
                .is(Optional.of(new Attempts(2, upTo.plus(TICK))));
        expect("find of one that was recorded again earlier", attempts().find(putBack))
                .is(Optional.empty());
        expect("find of one that has the same count later", attempts().find(later))
                .is(Optional.of(new Attempts(1, upTo.plus(TICK))));
        expect("find of one that has the same count earlier", attempts().find(earlier))
                .is(Optional.empty());
        expect("find of one that was cleared and recorded later", attempts().find(fresh))
                .is(Optional.of(new Attempts(1, upTo.plus(TICK))));
        expect("find of one that was cleared and recorded earlier", attempts().find(oldAgain))
                .is(Optional.empty());
    }

    @Rule(
            id = "ATT-10",
            promise =
                    "deleteOlder MUST delete at most as many records as the limit says, as many as that if there are, and"
                            + " answer how many; less than the limit only when no old record is left.",
            why = "A purge without a bound holds locks that sign-ins wait for, and one that counts wrong never ends.")
    @ResourceLock(PURGE)
    public final void att10PurgeKeepsToItsLimit() {
        Instant upTo = Samples.longAgo();
        drain(limit -> attempts().deleteOlder(upTo, limit));
        List<AttemptKey> old = Stream.generate(() -> recordedAt(upTo)).limit(5).toList();
        for (int answer : List.of(2, 2, 1, 0)) {
            expect("deleteOlder of 2", attempts().deleteOlder(upTo, 2)).is(answer);
        }
        for (AttemptKey key : old) {
            expect("find of an old record", attempts().find(key)).is(Optional.empty());
        }
        AttemptKey last = recordedAt(upTo);
        expect("deleteOlder of as many as can be", attempts().deleteOlder(upTo, Integer.MAX_VALUE))
                .is(1);
        expect("find of an old record", attempts().find(last)).is(Optional.empty());
    }

    @Rule(
            id = "ATT-11",
            promise = "deleteOlder MUST refuse a limit below 1 by IllegalArgumentException and delete nothing.",
            why = "Some backends take 0 or a negative limit for none at all.")
    @ResourceLock(PURGE)
    public final void att11LimitIsAtLeastOne() {
        Instant upTo = Samples.longAgo();
        AttemptKey old = recordedAt(upTo);
        for (int limit : List.of(0, -1, Integer.MIN_VALUE)) {
            expectThrow(IllegalArgumentException.class, "deleteOlder of " + limit, () -> attempts()
                    .deleteOlder(upTo, limit));
            expect("find", attempts().find(old)).is(Optional.of(new Attempts(1, upTo)));
        }
        var unused = attempts().deleteOlder(upTo, 1);
        drain(limit -> attempts().deleteOlder(upTo, limit));
    }

    final void expectRecorded(AttemptKey key, int expected, Attempts next) {
        expect("record that expects " + expected, attempts().record(key, expected, next))
                .is(true);
        expect("find", attempts().find(key)).is(Optional.of(next));
    }

    final AttemptKey recordedAt(Instant lastAt) {
        AttemptKey key = Samples.key();
        expect("record that expects 0", attempts().record(key, 0, new Attempts(1, lastAt)))
                .is(true);
        return key;
    }
}
