package dev.minotaur.auth.jdbi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatObject;

import dev.minotaur.auth.jdbi.support.TestDatabase;
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
import org.junit.jupiter.api.TestInstance;

/** Calls that have to wait for another one's transaction, and must then tell what they found and not what they had seen. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Interleavings {

    static final String ON_POSTGRESQL =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    /** H2 does not show that a session waits for an index, so a session that works is taken for one that waits. */
    static final String ON_H2 = "SELECT count(*) FROM INFORMATION_SCHEMA.SESSIONS"
            + " WHERE EXECUTING_STATEMENT IS NOT NULL AND SESSION_ID <> SESSION_ID()";

    private final TestDatabase database;
    private final String waiting;
    final JdbiAuthStores stores;
    HeldTransaction held;

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

    final <R> ObjectAssert<R> afterCommit(Function<JdbiAuthStores, R> call) {
        return assertThatObject(afterWaiting(call, HeldTransaction::commit));
    }

    final <R> ObjectAssert<R> afterRollback(Function<JdbiAuthStores, R> call) {
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
    final <R> R whenBothRan(Function<JdbiAuthStores, R> call, Consumer<HeldTransaction> ending) {
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
