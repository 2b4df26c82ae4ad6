package dev.minotaur.auth;

import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What an operator may do to an account, and the purge. Got from {@link Accounts#administration}. Whether the caller is an
 * operator is the application's to check; nothing here sets or shows a password (ASVS 6.4.6).
 */
public final class Administration {

    /** How long a record of failed attempts is kept after the last of them. */
    static final Duration ATTEMPTS_KEPT = Duration.ofDays(30);

    private final Kernel kernel;
    private final Sessions sessions;
    private final PasswordReset reset;
    private final Closing closing;

    Administration(Kernel kernel, Sessions sessions, PasswordReset reset, Closing closing) {
        this.kernel = kernel;
        this.sessions = sessions;
        this.reset = reset;
        this.closing = closing;
    }

    /**
     * Finds a user by id.
     *
     * @param id the id
     * @return the user, or empty if there is none
     * @throws StoreException if a store fails
     */
    public Optional<User> find(UserId id) {
        Objects.requireNonNull(id, "id");
        kernel.requireOpen();
        return kernel.stores.users().findById(id).map(User::of);
    }

    /**
     * Finds a user by e-mail address or username, as {@link SignIn} would.
     *
     * @param identifier the e-mail address or username as entered; one with an '@' is an address
     * @return the user, or empty if there is none, also if the policy accepts no such identifier
     * @throws StoreException if a store fails
     */
    public Optional<User> find(String identifier) {
        kernel.requireOpen();
        return kernel.read(identifier).find(kernel.stores.users()).map(User::of);
    }

    /**
     * Disables an account and ends all its sessions and other tokens, in one write: none is good from then on, also none that
     * begins at the same moment (ASVS 7.4.2). An account that is disabled already gets a new stamp all the same; one that its
     * owner has closed stays closed.
     *
     * @param id the user
     * @return the user as it is now, or empty if there is none
     * @throws StoreException if a store fails; after an unknown outcome the account may be disabled
     */
    public Optional<User> disable(UserId id) {
        Objects.requireNonNull(id, "id");
        Instant now = kernel.now();
        Optional<UserRecord> disabled = kernel.writes.change(
                id,
                before -> Optional.of(UserChanges.next(before, now)
                        .status(before.status() == UserStatus.CLOSED ? UserStatus.CLOSED : UserStatus.DISABLED)
                        .stamp(kernel.mint.stamp())
                        .build()));
        disabled.ifPresent(user -> {
            if (user.status() == UserStatus.DISABLED) {
                kernel.tell(
                        AuthEvent.of(AuthEvent.Type.USER_UPDATED, now).user(id).reason("disabled"));
            }
            sessions.tidyUp(id, TokenScope.everything().endedBy(user.stamp()), now, "disabled");
        });
        return disabled.map(User::of);
    }

    /**
     * Enables a disabled account: its user can sign in again, with all attempts, also if it was active already. Ended sessions
     * stay ended. A closed account is left as it is.
     *
     * @param id the user
     * @return the user as it is now, or empty if there is none
     * @throws StoreException if a store fails; after an unknown outcome the account may be enabled
     */
    public Optional<User> enable(UserId id) {
        return activate(id, UserStatus.DISABLED, "enabled");
    }

    private Optional<User> activate(UserId id, UserStatus from, String word) {
        Objects.requireNonNull(id, "id");
        Instant now = kernel.now();
        // Nobody was let in meanwhile, so the right password may be among them. Before the write makes them count, and
        // for an active account too: the caller may call again because the outcome was unknown.
        kernel.stores
                .users()
                .findById(id)
                .filter(user -> user.status() == from || user.status() == UserStatus.ACTIVE)
                .ifPresent(kernel.guard::forget);
        Optional<UserRecord> active = kernel.writes.change(
                id,
                before -> before.status() == from
                        ? Optional.of(UserChanges.next(before, now)
                                .status(UserStatus.ACTIVE)
                                .build())
                        : Optional.empty());
        active.ifPresent(user -> {
            kernel.tell(AuthEvent.of(AuthEvent.Type.USER_UPDATED, now).user(id).reason(word));
            kernel.forgetAttempts(id, now, () -> kernel.guard.forget(user));
        });
        return active.isPresent()
                ? active.map(User::of)
                : kernel.stores.users().findById(id).map(User::of);
    }

    /**
     * Closes an account for its owner, as {@link Closing#close} does: active or disabled before. An account that is closed
     * already stays as it is.
     *
     * @param id the user
     * @return the user as it is now, or empty if there is none
     * @throws StoreException if a store fails; after an unknown outcome the account may be closed
     */
    public Optional<User> close(UserId id) {
        Objects.requireNonNull(id, "id");
        Instant now = kernel.now();
        Optional<UserRecord> closed = closing.close(id, before -> before.status() != UserStatus.CLOSED, now);
        return closed.isPresent()
                ? closed.map(User::of)
                : kernel.stores.users().findById(id).map(User::of);
    }

    /**
     * Opens a closed account again that was not removed yet: its user can sign in, with all attempts, also if it was active
     * already. Ended sessions stay ended. A disabled account is left as it is.
     *
     * @param id the user
     * @return the user as it is now, or empty if there is none
     * @throws StoreException if a store fails; after an unknown outcome the account may be open
     */
    public Optional<User> reopen(UserId id) {
        return activate(id, UserStatus.CLOSED, "reopened");
    }

    /**
     * Sends an active user a link to set a new password, as {@link PasswordReset#request} does, without its limits. An operator
     * so starts a reset and never learns or chooses a password (ASVS 6.4.6).
     *
     * @param id the user
     * @return whether a link is on its way; false if there is no such user, the account is not active, too many messages are
     *     waiting, or the executor refuses: in that case a link that was sent before may have ended
     * @throws IllegalStateException if there is no mailer
     * @throws StoreException if a store fails; after an unknown outcome a link that was sent before may have ended
     */
    public boolean startReset(UserId id) {
        Objects.requireNonNull(id, "id");
        Instant now = kernel.now();
        kernel.post.requireMailer();
        return kernel.stores
                .users()
                .findById(id)
                .filter(user -> kernel.post.tell(id, () -> reset.link(user, now), now))
                .isPresent();
    }

    /**
     * Deletes a user, then the user's tokens, which are dead by then: also one that begins at the same moment. The identifiers
     * are free at once.
     *
     * @param id the user
     * @return whether this call deleted the user
     * @throws StoreException if a store fails; after an unknown outcome the user may be deleted
     */
    public boolean delete(UserId id) {
        Objects.requireNonNull(id, "id");
        Instant now = kernel.now();
        boolean deleted = kernel.stores.users().delete(id);
        if (deleted) {
            kernel.tell(AuthEvent.of(AuthEvent.Type.USER_DELETED, now).user(id));
        }
        // Also for a user who was gone already: an earlier call may have stopped half-way.
        sessions.tidyUp(id, TokenScope.everything(), now, "deleted");
        return deleted;
    }

    /**
     * Deletes accounts that were closed for as long as {@link Accounts.Builder#closedAccountsKept} says, with their tokens;
     * expired tokens; and records of attempts whose last is more than 30 days old; some of each at a time, so that no call
     * takes long. To be called now and then, from one process or several, until it deletes nothing.
     *
     * @param limit how many of each at most, at least 1
     * @return how many were deleted
     * @throws IllegalArgumentException if the limit is below 1
     * @throws StoreException if a store fails; what was deleted by then stays deleted
     */
    public PurgeResult purge(int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("a purge deletes at least one at a time");
        }
        Instant now = kernel.now();
        List<UserId> closed =
                kernel.stores.users().deleteClosed(now.minus(kernel.closedKept).truncatedTo(ChronoUnit.MICROS), limit);
        closed.forEach(id -> {
            kernel.tell(AuthEvent.of(AuthEvent.Type.USER_DELETED, now).user(id).reason("closed"));
            sessions.tidyUp(id, TokenScope.everything(), now, "deleted");
        });
        int tokens = kernel.stores.tokens().deleteExpired(now, limit);
        int attempts = kernel.stores.attempts().deleteOlder(now.minus(ATTEMPTS_KEPT), limit);
        return new PurgeResult(tokens, attempts, closed.size());
    }
}
