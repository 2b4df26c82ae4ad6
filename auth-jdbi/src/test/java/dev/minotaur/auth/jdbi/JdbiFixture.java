package dev.minotaur.auth.jdbi;

import com.zaxxer.hikari.HikariDataSource;
import dev.minotaur.auth.jdbi.support.RowDump;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.testkit.BackendFaults;
import dev.minotaur.auth.testkit.StoreFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Stores on a database that other fixtures use too; each handle has a pool of its own. */
final class JdbiFixture implements StoreFixture {

    private final TestDatabase database;
    private final int poolSize;
    private final boolean autoCommit;
    private final Runnable restart;
    private final BreakingConnections faults;
    private final List<HikariDataSource> pools = new ArrayList<>();

    private JdbiFixture(
            TestDatabase database, int poolSize, boolean autoCommit, Runnable restart, BreakingConnections faults) {
        this.database = database;
        this.poolSize = poolSize;
        this.autoCommit = autoCommit;
        this.restart = restart;
        this.faults = faults;
    }

    static JdbiFixture on(TestDatabase database) {
        return new JdbiFixture(database, 8, true, () -> {}, new BreakingConnections());
    }

    /** With pools of one connection each, that have autocommit off. */
    static JdbiFixture onPoolsOfOne(TestDatabase database) {
        return new JdbiFixture(database, 1, false, () -> {}, new BreakingConnections());
    }

    /** With more to do for a restart than to close the pools. */
    JdbiFixture restartedBy(Runnable action) {
        return new JdbiFixture(database, poolSize, autoCommit, action, faults);
    }

    /** With failures that are counted together with those of another fixture. */
    JdbiFixture failingBy(BreakingConnections shared) {
        return new JdbiFixture(database, poolSize, autoCommit, restart, shared);
    }

    @Override
    public AuthStores open() {
        HikariDataSource pool = database.runtimePool(poolSize, autoCommit);
        pools.add(pool);
        return Server.stores(faults.over(pool));
    }

    @Override
    public void restart() {
        close();
        restart.run();
    }

    @Override
    public Optional<BackendFaults> faults() {
        return Optional.of(faults);
    }

    @Override
    public Optional<String> dump() {
        return Optional.of(RowDump.of(database.owner(), TestDatabase.SCHEMA));
    }

    @Override
    public void close() {
        pools.forEach(HikariDataSource::close);
        pools.clear();
    }
}
