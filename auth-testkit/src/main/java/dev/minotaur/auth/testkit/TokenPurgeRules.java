package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.testkit.Samples.TICK;

import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.spi.StoredToken;
import java.time.Instant;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * What {@code deleteExpired} does, one caller at a time. It is the one verb that reaches the rows of everybody, and the
 * database may be shared and dirty: so these rules purge at times of the 1970s, which no other rule uses, first clear what an
 * earlier run left there, and do not run side by side.
 */
abstract class TokenPurgeRules extends TokenDeleteRules {

    static final String PURGE = "dev.minotaur.auth.testkit.purge";

    static final int BATCH = 1000;

    TokenPurgeRules() {}

    @Rule(
            id = "TOK-43",
            promise = "deleteExpired MUST delete a token whose expiry is now or before, and MUST leave one that expires"
                    + " later, by one microsecond too, whatever the expiry was before a rotate, or of the token it"
                    + " replaced.",
            why =
                    "A token deleted a moment early signs somebody out whom the rules still hold signed in; one that stays"
                            + " a moment late piles up for ever where times are coarse.")
    @ResourceLock(PURGE)
    public final void tok43ExpiryIsExact() {
        Instant now = Samples.longAgoInMicros();
        StoredToken before = inserted(expiring(now.minus(TICK)));
        StoredToken usedLater = inserted(
                expiring(now).toBuilder().lastUsedAt(now.plusSeconds(60)).build());
        StoredToken exactly = inserted(expiring(now));
        StoredToken after = inserted(expiring(now.plus(TICK)));
        StoredToken live = inserted(Samples.session());
        StoredToken prolonged = moved(inserted(expiring(now)), now.plus(TICK));
        StoredToken shortened = moved(inserted(expiring(now.plus(TICK))), now);
        StoredToken successor = replaced(now, now.plus(TICK));
        StoredToken earlySuccessor = replaced(now.plus(TICK), now);
        drain(limit -> tokens().deleteExpired(now, limit));
        expectGone(before);
        expectGone(usedLater);
        expectGone(exactly);
        expectStored(after);
        expectStored(live);
        expectStored(prolonged);
        expectGone(shortened);
        expectStored(successor);
        expectGone(earlySuccessor);
    }

    /** The token that has taken the slot of one with another expiry. */
    private StoredToken replaced(Instant before, Instant after) {
        StoredToken holder = inSlot(expiring(before).toBuilder().slot("slot").build());
        return inSlot(holder.toBuilder().id(Samples.tokenId()).expiresAt(after).build());
    }

    /** The token with another expiry, as rotate has written it. */
    private StoredToken moved(StoredToken token, Instant expiresAt) {
        StoredToken next = token.toBuilder().expiresAt(expiresAt).build();
        expect("rotate to another expiry", tokens().rotate(next, token.digest()))
                .is(true);
        return next;
    }

    @Rule(
            id = "TOK-44",
            promise =
                    "deleteExpired MUST delete at most as many tokens as the limit says, as many as that if there are,"
                            + " and answer how many.",
            why = "A purge without a bound holds locks on every expired row at once, and sign-ins wait for it.")
    @ResourceLock(PURGE)
    public final void tok44PurgeKeepsToItsLimit() {
        Instant now = Samples.longAgo();
        drain(limit -> tokens().deleteExpired(now, limit));
        List<StoredToken> expired =
                Stream.generate(() -> inserted(expiring(now))).limit(5).toList();
        expect("deleteExpired of 2", tokens().deleteExpired(now, 2)).is(2);
        expect("how many of the 5 expired tokens are left", stored(expired)).is(3L);
        expect("deleteExpired of 1", tokens().deleteExpired(now, 1)).is(1);
        expect("how many of the 5 expired tokens are left", stored(expired)).is(2L);
        expect("deleteExpired of as many as can be", tokens().deleteExpired(now, Integer.MAX_VALUE))
                .is(2);
        expect("how many of the 5 expired tokens are left", stored(expired)).is(0L);
    }

    @Rule(
            id = "TOK-45",
            promise =
                    "deleteExpired MUST answer less than the limit only when no expired token is left, of whatever user,"
                            + " purpose or slot.",
            why =
                    "Core purges until the answer is less than the limit: a store that says so early never gets rid of its"
                            + " rows, and one that counts wrong is purged for ever.")
    @ResourceLock(PURGE)
    public final void tok45PurgeReachesEverything() {
        Instant now = Samples.longAgo();
        drain(limit -> tokens().deleteExpired(now, limit));
        List<StoredToken> expired = List.of(
                inserted(expiring(now)),
                inserted(expiring(now)),
                inserted(expiring(now).toBuilder()
                        .purpose(new TokenPurpose("other"))
                        .build()),
                inSlot(expiring(now).toBuilder().slot("slot").build()),
                inserted(expiring(now.minusSeconds(3600))));
        expect("deleteExpired of 3", tokens().deleteExpired(now, 3)).is(3);
        expect("deleteExpired of 3 more", tokens().deleteExpired(now, 3)).is(2);
        expired.forEach(this::expectGone);
        expect("deleteExpired when none is left", tokens().deleteExpired(now, 1))
                .is(0);
    }

    @Rule(
            id = "TOK-46",
            promise = "deleteExpired MUST refuse a limit below 1 by IllegalArgumentException and delete nothing.",
            why = "Some backends take 0 or a negative limit for none at all.")
    @ResourceLock(PURGE)
    public final void tok46LimitIsAtLeastOne() {
        Instant now = Samples.longAgo();
        StoredToken expired = inserted(expiring(now));
        for (int limit : List.of(0, -1, Integer.MIN_VALUE)) {
            expectThrow(IllegalArgumentException.class, "deleteExpired of " + limit, () -> tokens().deleteExpired(
                            now, limit));
            expectStored(expired);
        }
        drain(limit -> tokens().deleteExpired(now, limit));
    }

    static StoredToken expiring(Instant expiresAt) {
        return Samples.session().toBuilder()
                .issuedAt(expiresAt.minusSeconds(7200))
                .lastUsedAt(expiresAt.minusSeconds(7200))
                .expiresAt(expiresAt)
                .build();
    }

    /** Purges until the store says that nothing is left; earlier runs may have left any number of rows. */
    static void drain(IntUnaryOperator purge) {
        for (int round = 0; round < BATCH; round++) {
            if (purge.applyAsInt(BATCH) < BATCH) {
                return;
            }
        }
        throw new Unmet("purging again and again", "an answer below the limit", BATCH + " answers that were not");
    }

    private long stored(List<StoredToken> tokens) {
        return tokens.stream()
                .filter(token -> tokens().find(token.id()).isPresent())
                .count();
    }
}
