package dev.minotaur.auth;

import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.spi.AttemptKey;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Instant;
import java.util.Optional;

/**
 * Disables a password that was guessed at too often in a row, until its owner sets another by a reset (NIST SP 800-63B-4
 * section 3.2.2). Sessions go on. Done after the answer, so that it does not tell whose identifier has an account.
 */
final class PasswordLock {

    private final Kernel kernel;
    private final int most;

    PasswordLock(Kernel kernel, int most) {
        this.kernel = kernel;
        this.most = most;
    }

    PasswordLock forKernel(Kernel other) {
        return new PasswordLock(other, most);
    }

    /**
     * Takes notice of a password that was looked at and was wrong, and of how many in a row it makes under one identifier.
     * Where not even the right one is let in, the attempts in a row may have been right ones, and a guess gains nothing.
     */
    void failed(UserRecord user, AttemptKey key, int inRow, Instant now) {
        if (inRow >= share(user) && user.passwordHash().isPresent() && kernel.maySignIn(user)) {
            kernel.post.later(user.id(), () -> disableUnlessForgotten(user, key, now), now);
        }
    }

    /** Right ones that were tried at the same moment are among those in a row, until the first of them is let in. */
    private void disableUnlessForgotten(UserRecord user, AttemptKey key, Instant now) {
        if (kernel.guard.inRow(key) >= share(user)) {
            disable(user, now);
        }
    }

    /**
     * Whether the password would be disabled by now if that were done at once. The right one is refused then as a wrong one,
     * and so a guess gains nothing by what keeps the threads busy, or by other guesses at the same moment.
     */
    boolean isDue(UserRecord user, int inRow) {
        return inRow > share(user) && kernel.post.hasMailer() && kernel.maySignIn(user);
    }

    /** Each of two identifiers has attempts of its own: together they are not to be more. */
    private int share(UserRecord user) {
        return user.username().isPresent() ? most / 2 : most;
    }

    /** Only the very password that was guessed at: what its owner has set meanwhile stays. */
    private void disable(UserRecord guessed, Instant now) {
        Optional<UserRecord> disabled = kernel.writes.change(
                guessed.id(),
                before -> before.status() == UserStatus.ACTIVE
                                && before.stamp().equals(guessed.stamp())
                                && before.passwordHash().isPresent()
                        ? Optional.of(
                                UserChanges.next(before, now).passwordHash(null).build())
                        : Optional.empty());
        disabled.ifPresent(user -> {
            kernel.tell(AuthEvent.of(AuthEvent.Type.AUTHN_LOGIN_LOCK, now)
                    .user(user.id())
                    .reason("password_disabled"));
            kernel.post.send(user.id(), new MailMessage.PasswordDisabled(user.email(), now), now);
        });
    }
}
