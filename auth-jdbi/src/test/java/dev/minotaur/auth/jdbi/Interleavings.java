package dev.minotaur.auth.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Calls that have to wait for another one's transaction, and must then tell what they found and not what they had seen. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Interleavings {

    private static final Instant BEFORE = Samples.NOW.minusNanos(1000);

    private final TestDatabase database;
    private final String waiting;
    private final JdbiAuthStores stores;
    private HeldTransaction held;

    /** Takes a database, and a query for how many of its sessions wait for a lock. */
    Interleavings(TestDatabase database, String waiting) {
        this.database = database;
        this.waiting = waiting;
        this.stores = Server.stores(database.runtime());
    }

    @BeforeEach
    void begin() {
        held = HeldTransaction.on(database);
    }

    @AfterEach
    void end() {
        held.close();
    }

    @AfterAll
    void drop() {
        database.close();
    }

    @Test
    void userInsertedBySomebodyElseInTheMeantimeIsTaken() {
        UserRecord user = Samples.user();
        held.stores()
                .users()
                .insert(Samples.user().toBuilder().email(user.email()).build());
        afterCommit(stores -> stores.users().insert(user)).isEqualTo(InsertUserOutcome.EMAIL_TAKEN);
    }

    @Test
    void userInsertedByTheFirstCallOfARetryIsThere() {
        UserRecord user = Samples.user();
        held.stores().users().insert(user);
        afterCommit(stores -> stores.users().insert(user)).isEqualTo(InsertUserOutcome.ALREADY_INSERTED);
    }

    @Test
    void userInsertedByARolledBackCallIsNotThere() {
        UserRecord user = Samples.user();
        held.stores().users().insert(user);
        afterRollback(stores -> stores.users().insert(user)).isEqualTo(InsertUserOutcome.INSERTED);
    }

    @Test
    void identifierGivenUpInTheMeantimeIsFree() {
        UserRecord holder = user();
        UserRecord user = Samples.user().toBuilder().email(holder.email()).build();
        held.stores().users().delete(holder.id());
        InsertUserOutcome outcome = whenBothRan(stores -> stores.users().insert(user), HeldTransaction::commit);
        assertThat(outcome).isIn(InsertUserOutcome.INSERTED, InsertUserOutcome.EMAIL_TAKEN);
        assertThat(stores.users().findById(user.id()).isPresent()).isEqualTo(outcome == InsertUserOutcome.INSERTED);
    }

    @Test
    void updateAfterAnotherOneIsStale() {
        UserRecord user = user();
        held.stores().users().update(next(user), 1);
        afterCommit(stores -> stores.users().update(next(user), 1)).isEqualTo(UpdateUserOutcome.STALE);
    }

    @Test
    void updateAfterOneThatWasRolledBackIsDone() {
        UserRecord user = user();
        UserRecord wanted = next(user);
        held.stores().users().update(next(user), 1);
        afterRollback(stores -> stores.users().update(wanted, 1)).isEqualTo(UpdateUserOutcome.UPDATED);
        assertThat(stores.users().findById(user.id())).contains(wanted);
    }

    @Test
    void updateThatExpectsTheOtherOnesVersionFollowsIt() {
        UserRecord user = user();
        UserRecord third = next(user).toBuilder().version(3).build();
        held.stores().users().update(next(user), 1);
        UpdateUserOutcome outcome = whenBothRan(stores -> stores.users().update(third, 2), HeldTransaction::commit);
        assertThat(outcome).isIn(UpdateUserOutcome.UPDATED, UpdateUserOutcome.STALE);
        assertThat(version(user)).isEqualTo(outcome == UpdateUserOutcome.UPDATED ? 3 : 2);
    }

    @Test
    void updateOfAUserDeletedInTheMeantimeFindsNone() {
        UserRecord user = user();
        held.stores().users().delete(user.id());
        afterCommit(stores -> stores.users().update(next(user), 1)).isEqualTo(UpdateUserOutcome.NOT_FOUND);
        assertThat(stores.users().findById(user.id())).isEmpty();
    }

    @Test
    void updateToAnIdentifierTakenInTheMeantimeIsRefused() {
        UserRecord user = user();
        EmailAddress wanted = Samples.user().email();
        held.stores().users().insert(Samples.user().toBuilder().email(wanted).build());
        afterCommit(stores -> stores.users()
                        .update(next(user).toBuilder().email(wanted).build(), 1))
                .isEqualTo(UpdateUserOutcome.EMAIL_TAKEN);
        assertThat(version(user)).isEqualTo(1);
    }

    @Test
    void updateToAnIdentifierThatWasNotTakenAfterAllIsDone() {
        UserRecord user = user();
        EmailAddress wanted = Samples.user().email();
        held.stores().users().insert(Samples.user().toBuilder().email(wanted).build());
        afterRollback(stores -> stores.users()
                        .update(next(user).toBuilder().email(wanted).build(), 1))
                .isEqualTo(UpdateUserOutcome.UPDATED);
    }

    @Test
    void tokenInsertedByTheFirstCallOfARetryIsThere() {
        StoredToken token = Samples.session(Samples.user());
        held.stores().tokens().insert(token);
        afterCommit(stores -> stores.tokens().insert(token)).isEqualTo(InsertTokenOutcome.ALREADY_INSERTED);
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

    private UserRecord user() {
        UserRecord user = Samples.user();
        stores.users().insert(user);
        return user;
    }

    private StoredToken session() {
        StoredToken token = Samples.session(Samples.user());
        stores.tokens().insert(token);
        return token;
    }

    private long version(UserRecord user) {
        return stores.users().findById(user.id()).orElseThrow().version();
    }

    private static UserRecord next(UserRecord user) {
        String email = "n" + UUID.randomUUID() + "@example.org";
        return user.toBuilder().version(2).email(new EmailAddress(email, email)).build();
    }

    private <R> ObjectAssert<R> afterCommit(Function<JdbiAuthStores, R> call) {
        return assertThatObject(afterWaiting(call, HeldTransaction::commit));
    }

    private <R> ObjectAssert<R> afterRollback(Function<JdbiAuthStores, R> call) {
        return assertThatObject(afterWaiting(call, HeldTransaction::rollback));
    }

    /** Lets the call run into the held transaction, ends that, and gives the call's outcome. */
    private <R> R afterWaiting(Function<JdbiAuthStores, R> call, Consumer<HeldTransaction> ending) {
        CompletableFuture<R> outcome = CompletableFuture.supplyAsync(() -> call.apply(stores));
        while (!outcome.isDone() && Ask.number(database.admin(), waiting) == 0) {
            Thread.onSpinWait();
        }
        assertThat(outcome.isDone()).as("did not wait").isFalse();
        ending.accept(held);
        return get(outcome);
    }

    /** The same for a call that may, but need not, wait. */
    private <R> R whenBothRan(Function<JdbiAuthStores, R> call, Consumer<HeldTransaction> ending) {
        CompletableFuture<R> outcome = CompletableFuture.supplyAsync(() -> call.apply(stores));
        while (!outcome.isDone() && Ask.number(database.admin(), waiting) == 0) {
            Thread.onSpinWait();
        }
        ending.accept(held);
        return get(outcome);
    }

    private static <R> R get(CompletableFuture<R> outcome) {
        try {
            return outcome.get(20, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
