package dev.minotaur.auth.testkit;

import static dev.minotaur.auth.spi.InsertTokenOutcome.INSERTED;
import static dev.minotaur.auth.spi.InsertTokenOutcome.SLOT_KEPT;
import static dev.minotaur.auth.spi.UpdateUserOutcome.EMAIL_TAKEN;
import static dev.minotaur.auth.spi.UpdateUserOutcome.STALE;
import static dev.minotaur.auth.spi.UpdateUserOutcome.UPDATED;
import static dev.minotaur.auth.testkit.Samples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.Attempts;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.UserRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Histories written by hand: which have an explanation, and which have none. */
class LinearizationTest {

    private final List<Event> history = new ArrayList<>();
    private final UserRecord user = Samples.user();
    private final UserRecord next =
            user.toBuilder().version(2).stamp(Samples.stamp()).build();
    private final UserRecord other =
            user.toBuilder().version(2).stamp(Samples.stamp()).build();
    private final StoredToken token = Samples.session(user.id());
    private final AttemptKey key = Samples.key();

    @Test
    void callsOneAfterTheOtherAreExplained() {
        call(0, 1, stores -> stores.users().insert(user), InsertUserOutcome.INSERTED);
        call(2, 3, stores -> stores.users().update(next, 1), UPDATED);
        call(4, 5, stores -> stores.users().findById(user.id()), Optional.of(next));
        call(6, 7, stores -> stores.users().update(other, 1), STALE);
        call(8, 9, stores -> stores.users().delete(user.id()), true);
        call(10, 11, stores -> stores.users().findById(user.id()), Optional.empty());
        expectExplained(true, View.of(user.id()));
    }

    @Test
    void aReadThatMeetsAWriteMaySeeEitherSide() {
        call(0, 1, stores -> stores.users().insert(user), InsertUserOutcome.INSERTED);
        call(2, 9, stores -> stores.users().update(next, 1), UPDATED);
        call(3, 4, stores -> stores.users().findById(user.id()), Optional.of(user));
        call(5, 6, stores -> stores.users().findById(user.id()), Optional.of(next));
        expectExplained(true, View.of(user.id()));
    }

    @Test
    void aReadMayNotGoBack() {
        call(0, 1, stores -> stores.users().insert(user), InsertUserOutcome.INSERTED);
        call(2, 9, stores -> stores.users().update(next, 1), UPDATED);
        call(3, 4, stores -> stores.users().findById(user.id()), Optional.of(next));
        call(5, 6, stores -> stores.users().findById(user.id()), Optional.of(user));
        expectExplained(false, View.of(user.id()));
    }

    @Test
    void aStaleReadIsNotExplained() {
        call(0, 1, stores -> stores.users().insert(user), InsertUserOutcome.INSERTED);
        call(2, 3, stores -> stores.users().update(next, 1), UPDATED);
        call(4, 5, stores -> stores.users().findById(user.id()), Optional.of(user));
        expectExplained(false, View.of(user.id()));
    }

    @Test
    void aLostUpdateIsNotExplained() {
        call(0, 1, stores -> stores.users().insert(user), InsertUserOutcome.INSERTED);
        call(2, 4, stores -> stores.users().update(next, 1), UPDATED);
        call(3, 5, stores -> stores.users().update(other, 1), UPDATED);
        expectExplained(false, View.of(user.id()));
    }

    @Test
    void theOrderInTimeIsKept() {
        call(0, 1, stores -> stores.attempts().record(key, 0, new Attempts(1, T0)), true);
        call(2, 3, stores -> stores.attempts().clear(key), true);
        call(4, 5, stores -> stores.attempts().record(key, 1, new Attempts(2, T0)), true);
        expectExplained(false, View.EVERYTHING);
        history.set(2, new Event(2, history.get(2).call(), 0, 5, true));
        expectExplained(true, View.EVERYTHING);
    }

    @Test
    void oneTokenHasOneWinner() {
        call(0, 1, stores -> stores.tokens().insert(token), INSERTED);
        call(2, 4, stores -> stores.tokens().consume(token.id(), token.purpose(), token.digest()), Optional.of(token));
        call(3, 5, stores -> stores.tokens().consume(token.id(), token.purpose(), token.digest()), Optional.of(token));
        expectExplained(false, View.EVERYTHING);
    }

    @Test
    void anAnswerThatThrewIsNotExplained() {
        call(0, 1, stores -> stores.tokens().find(token.id()), new Failed(new IllegalStateException()));
        expectExplained(false, View.EVERYTHING);
    }

