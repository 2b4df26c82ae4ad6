package dev.minotaur.auth.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.jdbi.support.TestDatabase;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** {@link Interleavings} of calls on tokens and attempts. */
abstract class TokenInterleavings extends Interleavings {

    private static final Instant BEFORE = Samples.NOW.minusNanos(1000);

    TokenInterleavings(TestDatabase database, String waiting) {
        super(database, waiting);
    }

    @Test
    void tokenInsertedByTheFirstCallOfARetryIsThere() {
        StoredToken token = Samples.session(Samples.user());
        held.stores().tokens().insert(token);
        afterCommit(stores -> stores.tokens().insert(token)).isEqualTo(InsertTokenOutcome.ALREADY_INSERTED);
    }

    @Test
    void tokenIdGivenUpInTheMeantimeIsFree() {
        StoredToken former = session();
        StoredToken token =
                Samples.session(Samples.user()).toBuilder().id(former.id()).build();
        held.stores().tokens().delete(former.id());
        InsertTokenOutcome outcome = whenBothRan(stores -> stores.tokens().insert(token), HeldTransaction::commit);
        assertThat(outcome).isIn(InsertTokenOutcome.INSERTED, InsertTokenOutcome.ID_TAKEN);
        assertThat(stores.tokens().find(token.id()).isPresent()).isEqualTo(outcome == InsertTokenOutcome.INSERTED);
    }

    @Test
    void slotTakenByTheFirstCallOfARetryHoldsTheSameToken() {
        for (Instant replaceIssuedUpTo : new Instant[] {BEFORE, Samples.NOW}) {
            StoredToken token = Samples.inSlot(Samples.user(), "slot");
            held.stores().tokens().insertIntoSlot(token, replaceIssuedUpTo);
            afterCommit(stores -> stores.tokens().insertIntoSlot(token, replaceIssuedUpTo))
                    .isEqualTo(InsertTokenOutcome.ALREADY_INSERTED);
        }
    }

    @Test
    void slotTakenFromAnotherByTheFirstCallOfARetryHoldsTheSameToken() {
        UserRecord user = Samples.user();
        StoredToken token = Samples.inSlot(user, "slot");
        stores.tokens().insertIntoSlot(Samples.inSlot(user, "slot"), BEFORE);
        held.stores().tokens().insertIntoSlot(token, Samples.NOW);
        afterCommit(stores -> stores.tokens().insertIntoSlot(token, Samples.NOW))
                .isEqualTo(InsertTokenOutcome.ALREADY_INSERTED);
    }

    @Test
    void slotTakenInTheMeantimeByATokenThatIsTooYoungIsKept() {
        UserRecord user = Samples.user();
        StoredToken first = Samples.inSlot(user, "slot");
        held.stores().tokens().insertIntoSlot(first, BEFORE);
        afterCommit(stores -> stores.tokens().insertIntoSlot(Samples.inSlot(user, "slot"), BEFORE))
                .isEqualTo(InsertTokenOutcome.SLOT_KEPT);
        assertThat(stores.tokens().listByUser(user.id(), first.purpose())).containsExactly(first);
    }

    @Test
    void slotTakenInTheMeantimeByATokenThatGivesWayIsTaken() {
        UserRecord user = Samples.user();
        StoredToken second = Samples.inSlot(user, "slot");
        held.stores().tokens().insertIntoSlot(Samples.inSlot(user, "slot"), BEFORE);
        afterCommit(stores -> stores.tokens().insertIntoSlot(second, Samples.NOW))
                .isEqualTo(InsertTokenOutcome.INSERTED);
        assertThat(stores.tokens().listByUser(user.id(), second.purpose())).containsExactly(second);
    }

    @Test
    void holderReplacedInTheMeantimeByATokenThatIsTooYoungIsKept() {
        UserRecord user = Samples.user();
        StoredToken young = Samples.inSlot(user, "slot").toBuilder()
                .issuedAt(Samples.NOW.plusSeconds(1))
                .build();
        stores.tokens().insertIntoSlot(Samples.inSlot(user, "slot"), BEFORE);
        held.stores().tokens().insertIntoSlot(young, Samples.NOW);
        afterCommit(stores -> stores.tokens().insertIntoSlot(Samples.inSlot(user, "slot"), Samples.NOW))
                .isEqualTo(InsertTokenOutcome.SLOT_KEPT);
        assertThat(stores.tokens().listByUser(user.id(), young.purpose())).containsExactly(young);
    }

