package dev.minotaur.auth.jdbi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@link Interleavings} of calls on users. */
abstract class UserInterleavings extends Interleavings {

    UserInterleavings(TestDatabase database, String waiting) {
        super(database, waiting);
    }

    @Test
    void userInsertedBySomebodyElseInTheMeantimeIsTaken() {
        UserRecord bystander = user();
        UserRecord user = Samples.user();
        held.stores()
                .users()
                .insert(Samples.user().toBuilder().email(user.email()).build());
        afterCommit(stores -> stores.users().insert(user)).isEqualTo(InsertUserOutcome.EMAIL_TAKEN);
        assertThat(stores.users().findById(bystander.id())).contains(bystander);
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
    void purgeDeletesAsManyAsItMayBesideAnotherOne() {
        Instant old = Samples.NOW.minusSeconds(3600);
        List<UserRecord> closed = Stream.generate(() -> closed(old)).limit(4).toList();
        List<UserId> deleted = new ArrayList<>(held.stores().users().deleteClosed(old, 2));
        deleted.addAll(whenBothRan(stores -> stores.users().deleteClosed(old, 2), HeldTransaction::commit));
        assertThat(deleted)
                .containsExactlyInAnyOrderElementsOf(
                        closed.stream().map(UserRecord::id).toList());
        assertThat(stores.users().deleteClosed(old, 2)).isEmpty();
    }

    @Test
    void userOpenedAgainInTheMeantimeIsNotPurged() {
        UserRecord user = closed(Samples.NOW.minusSeconds(7200));
        UserRecord open = user.toBuilder().version(2).status(UserStatus.ACTIVE).build();
        held.stores().users().update(open, 1);
        List<UserId> deleted =
                whenBothRan(stores -> stores.users().deleteClosed(user.updatedAt(), 2), HeldTransaction::commit);
        assertThat(deleted).isEmpty();
        assertThat(stores.users().findById(user.id())).contains(open);
    }

    @Test
    void userPurgedInTheMeantimeIsNotOpenedAgain() {
        UserRecord user = closed(Samples.NOW.minusSeconds(10_800));
        UserRecord open = user.toBuilder().version(2).status(UserStatus.ACTIVE).build();
        assertThat(held.stores().users().deleteClosed(user.updatedAt(), 2)).containsExactly(user.id());
        afterCommit(stores -> stores.users().update(open, 1)).isEqualTo(UpdateUserOutcome.NOT_FOUND);
        assertThat(stores.users().findById(user.id())).isEmpty();
    }

    private UserRecord closed(Instant updatedAt) {
        UserRecord user = Samples.user().toBuilder()
                .status(UserStatus.CLOSED)
                .updatedAt(updatedAt)
                .build();
        stores.users().insert(user);
        return user;
    }

    private UserRecord user() {
        UserRecord user = Samples.user();
        stores.users().insert(user);
        return user;
    }

    private long version(UserRecord user) {
        return stores.users().findById(user.id()).orElseThrow().version();
    }

    private static UserRecord next(UserRecord user) {
        String email = "n" + UUID.randomUUID() + "@example.org";
        return user.toBuilder().version(2).email(new EmailAddress(email, email)).build();
    }
}
