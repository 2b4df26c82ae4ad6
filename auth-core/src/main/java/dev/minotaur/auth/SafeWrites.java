package dev.minotaur.auth;

import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.InsertTokenOutcome;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoreException.Effect;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.TokenDigest;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Writes whose lost answer is found out by reading again. Each is made once more at most; what is still unknown then goes to
 * the caller as unknown, whatever the second try said of itself.
 */
final class SafeWrites {

    private static final int MAX_ROUNDS = 100;

    private final AuthStores stores;

    SafeWrites(AuthStores stores) {
        this.stores = stores;
    }

    InsertUserOutcome insert(UserRecord user) {
        return recovering(
                () -> stores.users().insert(user), lost -> stores.users().insert(user));
    }

    InsertTokenOutcome insert(StoredToken token) {
        return recovering(
                () -> stores.tokens().insert(token), lost -> stores.tokens().insert(token));
    }

    InsertTokenOutcome insertIntoSlot(StoredToken token, Instant replaceIssuedUpTo) {
        return recovering(() -> stores.tokens().insertIntoSlot(token, replaceIssuedUpTo), lost -> stores.tokens()
                .insertIntoSlot(token, replaceIssuedUpTo));
    }

    boolean rotate(StoredToken replacement, TokenDigest expected) {
        return recovering(
                () -> stores.tokens().rotate(replacement, expected),
                lost -> isStored(replacement)
                        || stores.tokens().rotate(replacement, expected)
                        || isStored(replacement));
    }

    /** One update under its version, of which the caller learns for certain whether it was made, or that nobody can say. */
    UpdateUserOutcome update(UserRecord before, UserRecord after) {
        return recovering(() -> stores.users().update(after, before.version()), lost -> {
            if (isStored(before, after)) {
                return UpdateUserOutcome.UPDATED;
            }
            UpdateUserOutcome outcome = stores.users().update(after, before.version());
            if (outcome != UpdateUserOutcome.STALE) {
                return outcome;
            }
            // Either the first try was still under way, or it was made and another write came after it, or it never
            // was.
            if (isStored(before, after)) {
                return UpdateUserOutcome.UPDATED;
            }
            throw lost;
        });
    }

    /** What became of a change: the record as written, if it was. */
    record Change(UpdateUserOutcome outcome, Optional<UserRecord> after) {}

    /**
     * Changes a user by compare and set, deciding anew on the record as it then is whenever another write came first.
     *
     * @param decide what the record becomes, or empty to leave it; must not change the identifiers
     * @return the record as written, or empty if there is no such user or the decision was to leave it
     */
    Optional<UserRecord> change(UserId id, Function<UserRecord, Optional<UserRecord>> decide) {
        return changeIdentifiers(id, decide).after();
    }

    /**
     * The same for a change of identifiers too, of which the caller learns whether another user has them.
     *
     * @return UPDATED with the record as written; or without one NOT_FOUND if there is no such user or the decision was to leave
     *     it, EMAIL_TAKEN or USERNAME_TAKEN
     */
    Change changeIdentifiers(UserId id, Function<UserRecord, Optional<UserRecord>> decide) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Optional<UserRecord> before = stores.users().findById(id);
            Optional<UserRecord> after = before.flatMap(decide);
            if (before.isEmpty() || after.isEmpty()) {
                return new Change(UpdateUserOutcome.NOT_FOUND, Optional.empty());
            }
            UpdateUserOutcome outcome = update(before.get(), after.get());
            requireBelievable(outcome, before.get(), after.get());
            if (outcome != UpdateUserOutcome.STALE) {
                return new Change(outcome, outcome == UpdateUserOutcome.UPDATED ? after : Optional.empty());
            }
        }
        throw StoreException.nothingHappened("the user was changed by others all the time", null);
    }

    /** Nobody else can have taken what the user has. */
    private static void requireBelievable(UpdateUserOutcome outcome, UserRecord before, UserRecord after) {
        boolean emailKept = before.email().canonical().equals(after.email().canonical());
        boolean usernameKept = before.username()
                .map(Username::canonical)
                .equals(after.username().map(Username::canonical));
        if ((outcome == UpdateUserOutcome.EMAIL_TAKEN && emailKept)
                || (outcome == UpdateUserOutcome.USERNAME_TAKEN && usernameKept)) {
            throw StoreException.nothingHappened(
                    "the store says that an identifier is taken which did not change", null);
        }
    }

    private static <T> T recovering(Supplier<T> write, Function<StoreException, T> recovery) {
        try {
            return write.get();
        } catch (StoreException lost) {
            if (lost.effect() != Effect.UNKNOWN) {
                throw lost;
            }
            try {
                return recovery.apply(lost);
            } catch (StoreException second) {
                if (second != lost) {
                    lost.addSuppressed(second);
                }
                throw lost;
            }
        }
    }

    private boolean isStored(StoredToken replacement) {
        return stores.tokens()
                .find(replacement.id())
                .filter(found -> found.digest().equals(replacement.digest()))
                .isPresent();
    }

    /** Ours as it is, or by the stamp that only we made: then a later write has gone on from ours. */
    private boolean isStored(UserRecord before, UserRecord after) {
        return stores.users()
                .findById(after.id())
                .filter(found -> found.equals(after)
                        || (!before.stamp().equals(after.stamp())
                                && found.stamp().equals(after.stamp())))
                .isPresent();
    }
}
