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
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes whose lost answer is found out by reading again. Each is made once more at most; what is still unknown then goes to
 * the caller as the exception it is.
 */
final class SafeWrites {

    private static final int MAX_ROUNDS = 100;

    private final AuthStores stores;

    SafeWrites(AuthStores stores) {
        this.stores = stores;
    }

    InsertUserOutcome insert(UserRecord user) {
        try {
            return stores.users().insert(user);
        } catch (StoreException lost) {
            requireUnknown(lost);
            return stores.users().insert(user);
        }
    }

    InsertTokenOutcome insert(StoredToken token) {
        try {
            return stores.tokens().insert(token);
        } catch (StoreException lost) {
            requireUnknown(lost);
            return stores.tokens().insert(token);
        }
    }

    boolean rotate(StoredToken replacement, TokenDigest expected) {
        try {
            return stores.tokens().rotate(replacement, expected);
        } catch (StoreException lost) {
            requireUnknown(lost);
            boolean done = stores.tokens()
                    .find(replacement.id())
                    .filter(found -> found.digest().equals(replacement.digest()))
                    .isPresent();
            return done || stores.tokens().rotate(replacement, expected);
        }
    }

    /** One update under its version. A row that is ours already, or was ours before a later write, counts as updated. */
    UpdateUserOutcome update(UserRecord before, UserRecord after) {
        try {
            return stores.users().update(after, before.version());
        } catch (StoreException lost) {
            requireUnknown(lost);
            Optional<UserRecord> now = stores.users().findById(after.id());
            if (now.isEmpty()) {
                return UpdateUserOutcome.NOT_FOUND;
            }
            boolean ours = now.get().equals(after)
                    || (!before.stamp().equals(after.stamp())
                            && now.get().stamp().equals(after.stamp()));
            if (ours) {
                return UpdateUserOutcome.UPDATED;
            }
            return stores.users().update(after, before.version());
        }
    }

    /**
     * Changes a user by compare and set, deciding anew on the record as it then is whenever another write came first.
     *
     * @param decide what the record becomes, or empty to leave it; must not change the identifiers
     * @return the record as written, or empty if there is no such user or the decision was to leave it
     */
    Optional<UserRecord> change(UserId id, Function<UserRecord, Optional<UserRecord>> decide) {
        for (int round = 0; round < MAX_ROUNDS; round++) {
            Optional<UserRecord> before = stores.users().findById(id);
            Optional<UserRecord> after = before.flatMap(decide);
            if (before.isEmpty() || after.isEmpty()) {
                return Optional.empty();
            }
            switch (update(before.get(), after.get())) {
                case UPDATED -> {
                    return after;
                }
                case STALE -> {}
                case NOT_FOUND -> {
                    return Optional.empty();
                }
                default ->
                    throw StoreException.nothingHappened(
                            "the store says that an identifier is taken which did not change", null);
            }
        }
        throw StoreException.nothingHappened("the user was changed by others all the time", null);
    }

    private static void requireUnknown(StoreException failure) {
        if (failure.effect() != Effect.UNKNOWN) {
            throw failure;
        }
    }
}
