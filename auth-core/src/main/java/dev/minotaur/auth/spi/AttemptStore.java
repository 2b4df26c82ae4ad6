package dev.minotaur.auth.spi;

import java.time.Instant;
import java.util.Optional;

/**
 * Counts attempts to prove a credential. A backend implements it; core calls it, and decides what a count means.
 *
 * <h2>Contract</h2>
 *
 * What {@link UserStore} promises for all its calls holds here too, linearizable per key.
 *
 * <p>The rules have numbers in {@code docs/contract.md} (ATT), and {@code AuthStoresContract} of the module auth-testkit
 * proves them.
 */
public interface AttemptStore {

    /**
     * Finds the attempts counted under a key.
     *
     * @param key the key
     * @return the attempts, or empty if none is counted
     * @throws StoreException if the backend fails
     */
    Optional<Attempts> find(AttemptKey key);

    /**
     * Writes the attempts of a key if the stored count is the expected one, whatever its time is. Atomic: of any number of
     * calls that expect the same count and write another one succeeds, so that no attempt is lost and none counted twice.
     *
     * @param key the key
     * @param expectedCount the count that must be stored, or 0 if there must be no record
     * @param next what to store
     * @return whether this call wrote it
     * @throws IllegalArgumentException if the expected count is negative
     * @throws StoreException if the backend fails
     */
    boolean record(AttemptKey key, int expectedCount, Attempts next);

    /**
     * Forgets the attempts of a key.
     *
     * @param key the key
     * @return whether this call removed a record
     * @throws StoreException if the backend fails
     */
    boolean clear(AttemptKey key);

    /**
     * Deletes records whose last attempt is old, at most some at a time. A record is old when its last attempt is at {@code
     * lastAtUpTo} or before. Atomic per key: one that {@link #record} dates later at the same time is deleted and then not
     * there to record, or is recorded and stays; one that {@link #clear} forgets is counted by one of the two.
     *
     * @param lastAtUpTo the latest time of a last attempt to delete
     * @param limit how many at most, at least 1
     * @return how many this call deleted; less than the limit when no old record was left that no other call was working on
     * @throws IllegalArgumentException if the limit is below 1
     * @throws StoreException if the backend fails
     */
    int deleteOlder(Instant lastAtUpTo, int limit);
}
