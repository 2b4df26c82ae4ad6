package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.spi.InsertTokenOutcome.INSERTED;
import static dev.minotaur.auth.spi.InsertTokenOutcome.SLOT_KEPT;
import static dev.minotaur.auth.spi.UpdateUserOutcome.UPDATED;
import static dev.minotaur.auth.testkit.Samples.T0;
import static dev.minotaur.auth.testkit.Samples.TICK;

import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** Which time is before which, and what a time that lies before the last one may do. */
abstract class TimeRules extends HostileTextRules {

    /** A microsecond apart where a number of seconds gets a digit more or overflows, and where years do. */
    private static final List<Instant> TIMES = Stream.of(
                    "2000-01-01T00:00:00Z",
                    "2001-09-09T01:46:40Z",
                    "2038-01-19T03:14:08Z",
                    "2070-01-01T00:00:00Z",
                    "2100-01-01T00:00:00Z",
                    "2100-03-01T00:00:00Z")
            .map(Instant::parse)
            .flatMap(time -> Stream.of(time.minus(TICK), time))
            .toList();

    TimeRules() {}

    @Rule(
            id = "STO-21",
            promise = "Of two times a store MUST know which is later, to the microsecond and in all years from 1999 to"
                    + " 2100.",
            why = "Times that are compared as text, or as numbers that overflow, keep a slot taken for ever and end the"
                    + " newest session in place of the oldest.")
    public final void sto21LaterIsLater() {
        UserId user = Samples.userId();
        List<StoredToken> listed = TIMES.stream()
                .map(time -> Samples.session(user).toBuilder().issuedAt(time).build())
                .toList();
        List<StoredToken> shuffled = new ArrayList<>(listed);
        Collections.rotate(shuffled, 5);
        Collections.swap(shuffled, 1, 8);
        shuffled.forEach(this::inserted);
        expect("listByUser", tokens().listByUser(user, TokenPurpose.SESSION)).is(listed);
        for (int i = 1; i < TIMES.size(); i++) {
            Instant before = TIMES.get(i - 1);
            Instant time = TIMES.get(i);
            StoredToken token =
                    inserted(Samples.session().toBuilder().lastUsedAt(before).build());
            expect("touch with a later time", tokens().touch(token.id(), time)).is(true);
            expect("touch with an earlier time", tokens().touch(token.id(), before))
                    .is(false);
            StoredToken holder = inSlot(Samples.inSlot(Samples.userId(), "slot").toBuilder()
                    .issuedAt(time)
                    .build());
            StoredToken next = Samples.inSlot(holder.user(), "slot").toBuilder()
                    .issuedAt(time)
                    .build();
            expect("insertIntoSlot that replaces what is earlier", tokens().insertIntoSlot(next, before))
                    .is(SLOT_KEPT);
            expect("insertIntoSlot that replaces what is of that time", tokens().insertIntoSlot(next, time))
                    .is(INSERTED);
        }
    }

    @Rule(
            id = "STO-22",
            promise = "A write MUST take effect though its times lie before those of what is stored, and MUST NOT bring"
                    + " back what was removed later than that.",
            why = "Clocks go back: a store that lets the later time win loses the change of a password, or revives the"
                    + " session that it ended.")
    public final void sto22EarlierTimesAreWritten() {
        for (Duration back :
                List.of(Duration.ofSeconds(1), Duration.ofHours(1), Duration.between(Samples.ERAS.get(0), T0))) {
            Instant before = T0.minus(back);
            expectUserChanges(before);
            expectTokenChanges(before);
            expectSlotChanges(before);
            AttemptKey key = recordedAt(T0);
            expectRecorded(key, 1, new Attempts(2, before));
        }
    }

    private void expectUserChanges(Instant before) {
        UserRecord user = inserted(Samples.fullUser());
        UserRecord next = user.toBuilder()
                .version(user.version() + 1)
                .stamp(Samples.stamp())
                .emailConfirmedAt(before)
                .createdAt(before)
                .updatedAt(before)
                .build();
        expect("the update", users().update(next, user.version())).is(UPDATED);
        expectStored(next);
    }

    private void expectTokenChanges(Instant before) {
        StoredToken token = inserted(Samples.fullSession().toBuilder()
                .rotatedAt(T0)
                .authenticatedAt(T0)
                .build());
        StoredToken next = token.toBuilder()
                .digest(Samples.digest())
                .rotatedAt(before)
                .authenticatedAt(before)
                .build();
        expect("rotate", tokens().rotate(next, token.digest())).is(true);
        expectStored(next);
        expect("whether consume gives the token", consume(next).isPresent()).is(true);
        expect("touch of a consumed token", tokens().touch(token.id(), before)).is(false);
        expectGone(token);
    }

    private void expectSlotChanges(Instant before) {
        StoredToken holder = inSlot(Samples.inSlot(Samples.userId(), "slot"));
        StoredToken next = Samples.inSlot(holder.user(), "slot").toBuilder()
                .issuedAt(before)
                .expiresAt(before)
                .build();
        expect("insertIntoSlot of a token issued before the holder", tokens().insertIntoSlot(next, T0))
                .is(INSERTED);
        expectGone(holder);
        expectStored(next);
    }
}
