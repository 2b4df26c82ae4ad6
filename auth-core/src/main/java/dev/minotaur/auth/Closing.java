package dev.minotaur.auth;

import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.TokenScope;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Predicate;

/** How an account is closed by its owner. Got from {@link Accounts#closing}. */
public final class Closing {

    private final Kernel kernel;
    private final Sessions sessions;

    Closing(Kernel kernel, Sessions sessions) {
        this.kernel = kernel;
        this.sessions = sessions;
    }

    /**
     * Closes the account of a signed-in user who has authenticated recently (ASVS 7.5.1, {@link
     * Accounts.Builder#recentWithin}). In the same write the user gets a new stamp, so that no session and no link is good from
     * then on, also none that begins at the same moment (ASVS 7.4.2). The address and the username stay taken until a purge
     * removes the account, {@link Accounts.Builder#closedAccountsKept} after its last change; until then an operator can open it
     * again. The owner is told by mail.
     *
     * @param presented the client's session token, of any length and content
     * @return what became of it
     * @throws StoreException if a store fails; after an unknown outcome the account may be closed
     */
    public CloseResult close(String presented) {
        Instant now = kernel.now();
        Optional<PresentedSessions.Found> found = sessions.findLive(presented, now);
        if (found.isEmpty()) {
            return new CloseResult.Refused(CloseResult.Reason.NOT_SIGNED_IN);
        }
        if (!kernel.isRecent(found.get().session(), now)) {
            return new CloseResult.Refused(CloseResult.Reason.NOT_RECENT);
        }
        UserRecord user = found.get().user();
        Optional<UserRecord> closed = close(
                user.id(),
                before -> before.status() == UserStatus.ACTIVE && before.stamp().equals(user.stamp()),
                now);
        return closed.map(User::of)
                .<CloseResult>map(CloseResult.Closed::new)
                .orElseGet(() -> new CloseResult.Refused(CloseResult.Reason.NOT_SIGNED_IN));
    }

    /** Closes whom the condition allows to; empty if it does not, or there is no such user. */
    Optional<UserRecord> close(UserId id, Predicate<UserRecord> mayClose, Instant now) {
        Optional<UserRecord> closed = kernel.writes.change(
                id,
                before -> mayClose.test(before)
                        ? Optional.of(UserChanges.next(before, now)
                                .status(UserStatus.CLOSED)
                                .stamp(kernel.mint.stamp())
                                .build())
                        : Optional.empty());
        closed.ifPresent(user -> {
            kernel.tell(AuthEvent.of(AuthEvent.Type.USER_ARCHIVED, now).user(id).reason("closed"));
            sessions.tidyUp(id, TokenScope.everything().endedBy(user.stamp()), now, "closed");
            var unused = kernel.post.tell(
                    id, new MailMessage.AccountClosed(user.email(), now, now.plus(kernel.closedKept)), now);
        });
        return closed;
    }
}
