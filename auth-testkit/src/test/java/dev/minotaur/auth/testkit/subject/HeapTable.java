package dev.minotaur.auth.testkit.subject;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Rows by their key, and by values of which no two rows have the same. */
final class HeapTable<K, R> {

    private final Map<K, R> rows = new HashMap<>();
    private final Map<Object, K> holders = new HashMap<>();
    private final Function<R, K> key;
    private final Function<R, Stream<?>> uniqueValues;

    HeapTable(Function<R, K> key, Function<R, Stream<?>> uniqueValues) {
        this.key = key;
        this.uniqueValues = uniqueValues;
    }

    Optional<R> get(K of) {
        return Optional.ofNullable(rows.get(of));
    }

    /** The row that has one of the unique values. */
    Optional<R> holder(Object value) {
        return Optional.ofNullable(holders.get(value)).flatMap(this::get);
    }

    Collection<R> all() {
        return rows.values();
    }

    /** Puts a row in the place of the one of its key. */
    void put(R row) {
        K of = key.apply(row);
        remove(of);
        rows.put(of, row);
        uniqueValues.apply(row).forEach(value -> holders.put(value, of));
    }

    boolean remove(K of) {
        R row = rows.remove(of);
        if (row == null) {
            return false;
        }
        uniqueValues.apply(row).forEach(holders::remove);
        return true;
    }
}
