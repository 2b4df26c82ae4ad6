package dev.minotaur.auth.testkit;

import dev.minotaur.auth.spi.AuthStores;
import java.util.Optional;

/**
 * One backend for one test. The kit asks for a new fixture before each test and closes it afterwards. All identifiers the
 * kit makes are random, so fixtures may share one database, also a dirty one, also at the same time. Pools of connections may
 * outlive a fixture too, one for each handle it opens: to connect takes longer than most rules.
 *
 * <p>Only the rules that purge reach rows that they did not make: they do it at times of the 1970s, one after the other in
 * one JVM, and nothing else may purge the database meanwhile. Two JVMs that run the kit at the same time need two databases
 * or two schemas.
 */
public interface StoreFixture extends AutoCloseable {

    /**
     * Opens a handle on the fixture's data, as a second process would: the handles of one fixture share nothing but the data.
     * An engine that one process has to itself is opened once, and the handles are stores of their own over it.
     *
     * @return a new handle each time; the fixture closes it
     */
    AuthStores open();

    /**
     * Closes all handles and whatever else the program holds, and gets ready to open the same data again, as a restart of the
     * program does. With {@link Durability#HEAP_ONLY} the data is gone afterwards. The kit may call a handle of before once
     * more, to read what it throws: it should fail at once, or work.
     */
    void restart();

    /**
     * Tells whether the data survives {@link #restart}.
     *
     * @return the durability
     */
    default Durability durability() {
        return Durability.SURVIVES_RESTART;
    }

    /**
     * Gives the means to make the backend fail, where the author has them. The kit then lets each verb and each account rule
     * meet a failure of each single call of the backend (the rules FLT); without them it lets each single call of the stores
     * fail, which says nothing about how a store tells of failures.
     *
     * @return the same each time, for all handles together; empty, the default, if the backend cannot be made to fail
     */
    default Optional<BackendFaults> faults() {
        return Optional.empty();
    }

    /**
     * Gives everything that the backend keeps for the fixture's data, as text: each row of each table, or the files. The kit
     * looks for secrets in it.
     *
     * @return the text at this moment; empty, the default, if the backend cannot be dumped
     */
    default Optional<String> dump() {
        return Optional.empty();
    }

    /** Closes all handles. */
    @Override
    void close();
}
