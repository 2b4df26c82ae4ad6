package org.example.store;

import dev.minotaur.auth.testkit.BackendFaults;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;
import org.rocksdb.Transaction;

/** Makes a database fail where it can fail by itself: when a transaction begins, and when it is committed. */
final class Failures implements BackendFaults {

    private int callsUntilFailure;
    private Moment moment = Moment.BEFORE_EFFECT;
    private boolean failed;

    // region failures
    Database open(Path directory) {
        return new Database(directory) {
            @Override
            Step begin() throws RocksDBException {
                if (isNextToFail()) {
                    throw failure();
                }
                return super.begin();
            }

            @Override
            void commit(Transaction transaction) throws RocksDBException {
                boolean fails = isNextToFail();
                if (!fails || moment == Moment.AFTER_EFFECT) {
                    super.commit(transaction);
                }
                if (fails) {
                    throw failure();
                }
            }
        };
    }
    // end region

    private static RocksDBException failure() {
        return new RocksDBException(new Status(Status.Code.IOError, Status.SubCode.None, "made to fail"));
    }

    private synchronized boolean isNextToFail() {
        boolean fails = callsUntilFailure == 1;
        callsUntilFailure = Math.max(0, callsUntilFailure - 1);
        failed |= fails;
        return fails;
    }

    @Override
    public synchronized void arm(int call, Moment moment) {
        if (call < 1) {
            throw new IllegalArgumentException("the number of a call is below 1");
        }
        this.callsUntilFailure = call;
        this.moment = moment;
        this.failed = false;
    }

    @Override
    public synchronized boolean disarm() {
        callsUntilFailure = 0;
        return failed;
    }
}