    @Test
    void eachIdentifierHasAnOrderOfItsOwn() {
        UserRecord holder = Samples.user();
        UserRecord wanting = user.toBuilder().version(2).email(holder.email()).build();
        call(0, 1, stores -> stores.users().insert(user), InsertUserOutcome.INSERTED);
        call(2, 3, stores -> stores.users().insert(holder), InsertUserOutcome.INSERTED);
        call(4, 9, stores -> stores.users().update(wanting, 1), EMAIL_TAKEN);
        call(5, 6, stores -> stores.users().delete(holder.id()), true);
        call(7, 8, stores -> stores.users().findByEmail(holder.email().canonical()), Optional.empty());
        for (View view : viewsOf(user, holder)) {
            expectExplained(true, view);
        }
        call(10, 11, stores -> stores.users().update(wanting, 1), EMAIL_TAKEN);
        expectExplained(true, View.of(user.id()));
        expectExplained(true, View.ofEmail(user.email().canonical()));
        expectExplained(false, View.ofEmail(holder.email().canonical()));
    }

    @Test
    void oneAddressHasOneHolder() {
        UserRecord second = Samples.user(user.email());
        call(0, 2, stores -> stores.users().insert(user), InsertUserOutcome.INSERTED);
        call(1, 3, stores -> stores.users().insert(second), InsertUserOutcome.INSERTED);
        expectExplained(true, View.of(user.id()));
        expectExplained(true, View.of(second.id()));
        expectExplained(false, View.ofEmail(user.email().canonical()));
    }

    @Test
    void aTokenInsertedDuringADeletionOfAllMayBeLeft() {
        StoredToken late = Samples.session(user.id());
        call(0, 1, stores -> stores.tokens().insert(token), INSERTED);
        call(2, 9, stores -> stores.tokens().deleteByUser(user.id(), TokenScope.everything()), 1);
        call(3, 4, stores -> stores.tokens().insert(late), INSERTED);
        call(5, 6, stores -> stores.tokens().find(token.id()), Optional.of(token));
        call(10, 11, stores -> stores.tokens().find(late.id()), Optional.of(late));
        expectExplained(true, View.EVERYTHING);
        call(12, 13, stores -> stores.tokens().find(token.id()), Optional.of(token));
        expectExplained(false, View.EVERYTHING);
    }

    @Test
    void aDeletionOfAllIsOneStep() {
        StoredToken second = Samples.session(user.id());
        call(0, 1, stores -> stores.tokens().insert(token), INSERTED);
        call(2, 3, stores -> stores.tokens().insert(second), INSERTED);
        call(4, 9, stores -> stores.tokens().deleteByUser(user.id(), TokenScope.everything()), 2);
        call(5, 6, stores -> stores.tokens().find(token.id()), Optional.empty());
        call(7, 8, stores -> stores.tokens().find(second.id()), Optional.of(second));
        expectExplained(false, View.EVERYTHING);
    }

    @Test
    void aTokenThatGivesWayMeanwhileMayBeCounted() {
        UserId owner = user.id();
        StoredToken old = Samples.inSlot(owner, "slot");
        StoredToken young = Samples.inSlot(owner, "slot");
        call(0, 1, stores -> stores.tokens().insertIntoSlot(old, T0), INSERTED);
        call(2, 5, stores -> stores.tokens().insertIntoSlot(young, T0), INSERTED);
        call(3, 4, stores -> stores.tokens().deleteByUser(owner, TokenScope.everything()), 1);
        call(6, 7, stores -> stores.tokens().find(young.id()), Optional.of(young));
        expectExplained(true, View.EVERYTHING);
        call(
                8,
                9,
                stores -> stores.tokens().insertIntoSlot(Samples.inSlot(owner, "slot"), T0.minusSeconds(1)),
                SLOT_KEPT);
        expectExplained(true, View.EVERYTHING);
        call(10, 11, stores -> stores.tokens().find(old.id()), Optional.of(old));
        expectExplained(false, View.EVERYTHING);
    }

    @Test
    void whatIsShownIsNoMoreThanWhatNothingExplains() {
        call(0, 1, stores -> stores.users().insert(user), InsertUserOutcome.INSERTED);
        call(2, 4, stores -> stores.users().update(next, 1), UPDATED);
        call(3, 5, stores -> stores.users().update(other, 1), UPDATED);
        call(6, 7, stores -> stores.users().findByUsername("nobody"), Optional.empty());
        call(8, 9, stores -> stores.users().delete(Samples.userId()), false);
        List<Event> shortest = Linearization.shortest(history, View.of(user.id()));
        assertThat(shortest).isEqualTo(history.subList(0, 3));
        assertThat(Event.lines(shortest).get(1))
                .startsWith("thread 1: [3-5] second.users.update(User(")
                .endsWith(", 1) = UPDATED");
    }

    private static List<View> viewsOf(UserRecord one, UserRecord two) {
        return List.of(
                View.of(one.id()),
                View.of(two.id()),
                View.ofEmail(one.email().canonical()),
                View.ofEmail(two.email().canonical()));
    }

    private void call(int called, int answered, Operation call, Object answer) {
        history.add(new Event(history.size(), call, called, answered, answer));
    }

    private void expectExplained(boolean explained, View view) {
        assertThat(Linearization.exists(history, view))
                .as("about " + view.name())
                .isEqualTo(explained);
    }
}
