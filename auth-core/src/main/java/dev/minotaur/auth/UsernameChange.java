package dev.minotaur.auth;

import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.UpdateUserOutcome;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** How a username is changed, given or taken away. Got from {@link Accounts#usernameChange}. */
public final class UsernameChange {

    /** How often a user tries to change the username before a pause of a day. */
    public static final int TRIES = 10;

    private static final LinkPolicy LIMIT = LinkPolicy.defaults().withLimit(Duration.ZERO, TRIES, Duration.ofDays(1));

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
     * <p>A user tries it {@link #TRIES} times, then not for a day: each change sends a mail, and each name is guessed at anew.
     * What is refused before the store is asked counts nothing.
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
     * Takes the username of a signed-in user away, on the same conditions as {@link #change(String, String)}; the user signs in
     * by e-mail address from then on.
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
        Optional<Duration> wait =
                new MailLimit(kernel.stores.attempts(), LIMIT).admit("username-change", user.email(), now);
        if (wait.isPresent()) {
            kernel.tell(AuthEvent.of(AuthEvent.Type.EXCESS_RATE_LIMIT_EXCEEDED, now)
                    .user(user.id())
                    .reason("username_change"));
            return new UsernameChangeResult.Refused(UsernameChangeResult.Reason.TOO_SOON, wait);
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
        user.username().ifPresent(name -> kernel.forgetAttempts(user.id(), now, () -> kernel.guard.forget(name)));
        kernel.tell(
                AuthEvent.of(AuthEvent.Type.USER_UPDATED, now).user(user.id()).reason("username_changed"));
        var unused = kernel.post.tell(user.id(), new MailMessage.UsernameChanged(user.email(), now), now);
        return new UsernameChangeResult.Changed(User.of(user));
    }

    private static UsernameChangeResult refused(UsernameChangeResult.Reason reason) {
        return new UsernameChangeResult.Refused(reason, Optional.empty());
    }
}
