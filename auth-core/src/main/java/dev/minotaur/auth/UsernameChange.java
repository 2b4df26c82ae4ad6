package dev.minotaur.auth;

import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** How a username is changed, given or taken away. Got from {@link Accounts#usernameChange}. */
public final class UsernameChange {

    private final Kernel kernel;
    private final Sessions sessions;

    UsernameChange(Kernel kernel, Sessions sessions) {
        this.kernel = kernel;
        this.sessions = sessions;
    }

    /**
     * Changes the username of a signed-in user who has authenticated recently (ASVS 7.5.1, {@link
     * Accounts.Builder#recentWithin}). Sessions go on. The former name is free at once. The owner is told by mail (ASVS 6.3.7).
     *
     * <p>Atomic: of several users who want one name at the same moment one gets it; it is the store's constraint that decides.
     *
     * @param presented the client's session token, of any length and content
     * @param username the username as entered; see {@link UsernamePolicy}
     * @return what became of it
     * @throws StoreException if a store fails; after an unknown outcome the username may be changed
     */
    public UsernameChangeResult change(String presented, String username) {
        Objects.requireNonNull(username, "username");
        return change(presented, Optional.of(username));
    }

    /**
     * Takes the username of a signed-in user away, on the same conditions as {@link #change(String, String)}; the user signs in by
     * e-mail address from then on.
     *
     * @param presented the client's session token, of any length and content
     * @return what became of it
     * @throws StoreException if a store fails; after an unknown outcome the username may be gone
     */
    public UsernameChangeResult remove(String presented) {
        return change(presented, Optional.empty());
    }

    private UsernameChangeResult change(String presented, Optional<String> entered) {
        Instant now = kernel.now();
        Optional<PresentedSessions.Found> found = sessions.findLive(presented, now);
        if (found.isEmpty()) {
            return refused(UsernameChangeResult.Reason.NOT_SIGNED_IN);
        }
        if (!kernel.isRecent(found.get().session(), now)) {
            return refused(UsernameChangeResult.Reason.NOT_RECENT);
        }
        Optional<Username> name = entered.flatMap(kernel.usernamePolicy::parse);
        if (entered.isPresent() && name.isEmpty()) {
            return refused(UsernameChangeResult.Reason.USERNAME_NOT_ACCEPTED);
        }
        UserRecord user = found.get().user();
        if (user.username().equals(name)) {
            return new UsernameChangeResult.Changed(User.of(user));
        }
        SafeWrites.Change change = kernel.writes.changeIdentifiers(
                user.id(),
                before -> before.status() == UserStatus.ACTIVE && before.stamp().equals(user.stamp())
                        ? Optional.of(UserChanges.next(before, now)
                                .username(name.orElse(null))
                                .build())
                        : Optional.empty());
        if (change.outcome() == UpdateUserOutcome.USERNAME_TAKEN) {
            return refused(UsernameChangeResult.Reason.USERNAME_TAKEN);
        }
        return change.after()
                .map(after -> done(after, now))
                .orElseGet(() -> refused(UsernameChangeResult.Reason.NOT_SIGNED_IN));
    }

    private UsernameChangeResult done(UserRecord user, Instant now) {
        kernel.tell(
                AuthEvent.of(AuthEvent.Type.USER_UPDATED, now).user(user.id()).reason("username_changed"));
        var unused = kernel.post.tell(user.id(), new MailMessage.UsernameChanged(user.email(), now), now);
        return new UsernameChangeResult.Changed(User.of(user));
    }

    private static UsernameChangeResult refused(UsernameChangeResult.Reason reason) {
        return new UsernameChangeResult.Refused(reason);
    }
}
