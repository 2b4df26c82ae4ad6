package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.spi.InsertTokenOutcome.SLOT_KEPT;
import static dev.minotaur.auth.spi.UpdateUserOutcome.UPDATED;
import static dev.minotaur.auth.testkit.Samples.TICK;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TimeZone;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What holds for the values of all records: text, times, lists, and what the JVM is set to. */
abstract class ValueRules extends TimeRules {

    ValueRules() {}

    @Rule(
            id = "STO-10",
            promise = "All text MUST come back char by char, whatever it contains but NUL and lone surrogates.",
            why =
                    "Text that a store escapes, trims or re-encodes is not the text that its owner typed, and mail to it goes"
                            + " elsewhere.")
    public final void sto10TextComesBackAsItWas() {
        for (String text : List.of(
                " ends in space ",
                "'; DROP TABLE auth_users; --",
                "back\\slash \"quoted\" %s ${x} {0} ?",
                "line\nbreak\r\ntab\tbell\u0007delete\u007f",
                "null",
                "\u00e9 e\u0301 \u212b \u0130 \u0131 \u00df",
                "\ufeff\u200b\u202e\u2028\ufffd\uffff",
                "\ud83d\ude00 \ud87e\udc1d")) {
            for (UnaryOperator<UserRecord> way : userWays()) {
                String canonical = Samples.unique().substring(16) + text;
                expectStored(way.apply(Samples.user(new EmailAddress(text, canonical)).toBuilder()
                        .username(new Username(text, canonical))
                        .build()));
            }
            for (UnaryOperator<StoredToken> way : tokenWays()) {
                expectStored(way.apply(
                        Samples.session().toBuilder().sentTo(text).label(text).build()));
            }
        }
    }

    @Rule(
            id = "STO-11",
            promise =
                    "Every time MUST come back equal, to the microsecond, in 1999 and in 2100, and through the hours in"
                            + " which clocks change.",
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
        }
    }

    @Rule(
            id = "STO-12",
            promise = "A store MUST NOT look at a clock: every verb answers the same whatever the time is.",
            why =
                    "What a token is worth is for core to say, by a clock that can be set; a store with a clock of its own"
                            + " decides otherwise on every node whose clock is off.")
    @ResourceLock(PURGE)
    public final void sto12NoClockIsRead() {
        for (Instant time : Samples.ERAS) {
            UserRecord user = inserted(
                    Samples.user().toBuilder().createdAt(time).updatedAt(time).build());
            UserRecord next = user.toBuilder().version(2).build();
            expect("the update", users().update(next, 1)).is(UPDATED);
            expectStored(next);
            StoredToken session = inserted(at(time).toBuilder().user(user.id()).build());
            expect("touch", tokens().touch(session.id(), time.plus(TICK))).is(true);
            StoredToken rotated = rotated(session, time.plus(TICK));
            expect("rotate", tokens().rotate(rotated, session.digest())).is(true);
            expectStored(rotated);
            expect("listByUser", tokens().listByUser(user.id(), TokenPurpose.SESSION))
                    .is(List.of(rotated));
            expect(
                            "whether findTokenWithUser finds it",
                            stores().findTokenWithUser(session.id()).isPresent())
                    .is(true);
            StoredToken link = inSlot(at(time).toBuilder().slot("slot").build());
            StoredToken again = link.toBuilder().id(Samples.tokenId()).build();
            expect("insertIntoSlot", tokens().insertIntoSlot(again, time.minus(TICK)))
                    .is(SLOT_KEPT);
            expect("consume", consume(link)).is(Optional.of(link));
            expect("deleteByUser", tokens().deleteByUser(user.id(), TokenScope.everything()))
                    .is(1);
            AttemptKey key = recordedAt(time);
            expectRecorded(key, 1, new Attempts(2, time));
        }
        Instant purge = Samples.longAgo();
        StoredToken later = inserted(at(purge.plusSeconds(1)));
        UserRecord laterUser = inserted(UserPurgeRules.closed(purge.plusSeconds(1)));
        AttemptKey laterKey = recordedAt(purge.plusSeconds(1));
        drain(limit -> tokens().deleteExpired(purge, limit));
        drain(limit -> users().deleteClosed(purge, limit).size());
        drain(limit -> attempts().deleteOlder(purge, limit));
        expectStored(later);
        expectStored(laterUser);
        expect("find of the attempts", attempts().find(laterKey))
                .is(Optional.of(new Attempts(1, purge.plusSeconds(1))));
    }

    @Rule(
            id = "STO-13",
            promise = "What a caller does to a list that listByUser gave MUST NOT change what is stored.",
            why = "A caller that sorts or filters its list would end sessions of the user.")
    public final void sto13ListIsTheCallers() {
        StoredToken one = inserted(Samples.session());
        StoredToken two = inserted(one.toBuilder()
                .id(Samples.tokenId())
                .issuedAt(one.issuedAt().plusSeconds(1))
                .build());
        List<StoredToken> listed = tokens().listByUser(one.user(), one.purpose());
        try {
            listed.clear();
        } catch (UnsupportedOperationException immutable) {
            expect("the list", listed).is(List.of(one, two));
        }
        expect("listByUser again", tokens().listByUser(one.user(), one.purpose()))
                .is(List.of(one, two));
        expectStored(one);
    }

    @Rule(
            id = "STO-14",
            promise =
                    "The default locale and the default time zone of the JVM MUST NOT change what is stored or answered.",
            why =
                    "A store that formats by the default locale, or keeps local times, breaks on the first server that is set"
                            + " to Turkish, and twice a year on every other.")
    @ResourceLock(Resources.LOCALE)
    @ResourceLock(Resources.TIME_ZONE)
    public final void sto14JvmDefaultsDoNotMatter() {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try {
            for (String tag : List.of("tr-TR", "ar-EG-u-nu-arab", "th-TH-u-ca-buddhist-nu-thai")) {
                Locale.setDefault(Locale.forLanguageTag(tag));
                TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
                String text = Samples.unique() + "I\u0130i\u0131";
                UserRecord user = inserted(Samples.fullUser().toBuilder()
                        .email(new EmailAddress(text, text))
                        .version(1_234_567)
                        .build());
                StoredToken token = inserted(
                        Samples.fullSession().toBuilder().user(user.id()).build());
                expectStored(user);
                expectStored(token);
                Locale.setDefault(locale);
                TimeZone.setDefault(TimeZone.getTimeZone("America/St_Johns"));
                expect("findByEmail", otherHandle().users().findByEmail(text)).is(Optional.of(user));
                expect("find", otherHandle().tokens().find(token.id())).is(Optional.of(token));
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    private static StoredToken at(Instant time) {
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
        ZoneOffsetTransition change = ZoneId.systemDefault().getRules().nextTransition(Samples.ERAS.get(1));
        for (int i = 0; i < 2 && change != null; i++) {
            for (long minutes = -90; minutes <= 90; minutes += 30) {
                times.add(change.getInstant().plusSeconds(60 * minutes));
            }
            change = ZoneId.systemDefault().getRules().nextTransition(change.getInstant());
        }
        return times;
    }
}
