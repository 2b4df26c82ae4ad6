package dev.minotaur.auth.testkit.broken;

import dev.minotaur.auth.EmailAddress;
import dev.minotaur.auth.SecurityStamp;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.UserStatus;
import dev.minotaur.auth.Username;
import dev.minotaur.auth.spi.InsertUserOutcome;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import dev.minotaur.auth.spi.UserStore;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Ways to break one verb of a correct store of users. */
final class BreakUsers {

    private BreakUsers() {}

    /** Changes each record before it is stored. */
    static UnaryOperator<UserStore> storing(UnaryOperator<UserRecord> change) {
        return store -> new ForwardingUserStore(store) {
            @Override
            protected UserRecord in(UserRecord user) {
                return change.apply(user);
            }
        };
    }

    static UnaryOperator<UserStore> inserting(Insert insert) {
        return store -> new ForwardingUserStore(store) {
            @Override
            public InsertUserOutcome insert(UserRecord user) {
                return insert.of(correct, user);
            }
        };
    }

    /** Gives another answer in place of the right one. */
    static UnaryOperator<UserStore> answering(InsertUserOutcome right, InsertUserOutcome wrong) {
        return inserting((store, user) -> {
            InsertUserOutcome outcome = store.insert(user);
            return outcome == right ? wrong : outcome;
        });
    }

    static UnaryOperator<UserStore> updating(Update update) {
        return store -> new ForwardingUserStore(store) {
            @Override
            public UpdateUserOutcome update(UserRecord replacement, long expectedVersion) {
                return update.of(correct, replacement, expectedVersion);
            }
        };
    }

    static UnaryOperator<UserStore> deleting(Delete delete) {
        return store -> new ForwardingUserStore(store) {
            @Override
            public boolean delete(UserId id) {
                return delete.of(correct, id);
            }
        };
    }

    static UnaryOperator<UserStore> purging(Purge purge) {
        return store -> new ForwardingUserStore(store) {
            @Override
            public List<UserId> deleteClosed(Instant closedUpTo, int limit) {
                return purge.of(correct, closedUpTo, limit);
            }
        };
    }

    /** Leaves a user behind that nobody asked for, who holds one of the identifiers. */
    static void reserve(UserStore store, EmailAddress email, Username username) {
        String any = UUID.randomUUID().toString();
        store.insert(UserRecord.builder()
                .id(new UserId(UUID.randomUUID()))
                .version(1)
                .email(email == null ? new EmailAddress(any, any) : email)
                .username(username)
                .status(UserStatus.ACTIVE)
                .stamp(new SecurityStamp(UUID.randomUUID()))
                .createdAt(Instant.EPOCH)
                .updatedAt(Instant.EPOCH)
                .build());
    }

    static boolean emailIsAnothers(UserStore store, UserRecord user) {
        return store.findByEmail(user.email().canonical())
                .filter(holder -> !holder.id().equals(user.id()))
                .isPresent();
    }

    static boolean usernameIsAnothers(UserStore store, UserRecord user) {
        return user.username()
                .flatMap(name -> store.findByUsername(name.canonical()))
                .filter(holder -> !holder.id().equals(user.id()))
                .isPresent();
    }

    /** An insert in place of the correct one. */
    @FunctionalInterface
    interface Insert {
        InsertUserOutcome of(UserStore correct, UserRecord user);
    }

    /** An update in place of the correct one. */
    @FunctionalInterface
    interface Update {
        UpdateUserOutcome of(UserStore correct, UserRecord next, long version);
    }

    /** A delete in place of the correct one. */
    @FunctionalInterface
    interface Delete {
        boolean of(UserStore correct, UserId id);
    }

    /** A purge in place of the correct one. */
    @FunctionalInterface
    interface Purge {
        List<UserId> of(UserStore correct, Instant upTo, int limit);
    }
}