    @Test
    void slotPassedOnInTheMeantimeToATokenThatGivesWayIsTaken() {
        UserRecord user = Samples.user();
        StoredToken young = Samples.inSlot(user, "slot").toBuilder()
                .issuedAt(Samples.NOW.plusSeconds(1))
                .build();
        StoredToken next = Samples.inSlot(user, "slot");
        stores.tokens().insertIntoSlot(young, BEFORE);
        held.stores().tokens().delete(young.id());
        held.stores().tokens().insertIntoSlot(Samples.inSlot(user, "slot"), BEFORE);
        afterCommit(stores -> stores.tokens().insertIntoSlot(next, Samples.NOW)).isEqualTo(InsertTokenOutcome.INSERTED);
        assertThat(stores.tokens().listByUser(user.id(), next.purpose())).containsExactly(next);
    }

    @Test
    void slotGivenUpInTheMeantimeIsTaken() {
        UserRecord user = Samples.user();
        StoredToken holder = Samples.inSlot(user, "slot");
        StoredToken next = Samples.inSlot(user, "slot");
        stores.tokens().insertIntoSlot(holder, BEFORE);
        held.stores().tokens().consume(holder.id(), holder.purpose(), holder.digest());
        afterCommit(stores -> stores.tokens().insertIntoSlot(next, Samples.NOW)).isEqualTo(InsertTokenOutcome.INSERTED);
        assertThat(stores.tokens().listByUser(user.id(), next.purpose())).containsExactly(next);
    }

    @Test
    void tokenIdTakenInTheMeantimeInAnotherSlotIsTaken() {
        StoredToken elsewhere = Samples.inSlot(Samples.user(), "slot");
        StoredToken token = Samples.inSlot(Samples.user(), "slot").toBuilder()
                .id(elsewhere.id())
                .build();
        held.stores().tokens().insertIntoSlot(elsewhere, BEFORE);
        afterCommit(stores -> stores.tokens().insertIntoSlot(token, BEFORE)).isEqualTo(InsertTokenOutcome.ID_TAKEN);
    }

    @Test
    void tokenConsumedInTheMeantimeIsGone() {
        StoredToken token = session();
        held.stores().tokens().consume(token.id(), token.purpose(), token.digest());
        afterCommit(stores -> stores.tokens().consume(token.id(), token.purpose(), token.digest()))
                .isEqualTo(Optional.empty());
    }

    @Test
    void tokenWhoseConsumptionWasRolledBackIsConsumed() {
        StoredToken token = session();
        held.stores().tokens().consume(token.id(), token.purpose(), token.digest());
        afterRollback(stores -> stores.tokens().consume(token.id(), token.purpose(), token.digest()))
                .isEqualTo(Optional.of(token));
    }

    @Test
    void tokenRotatedInTheMeantimeIsNotConsumedByItsFormerDigest() {
        StoredToken token = session();
        StoredToken rotated = token.toBuilder().digest(Samples.digest()).build();
        held.stores().tokens().rotate(rotated, token.digest());
        afterCommit(stores -> stores.tokens().consume(token.id(), token.purpose(), token.digest()))
                .isEqualTo(Optional.empty());
        assertThat(stores.tokens().find(token.id())).contains(rotated);
    }

    @Test
    void tokenReplacedInItsSlotInTheMeantimeIsNotConsumed() {
        UserRecord user = Samples.user();
        StoredToken holder = Samples.inSlot(user, "slot");
        StoredToken next = Samples.inSlot(user, "slot");
        stores.tokens().insertIntoSlot(holder, BEFORE);
        held.stores().tokens().insertIntoSlot(next, Samples.NOW);
        afterCommit(stores -> stores.tokens().consume(holder.id(), holder.purpose(), holder.digest()))
                .isEqualTo(Optional.empty());
        assertThat(stores.tokens().find(next.id())).contains(next);
    }

    @Test
    void tokenRotatedInTheMeantimeIsNotRotatedAgain() {
        StoredToken token = session();
        StoredToken first = token.toBuilder().digest(Samples.digest()).build();
        StoredToken second = token.toBuilder().digest(Samples.digest()).build();
        held.stores().tokens().rotate(first, token.digest());
        afterCommit(stores -> stores.tokens().rotate(second, token.digest())).isEqualTo(false);
        assertThat(stores.tokens().find(token.id())).contains(first);
    }

