package org.example.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Transaction;

/** One transaction: its reads are of one moment, and its writes happen together or not at all. */
final class Step implements AutoCloseable {

    private static final byte[] NOTHING = {};

    private final Transaction transaction;
    private final ReadOptions moment;
    private boolean changes;

    Step(Transaction transaction) {
        this.transaction = transaction;
        this.moment = new ReadOptions().setSnapshot(transaction.getSnapshot());
    }

    // region step
    /** Reads a value to tell it. */
    Optional<byte[]> get(byte[] key) throws RocksDBException {
        return Optional.ofNullable(transaction.get(moment, key));
    }

    /**
     * Reads a value, or that there is none, to decide by it. Nobody else writes the key until this transaction has ended; if
     * somebody has written it since this one began, this one is broken off.
     */
    Optional<byte[]> getForUpdate(byte[] key) throws RocksDBException {
        return Optional.ofNullable(transaction.getForUpdate(moment, key, true));
    }

    /** Writes a value, under the same conditions. */
    void put(byte[] key, byte[] value) throws RocksDBException {
        transaction.put(key, value);
        changes = true;
    }

    /** Removes a value, under the same conditions. */
    void delete(byte[] key) throws RocksDBException {
        transaction.delete(key);
        changes = true;
    }

    /** Breaks off whoever began before and reads this key for update, and nobody who marks it too. */
    void mark(byte[] key) throws RocksDBException {
        transaction.putUntracked(key, NOTHING);
        changes = true;
    }
    // end region

    void put(byte[] key) throws RocksDBException {
        put(key, NOTHING);
    }

    // region range
    /**
     * Reads keys in their order, from the first up to all that begin with the last. Nothing guards a range: a key that somebody
     * adds to it goes unnoticed.
     */
    List<byte[]> keys(byte[] first, byte[] last, int limit) throws RocksDBException {
        List<byte[]> keys = new ArrayList<>();
        try (RocksIterator all = transaction.getIterator(moment)) {
            for (all.seek(first); all.isValid() && keys.size() < limit; all.next()) {
                byte[] key = all.key();
                int compared = Math.min(key.length, last.length);
                if (Arrays.compareUnsigned(key, 0, compared, last, 0, compared) > 0) {
                    break;
                }
                keys.add(key);
            }
            all.status();
        }
        return keys;
    }
    // end region

    boolean hasChanges() {
        return changes;
    }

    Transaction transaction() {
        return transaction;
    }

    @Override
    public void close() {
        moment.close();
        transaction.close();
    }
}
