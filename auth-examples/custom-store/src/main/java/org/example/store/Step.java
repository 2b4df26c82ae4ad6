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
    /** Reads a value, to tell it. */
    Optional<byte[]> get(byte[] key) throws RocksDBException {
        return Optional.ofNullable(transaction.get(moment, key));
    }

    /** Reads a value, or its absence, to decide by it: if anybody writes it before the commit, the commit fails. */
    Optional<byte[]> getForUpdate(byte[] key) throws RocksDBException {
        return Optional.ofNullable(transaction.getForUpdate(moment, key, true));
    }

    /** Writes a value; if anybody else writes the key before the commit, the commit fails. */
    void put(byte[] key, byte[] value) throws RocksDBException {
        transaction.put(key, value);
        changes = true;
    }

    /** Removes a value; if anybody else writes the key before the commit, the commit fails. */
    void delete(byte[] key) throws RocksDBException {
        transaction.delete(key);
        changes = true;
    }

    /** Makes the commit of everybody fail who has read this key for update, and of nobody else. */
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
     * Reads keys in their order, from the first one up to all that begin with the last. Only what is there is guarded, by
     * whoever reads it for update: a key that somebody adds to the range is no conflict.
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
