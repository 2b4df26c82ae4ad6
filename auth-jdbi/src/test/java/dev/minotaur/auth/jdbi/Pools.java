package dev.minotaur.auth.jdbi;

import com.zaxxer.hikari.HikariDataSource;
import dev.minotaur.auth.jdbi.support.TestDatabase;
import java.util.ArrayList;
import java.util.List;

/**
 * Pools on one database, for all rules of a class, one for each handle that a rule opens: to connect takes longer than most
 * rules. What a rule does not give back, the next ones lack.
 */
final class Pools implements AutoCloseable {

    private final TestDatabase database;
    private final int size;
    private final boolean autoCommit;
    private final List<HikariDataSource> opened = new ArrayList<>();

    private Pools(TestDatabase database, int size, boolean autoCommit) {
        this.database = database;
        this.size = size;
        this.autoCommit = autoCommit;
    }

    static Pools on(TestDatabase database) {
        return new Pools(database, 8, true);
    }

    /** Of one connection each, that has autocommit off. */
    static Pools ofOne(TestDatabase database) {
        return new Pools(database, 1, false);
    }

    TestDatabase database() {
        return database;
    }

    /** The pool of the n-th handle, counted from 0. */
    HikariDataSource of(int handle) {
        while (opened.size() <= handle) {
            opened.add(database.runtimePool(size, autoCommit));
        }
        return opened.get(handle);
    }

    /** Closes each pool; whoever asks for one again is given a new one. */
    void reopen() {
        opened.forEach(HikariDataSource::close);
        opened.clear();
    }

    /** Closes the pools, and the database with them. */
    @Override
    public void close() {
        reopen();
        database.close();
    }
}
