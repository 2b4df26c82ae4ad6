package org.example.store;

import dev.minotaur.auth.spi.StoreException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.Transaction;
import org.rocksdb.TransactionDB;
import org.rocksdb.TransactionDBOptions;
import org.rocksdb.TransactionOptions;
import org.rocksdb.WriteOptions;

/**
 * A database in a directory, and the one place that begins a transaction, commits it, repeats it and tells of failures. One
 * process has it open at a time; all threads of that process share it.
 */
class Database implements AutoCloseable {

    /** What a verb does in one transaction. */
    interface Work<T> {
        T in(Step step) throws RocksDBException;
    }

    private static final int MOST_TRIES = 1_000;
    private static final int LONGEST_WAIT_MILLIS = 10_000;

    private final Options options = new Options().setCreateIfMissing(true);
    private final WriteOptions onDisk = new WriteOptions().setSync(true);
    private final TransactionDBOptions locks = new TransactionDBOptions();
    private final TransactionOptions ofOneMoment = new TransactionOptions()
            .setSetSnapshot(true)
            .setDeadlockDetect(true)
            .setLockTimeout(LONGEST_WAIT_MILLIS);
    private final TransactionDB db;
    // The engine is native code: a call after close() would end the JVM.
    private final ReadWriteLock open = new ReentrantReadWriteLock();
    private boolean closed;

    Database(Path directory) {
        RocksDB.loadLibrary();
        try {
            db = TransactionDB.open(options, locks, directory.toString());
        } catch (RocksDBException e) {
            throw StoreException.nothingHappened(message("open the database", e), null);
        }
    }

    // region read
    <T> T read(String verb, Work<T> work) {
        Lock inUse = use(verb);
        try (Step step = begin()) {
            return work.in(step);
        } catch (RocksDBException e) {
            throw StoreException.nothingHappened(message(verb, e), null);
        } finally {
            inUse.unlock();
        }
    }
    // end region

    // region write
    <T> T write(String verb, Work<T> work) {
        for (int i = 0; i < MOST_TRIES; i++) {
            Optional<T> answer = once(verb, work);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw StoreException.nothingHappened("cannot " + verb + ": others came in between all the time", null);
    }

    /** Empty if it was broken off: somebody else has changed what it decides by, or each waits for the other. */
    private <T> Optional<T> once(String verb, Work<T> work) {
        boolean committing = false;
        Lock inUse = use(verb);
        try (Step step = begin()) {
            T answer = work.in(step);
            if (step.hasChanges()) {
                committing = true;
                commit(step.transaction());
            }
            return Optional.of(answer);
        } catch (RocksDBException e) {
            if (isBrokenOff(e)) {
                return Optional.empty();
            }
            throw committing
                    ? StoreException.outcomeUnknown(message(verb, e), null)
                    : StoreException.nothingHappened(message(verb, e), null);
        } finally {
            inUse.unlock();
        }
    }

    private static boolean isBrokenOff(RocksDBException e) {
        return e.getStatus() != null && e.getStatus().getCode() == Status.Code.Busy;
    }
    // end region

    Step begin() throws RocksDBException {
        return new Step(db.beginTransaction(onDisk, ofOneMoment));
    }

    void commit(Transaction transaction) throws RocksDBException {
        transaction.commit();
    }

    /** Only the name of the state: the engine's own text goes nowhere, since it is not ours to say what it quotes. */
    private static String message(String verb, RocksDBException e) {
        return "cannot " + verb + ": "
                + (e.getStatus() == null ? "no state" : e.getStatus().getCode());
    }

    private Lock use(String verb) {
        Lock inUse = open.readLock();
        inUse.lock();
        if (closed) {
            inUse.unlock();
            throw StoreException.nothingHappened("cannot " + verb + ": the database is closed", null);
        }
        return inUse;
    }

    /** Waits for the calls that are under way. */
    @Override
    public void close() {
        Lock alone = open.writeLock();
        alone.lock();
        try {
            if (!closed) {
                closed = true;
                db.close();
                ofOneMoment.close();
                onDisk.close();
                locks.close();
                options.close();
            }
        } finally {
            alone.unlock();
        }
    }
}
