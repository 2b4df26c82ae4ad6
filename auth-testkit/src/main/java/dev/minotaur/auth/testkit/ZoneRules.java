package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.spi.InsertTokenOutcome.INSERTED;
import static dev.minotaur.auth.spi.InsertTokenOutcome.SLOT_KEPT;
import static dev.minotaur.auth.spi.UpdateUserOutcome.UPDATED;
import static dev.minotaur.auth.testkit.Samples.T0;
import static dev.minotaur.auth.testkit.Samples.TICK;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenWithUser;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** Times and texts whatever zone and language somebody has set. */
abstract class ZoneRules extends TimeRules {

    /** Where clocks change by an hour, north and south, by half of one, and once by a day. */
    private static final List<ZoneId> ZONES = Stream.of(
                    "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia")
            .map(ZoneId::of)
            .toList();

    private static final Instant BEFORE_THE_DAY_THAT_APIA_LEFT_OUT = Instant.parse("2011-12-01T00:00:00Z");

    private static final Duration LATER = Duration.ofHours(1);

    ZoneRules() {}

    @Rule(
            id = "STO-11",
            promise =
                    "Every time MUST come back equal, to the microsecond, in 1999 and in 2100, and through the hours in"
                            + " which clocks change, here and in other zones.",
            why =
                    "Limits are compared at the exact microsecond: a time that is rounded or moved by an hour ends a session"
                            + " early, or a link late.")
    public final void sto11TimesComeBackToTheMicrosecond() {
        for (Instant time : times()) {
            UserRecord user = inserted(Samples.user().toBuilder()
                    .emailConfirmedAt(time)
                    .createdAt(time)
                    .updatedAt(time)
                    .build());
            expectStored(user);
            StoredToken token = inserted(at(time).toBuilder()
                    .expiresAt(time)
                    .rotatedAt(time)
                    .authenticatedAt(time)
                    .build());
            expectStored(token);
            expect("touch by one microsecond", tokens().touch(token.id(), time.plus(TICK)))
                    .is(true);
            expectStored(token.toBuilder().lastUsedAt(time.plus(TICK)).build());
            AttemptKey key = recordedAt(time);
            expect("find of the attempts", attempts().find(key)).is(Optional.of(new Attempts(1, time)));
            expectRecorded(key, 1, new Attempts(2, time.plus(TICK)));
            expectStored(broughtByUpdate(
                    user.toBuilder().id(Samples.userId()).email(Samples.email()).build()));
            expectStored(broughtByRotate(token.toBuilder().id(Samples.tokenId()).build()));
            StoredToken holder = at(time).toBuilder()
                    .expiresAt(time)
                    .slot("slot")
                    .authenticatedAt(time)
                    .build();
            expectStored(inSlot(holder));
            StoredToken next = Samples.inSlot(holder.user(), "slot");
            expect("insertIntoSlot in place of what is older", tokens().insertIntoSlot(next, time.minus(TICK)))
                    .is(SLOT_KEPT);
            expect("insertIntoSlot in place of what is as old", tokens().insertIntoSlot(next, time))
                    .is(INSERTED);
        }
    }