    @Test
    void tokenDeletedInTheMeantimeIsNotRotated() {
        StoredToken token = session();
        held.stores().tokens().deleteByUser(token.user(), TokenScope.everything());
        afterCommit(stores -> stores.tokens()
                        .rotate(token.toBuilder().digest(Samples.digest()).build(), token.digest()))
                .isEqualTo(false);
        assertThat(stores.tokens().find(token.id())).isEmpty();
    }

    @Test
    void tokenRotatedInTheMeantimeIsDeletedWithTheOthersOfItsUser() {
        StoredToken token = session();
        held.stores().tokens().rotate(token.toBuilder().digest(Samples.digest()).build(), token.digest());
        afterCommit(stores -> stores.tokens().deleteByUser(token.user(), TokenScope.everything()))
                .isEqualTo(1);
        assertThat(stores.tokens().find(token.id())).isEmpty();
    }

    @Test
    void rotationKeepsTheLastUseOfATouchInTheMeantime() {
        StoredToken token = session();
        StoredToken rotated = token.toBuilder().digest(Samples.digest()).build();
        held.stores().tokens().touch(token.id(), Samples.NOW.plusSeconds(9));
        afterCommit(stores -> stores.tokens().rotate(rotated, token.digest())).isEqualTo(true);
        assertThat(stores.tokens().find(token.id()))
                .contains(rotated.toBuilder()
                        .lastUsedAt(Samples.NOW.plusSeconds(9))
                        .build());
    }

    @Test
    void touchAfterALaterOneMovesNothing() {
        StoredToken token = session();
        held.stores().tokens().touch(token.id(), Samples.NOW.plusSeconds(2));
        afterCommit(stores -> stores.tokens().touch(token.id(), Samples.NOW.plusSeconds(1)))
                .isEqualTo(false);
        assertThat(stores.tokens().find(token.id()).orElseThrow().lastUsedAt()).isEqualTo(Samples.NOW.plusSeconds(2));
    }

    @Test
    void purgeDeletesAsManyAsItMayBesideAnotherOne() {
        Instant expiry = Samples.NOW.minusSeconds(3600);
        for (int i = 0; i < 4; i++) {
            stores.tokens()
                    .insert(Samples.session(Samples.user()).toBuilder()
                            .expiresAt(expiry)
                            .build());
        }
        assertThat(held.stores().tokens().deleteExpired(expiry, 2)).isEqualTo(2);
        assertThat(whenBothRan(stores -> stores.tokens().deleteExpired(expiry, 2), HeldTransaction::commit)
                        .intValue())
                .isEqualTo(2);
        assertThat(stores.tokens().deleteExpired(expiry, 2)).isZero();
    }

    @Test
    void purgeOfAttemptsDeletesAsManyAsItMayBesideAnotherOne() {
        Instant old = Samples.NOW.minusSeconds(3600);
        for (int i = 0; i < 4; i++) {
            stores.attempts().record(Samples.key(), 0, new Attempts(1, old));
        }
        assertThat(held.stores().attempts().deleteOlder(old, 2)).isEqualTo(2);
        assertThat(whenBothRan(stores -> stores.attempts().deleteOlder(old, 2), HeldTransaction::commit)
                        .intValue())
                .isEqualTo(2);
        assertThat(stores.attempts().deleteOlder(old, 2)).isZero();
    }

    @Test
    void attemptCountedInTheMeantimeIsNotCountedOver() {
        AttemptKey key = Samples.key();
        Attempts first = new Attempts(1, Samples.NOW);
        held.stores().attempts().record(key, 0, first);
        afterCommit(stores -> stores.attempts().record(key, 0, new Attempts(1, BEFORE)))
                .isEqualTo(false);
        held.stores().attempts().record(key, 1, new Attempts(2, Samples.NOW));
        afterCommit(stores -> stores.attempts().record(key, 1, new Attempts(2, BEFORE)))
                .isEqualTo(false);
        assertThat(stores.attempts().find(key)).contains(new Attempts(2, Samples.NOW));
    }

    @Test
    void attemptThatWasNotCountedAfterAllIsCounted() {
        AttemptKey key = Samples.key();
        held.stores().attempts().record(key, 0, new Attempts(1, BEFORE));
        afterRollback(stores -> stores.attempts().record(key, 0, new Attempts(1, Samples.NOW)))
                .isEqualTo(true);
    }

    private StoredToken session() {
        StoredToken token = Samples.session(Samples.user());
        stores.tokens().insert(token);
        return token;
    }
}
