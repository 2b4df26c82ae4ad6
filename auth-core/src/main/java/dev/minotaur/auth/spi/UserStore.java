package dev.minotaur.auth.spi;

import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps users. A backend implements it; core calls it, and holds every rule: a store has no policy, normalises nothing,
 * hashes nothing and reads no clock.
 *
 * <h2>Contract</h2>
 *
 * <ul>
 *   <li>A store is safe for use by many threads, and two handles on the same data see each other's completed writes.
 *   <li>Each call is one atomic step, linearizable per user. What a call reports has happened, durably as far as the
 *       backend is durable; a call never succeeds in part.
 *   <li>Canonical identifiers arrive canonical and are compared char by char: no folding, no trimming, no collation. All
 *       text comes back as it was given.
 *   <li>Times come in as arguments, in whole microseconds, and come back equal.
 *   <li>No argument and no answer is null.
 *   <li>A list that a call answers is the caller's: no later call changes it.
 *   <li>A backend that fails throws {@link StoreException}; that is never turned into an empty answer or an outcome.
 * </ul>
 *
 * <p>The rules have numbers in {@code docs/contract.md} (USR), and {@code AuthStoresContract} of the module auth-testkit
 * proves them.
 */
public interface UserStore {

    /**
     * Inserts a user; never overwrites one. Atomic: of any number of calls with the same id, canonical e-mail or canonical
     * username at most one stores its record.
     *
     * <p>On a conflict the id is looked at first: a record with the same id and equal content means that this call is a
     * retry. If both e-mail and username are taken, either may be told.
     *
     * @param user the record to store as it is
     * @return what happened; on anything but {@link InsertUserOutcome#INSERTED} nothing has changed
     * @throws StoreException if the backend fails
     */
    InsertUserOutcome insert(UserRecord user);

    /**
     * Finds a user by id.
     *
     * @param id the id
     * @return the record, or empty if there is none
     * @throws StoreException if the backend fails
     */
    Optional<UserRecord> findById(UserId id);

    /**
     * Finds a user by canonical e-mail address, compared char by char.
     *
     * @param canonicalEmail the canonical form
     * @return the record, or empty if there is none
     * @throws StoreException if the backend fails
     */
    Optional<UserRecord> findByEmail(String canonicalEmail);

    /**
     * Finds a user by canonical username, compared char by char.
     *
     * @param canonicalUsername the canonical form
     * @return the record, or empty if there is none
     * @throws StoreException if the backend fails
     */
    Optional<UserRecord> findByUsername(String canonicalUsername);

    /**
     * Replaces a user's whole record if its stored version is the expected one; never creates a user. Atomic: of any number
     * of calls that expect the same version at most one replaces the record. An identifier the old record held is free
     * afterwards.
     *
     * @param replacement the record to store as it is, with the id of an existing user and its new version
     * @param expectedVersion the version the stored record must have
     * @return what happened; on anything but {@link UpdateUserOutcome#UPDATED} nothing has changed. A missing user is told
     *     before a stale version, and a stale version before a taken identifier
     * @throws StoreException if the backend fails
     */
    UpdateUserOutcome update(UserRecord replacement, long expectedVersion);

    /**
     * Deletes a user; its identifiers are free afterwards. Its tokens are the caller's to delete: they are dead, since their
     * user is absent. Where the schema binds tokens to users, as by a foreign key with {@code ON DELETE CASCADE}, they may go
     * with the user in the same step; a caller relies neither on that nor on their staying.
     *
     * @param id the id
     * @return whether this call deleted it: true for one of any number of calls
     * @throws StoreException if the backend fails
     */
    boolean delete(UserId id);

    /**
     * Deletes closed users, at most some at a time; their identifiers are free afterwards. A user is deleted if the status is
     * {@link UserStatus#CLOSED} and the time of the last update is {@code closedUpTo} or before: one who was updated a
     * microsecond later stays, and so does one of another status, however old. Their tokens are the caller's to delete, or go
     * with them where the schema binds them, as after {@link #delete}.
     *
     * <p>Calls at the same time may run side by side; each answers whom it deleted itself, so that a user is answered once.
     * Atomic per user: one whose status or time an {@link #update} changes at the same time is deleted and then not there to
     * update, or is updated and stays, and never both; one whom {@link #delete} deletes is told of by one of the two.
     *
     * @param closedUpTo the latest time of a last update to delete
     * @param limit how many at most, at least 1
     * @return the ids of those whom this call deleted, each once, in no particular order; fewer than the limit when no such
     *     user was left that no other call was working on
     * @throws IllegalArgumentException if the limit is below 1; nothing is deleted then
     * @throws StoreException if the backend fails
     */
    List<UserId> deleteClosed(Instant closedUpTo, int limit);
}
