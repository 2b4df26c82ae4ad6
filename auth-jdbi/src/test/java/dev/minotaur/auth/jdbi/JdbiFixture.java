package dev.minotaur.auth.jdbi;

import dev.minotaur.auth.jdbi.support.RowDump;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.testkit.BackendFaults;
import dev.minotaur.auth.testkit.StoreFixture;
import java.util.Optional;

/** Stores on a database that other fixtures use too; each handle has a pool of its own. */
final class JdbiFixture implements StoreFixture {

    private final Pools pools;
    private final Runnable restart;
    private final BreakingConnections faults;
    private int handles;

    private JdbiFixture(Pools pools, Runnable restart, BreakingConnections faults) {
        this.pools = pools;
        this.restart = restart;
        this.faults = faults;
    }

    static JdbiFixture on(Pools pools) {
        return new JdbiFixture(pools, () -> {}, new BreakingConnections());
    }

    /** With more to do for a restart than to close the pools. */
    JdbiFixture restartedBy(Runnable action) {
        return new JdbiFixture(pools, action, faults);
    }

    /** With failures that are counted together with those of another fixture. */
    JdbiFixture failingBy(BreakingConnections shared) {
        return new JdbiFixture(pools, restart, shared);
    }

    @Override
    public AuthStores open() {
        return Server.stores(faults.over(pools.of(handles++)));
    }

    @Override
    public void restart() {
        pools.reopen();
        handles = 0;
        restart.run();
    }

    @Override
    public Optional<BackendFaults> faults() {
        return Optional.of(faults);
    }

    @Override
    public Optional<String> dump() {
        return Optional.of(RowDump.of(pools.database().owner(), TestDatabase.SCHEMA));
    }

    @Override
    public void close() {
        // The handles hold nothing but the pools, which the other rules use too.
    }
}
