package dev.minotaur.auth;

import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How the user of a good session proves the password once more. */
final class Reauthentication {

    private final Kernel kernel;
    private final PresentedSessions presented;
    private final SessionRenewal renewal;
    private final CurrentPassword current;

    Reauthentication(Kernel kernel, PresentedSessions presented, SessionRenewal renewal) {
        this.kernel = kernel;
        this.presented = presented;
        this.renewal = renewal;
        this.current = new CurrentPassword(kernel);
    }

    ReauthenticationResult reauthenticate(String token, RawPassword password, Instant now) {
        Optional<PresentedSessions.Found> found = presented.findLive(token, now);
        if (found.isEmpty()) {
            return new ReauthenticationResult.Refused(ReauthenticationRefusal.NOT_SIGNED_IN, Optional.empty());
        }
        UserRecord user = found.get().user();
        CurrentPassword.Proof<Boolean> proof = current.prove(user, password, permit -> true, now);
        if (proof.refusal().isPresent()) {
            CurrentPassword.Refusal why = proof.refusal().get();
            return refuse(user, reason(why), proof.retryAfter(), why.word(), now);
        }
        // Under the stamp that was verified: where it has changed since, the session is dead, whichever write comes
        // first.
        Optional<Sessions.Issued> renewed = renewal.replaceSecret(found.get(), user.stamp(), now);
        if (renewed.isEmpty()) {
            return refuse(
                    user, ReauthenticationRefusal.NOT_SIGNED_IN, Optional.empty(), "session_ended_meanwhile", now);
        }
        Session session = renewed.get().session();
        kernel.tell(AuthEvent.of(AuthEvent.Type.AUTHN_REAUTHENTICATION, now)
                .user(user.id())
                .session(session.id()));
        return new ReauthenticationResult.Reauthenticated(
                User.of(user), session, renewed.get().token());
    }

    private static ReauthenticationRefusal reason(CurrentPassword.Refusal why) {
        return switch (why) {
            case BUSY -> ReauthenticationRefusal.BUSY;
            case TOO_MANY_ATTEMPTS -> ReauthenticationRefusal.TOO_MANY_ATTEMPTS;
            case WRONG_PASSWORD, UNREADABLE_HASH -> ReauthenticationRefusal.WRONG_PASSWORD;
        };
    }

    private ReauthenticationResult refuse(
            UserRecord user, ReauthenticationRefusal reason, Optional<Duration> retryAfter, String why, Instant now) {
        kernel.tell(AuthEvent.of(AuthEvent.Type.AUTHN_REAUTHENTICATION_FAIL, now)
                .user(user.id())
                .reason(why));
        return new ReauthenticationResult.Refused(reason, retryAfter);
    }
}