    @Rule(
            id = "STO-14",
            promise =
                    "The default locale and the default time zone of the JVM MUST NOT change what is stored, deleted or"
                            + " answered, by whatever verb.",
            why =
                    "A store that formats by the default locale, or keeps local times, breaks on the first server that is set"
                            + " to Turkish, and twice a year on every other.")
    @ResourceLock(Resources.LOCALE)
    @ResourceLock(Resources.TIME_ZONE)
    @ResourceLock(PURGE)
    public final void sto14JvmDefaultsDoNotMatter() {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            for (String tag : List.of("tr-TR", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                boolean east = tag.startsWith("ar");
                TimeZone.setDefault(TimeZone.getTimeZone(east ? "America/St_Johns" : "Pacific/Auckland"));
                UserRecord user = changedUser();
                StoredToken token = changedToken(user);
                StoredToken link = linkAfterAnother();
                AttemptKey key = recordedAt(T0);
                expectRecorded(key, 1, new Attempts(2, T0.plusSeconds(1)));
                expectPurgesExact();
                Locale.setDefault(locale);
                TimeZone.setDefault(TimeZone.getTimeZone(east ? "Pacific/Auckland" : "America/St_Johns"));
                expectSeen(otherHandle(), user, token);
                expect("consume", consume(link)).is(Optional.of(link));
                expect("find of the attempts", otherHandle().attempts().find(key))
                        .is(Optional.of(new Attempts(2, T0.plusSeconds(1))));
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    private UserRecord changedUser() {
        String text = Samples.unique() + "I\u0130i\u0131";
        UserRecord user = inserted(Samples.fullUser().toBuilder()
                .email(new EmailAddress(text, text))
                .version(1_234_567)
                .build());
        expectStored(user);
        UserRecord next = user.toBuilder()
                .version(1_234_568)
                .emailConfirmedAt(T0.plusSeconds(4))
                .createdAt(T0.plusSeconds(5))
                .updatedAt(T0.plusSeconds(6))
                .build();
        expect("the update", users().update(next, user.version())).is(UPDATED);
        expectStored(next);
        return next;
    }

    private StoredToken changedToken(UserRecord user) {
        StoredToken token =
                inserted(Samples.fullSession().toBuilder().user(user.id()).build());
        expectStored(token);
        StoredToken next = rotated(token, T0.plusSeconds(5)).toBuilder()
                .expiresAt(T0.plusSeconds(6))
                .authenticatedAt(T0.plusSeconds(7))
                .build();
        expect("rotate", tokens().rotate(next, token.digest())).is(true);
        expectStored(next);
        expect("touch", tokens().touch(token.id(), T0.plusSeconds(8))).is(true);
        StoredToken touched = next.toBuilder().lastUsedAt(T0.plusSeconds(8)).build();
        expectStored(touched);
        return touched;
    }

    private StoredToken linkAfterAnother() {
        StoredToken holder = inSlot(Samples.inSlot(Samples.userId(), "slot"));
        StoredToken next = Samples.inSlot(holder.user(), "slot");
        expect("insertIntoSlot that replaces what is an hour older", tokens().insertIntoSlot(next, T0.minus(LATER)))
                .is(SLOT_KEPT);
        expectStored(holder);
        expect("insertIntoSlot that replaces what is an hour newer", tokens().insertIntoSlot(next, T0.plus(LATER)))
                .is(INSERTED);
        return next;
    }

    private void expectPurgesExact() {
        Instant upTo = Samples.longAgo();
        Instant before = upTo.minus(LATER);
        Instant after = upTo.plus(LATER);
        StoredToken old = inserted(at(before));
        StoredToken young = inserted(at(after));
        UserRecord oldUser = inserted(closedAt(before));
        UserRecord youngUser = inserted(closedAt(after));
        AttemptKey oldKey = recordedAt(before);
        AttemptKey youngKey = recordedAt(after);
        drain(limit -> tokens().deleteExpired(upTo, limit));
        drain(limit -> users().deleteClosed(upTo, limit).size());
        drain(limit -> attempts().deleteOlder(upTo, limit));
        expectGone(old);
        expectStored(young);
        expect("findById of a user who was closed before", users().findById(oldUser.id()))
                .is(Optional.empty());
        expectStored(youngUser);
        expect("find of older attempts", attempts().find(oldKey)).is(Optional.empty());
        expect("find of later attempts", attempts().find(youngKey)).is(Optional.of(new Attempts(1, after)));
    }

    private static void expectSeen(AuthStores other, UserRecord user, StoredToken token) {
        expect("findByEmail", other.users().findByEmail(user.email().canonical()))
                .is(Optional.of(user));
        expect("find", other.tokens().find(token.id())).is(Optional.of(token));
        expect("listByUser", other.tokens().listByUser(user.id(), TokenPurpose.SESSION))
                .is(List.of(token));
        expect("findTokenWithUser", other.findTokenWithUser(token.id()))
                .is(Optional.of(new TokenWithUser(token, user)));
    }

    private static UserRecord closedAt(Instant time) {
        return Samples.user().toBuilder()
                .status(UserStatus.CLOSED)
                .createdAt(time)
                .updatedAt(time)
                .build();
    }

    static StoredToken at(Instant time) {
        return Samples.session().toBuilder()
                .issuedAt(time)
                .expiresAt(time)
                .lastUsedAt(time)
                .build();
    }

    private static List<Instant> times() {
        List<Instant> times = new ArrayList<>();
        for (Instant era : Samples.ERAS) {
            times.addAll(List.of(era, era.plusNanos(1000), era.plusNanos(999_999_000), era.plusNanos(123_457_000)));
        }
        changesAfter(Samples.ERAS.get(1), ZoneId.systemDefault()).forEach(change -> {
            for (long minutes = -90; minutes <= 90; minutes += 30) {
                times.add(change.getInstant().plusSeconds(60 * minutes));
            }
        });
        for (ZoneId zone : ZONES) {
            changesAfter(BEFORE_THE_DAY_THAT_APIA_LEFT_OUT, zone).forEach(change -> {
                Instant begin = change.getInstant();
                Duration half = change.getDuration().abs().dividedBy(2);
                times.addAll(List.of(
                        begin.minus(TICK),
                        begin,
                        begin.plus(half),
                        readAsUtc(change).plus(half)));
            });
        }
        return times;
    }

    /** Up to two. */
    private static List<ZoneOffsetTransition> changesAfter(Instant time, ZoneId zone) {
        List<ZoneOffsetTransition> changes = new ArrayList<>();
        ZoneOffsetTransition change = zone.getRules().nextTransition(time);
        while (change != null && changes.size() < 2) {
            changes.add(change);
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return changes;
    }

    /** What the clock shows where it leaves hours out or begins to repeat them, as if it were that of UTC. */
    private static Instant readAsUtc(ZoneOffsetTransition change) {
        LocalDateTime before = change.getDateTimeBefore();
        LocalDateTime after = change.getDateTimeAfter();
        return (before.isBefore(after) ? before : after).toInstant(ZoneOffset.UTC);
    }
}
