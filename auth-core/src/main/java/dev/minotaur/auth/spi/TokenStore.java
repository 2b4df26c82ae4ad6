package dev.minotaur.auth.spi;

import dev.minotaur.auth.TokenId;
import dev.minotaur.auth.TokenPurpose;
import dev.minotaur.auth.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps tokens by their public id, each with the digest of its secret. A backend implements it; core calls it, and decides
 * whether a token is good: a store never looks whether one has expired, except in {@link #deleteExpired}.
 *
 * <h2>Contract</h2>
 *
 * What {@link UserStore} promises for all its calls holds here too, linearizable per token and, where a call names a user,
 * per user. A token's user need not exist, in this store or in any other.
 *
 * <p>The rules have numbers in {@code docs/contract.md} (TOK), and {@code AuthStoresContract} of the module auth-testkit
 * proves them.
 */
public interface TokenStore {

    /**
     * Inserts a token that holds no slot; never overwrites one.
     *
     * @param token the token to store as it is, without a slot
     * @return {@link InsertTokenOutcome#INSERTED}, or on a conflict of the id {@link InsertTokenOutcome#ALREADY_INSERTED} if
     *     the content is equal and {@link InsertTokenOutcome#ID_TAKEN} if not
     * @throws IllegalArgumentException if the token has a slot
     * @throws StoreException if the backend fails
     */
    InsertTokenOutcome insert(StoredToken token);

    /**
     * Inserts a token that takes its user's slot, in one step with the removal of the token that held it. The holder gives
     * way only if it was issued at {@code replaceIssuedUpTo} or before. Atomic: a user never has two tokens with the same
     * slot, and of two calls at once one finds the other's token in the slot.
     *
     * @param token the token to store as it is, with a slot
     * @param replaceIssuedUpTo the latest time of issue at which a holder gives way
     * @return {@link InsertTokenOutcome#INSERTED}; {@link InsertTokenOutcome#SLOT_KEPT} if the holder was issued later; on a
     *     conflict of the id {@link InsertTokenOutcome#ALREADY_INSERTED} if the content is equal and {@link
     *     InsertTokenOutcome#ID_TAKEN} if not, which is looked at before the slot
     * @throws IllegalArgumentException if the token has no slot
     * @throws StoreException if the backend fails
     */
    InsertTokenOutcome insertIntoSlot(StoredToken token, Instant replaceIssuedUpTo);

    /**
     * Finds a token, expired or not.
     *
     * @param id the id
     * @return the token, or empty if there is none
     * @throws StoreException if the backend fails
     */
    Optional<StoredToken> find(TokenId id);

    /**
     * Removes a token and gives it back, if its purpose and its digest are the given ones; otherwise changes nothing. Atomic:
     * of any number of calls one gets the token. An expired token is given back too: whether it was still good is for core
     * to say. The previous digest does not count.
     *
     * @param id the id
     * @param purpose the purpose it must have
     * @param digest the digest it must have
     * @return the token as it was, for one caller ever; empty for all others
     * @throws StoreException if the backend fails
     */
    Optional<StoredToken> consume(TokenId id, TokenPurpose purpose, TokenDigest digest);

    /**
     * Replaces a token's changing components in place, if its digest is the expected one. The row keeps its id, user,
     * purpose, slot, time of issue and sent-to address; it takes digest, previous digest, time of rotation, expiry, time of
     * authentication, label and stamp from the replacement, and the later of the two times of last use. Atomic: of any
     * number of calls that expect the same digest one succeeds, and a token that is deleted at the same time is gone
     * afterwards, whichever came first.
     *
     * @param replacement the token as it is to be, with the id of an existing token
     * @param expected the digest the stored token must have
     * @return whether this call replaced it; false if there is no such token or its digest is another
     * @throws StoreException if the backend fails
     */
    boolean rotate(StoredToken replacement, TokenDigest expected);

    /**
     * Moves a token's time of last use forward; never back.
     *
     * @param id the id
     * @param lastUsedAt the new time
     * @return whether it was moved; false if there is no such token or its time is not before the given one
     * @throws StoreException if the backend fails
     */
    boolean touch(TokenId id, Instant lastUsedAt);

    /**
     * Deletes a token.
     *
     * @param id the id
     * @return whether this call deleted it: true for one of any number of calls
     * @throws StoreException if the backend fails
     */
    boolean delete(TokenId id);

    /**
     * Deletes tokens of a user, in one step. Tokens of other users are not touched. A token that {@link #insertIntoSlot}
     * replaces at the same time is gone afterwards, and may be counted or not. One that is inserted at the same time is deleted
     * or not, also where somebody has seen both it and a token that is deleted: who must not leave one behind replaces the
     * user's stamp first.
     *
     * @param user the user
     * @param scope which of the user's tokens
     * @return how many this call deleted
     * @throws StoreException if the backend fails
     */
    int deleteByUser(UserId user, TokenScope scope);

    /**
     * Lists a user's tokens of one purpose, expired ones too.
     *
     * @param user the user
     * @param purpose the purpose
     * @return the tokens by time of issue, the oldest first, and by id as text where those are equal; empty if there is none
     * @throws StoreException if the backend fails
     */
    List<StoredToken> listByUser(UserId user, TokenPurpose purpose);

    /**
     * Deletes expired tokens of all users and purposes, at most some at a time. A token is expired when {@code now} is not
     * before its expiry. Calls at the same time may run side by side; each counts what it deleted itself.
     *
     * <p>Atomic per token: one that {@link #rotate} gives a later expiry at the same time is deleted and then not there to
     * rotate, or is rotated and stays; one that another call consumes or deletes is removed by one of the two, and the slot of
     * one that gives way to a successor is the successor's.
     *
     * @param now the time to compare with
     * @param limit how many at most, at least 1
     * @return how many this call deleted; less than the limit when no expired token was left that no other call was working on
     * @throws IllegalArgumentException if the limit is below 1
     * @throws StoreException if the backend fails
     */
    int deleteExpired(Instant now, int limit);
}
