package dev.minotaur.auth;

import dev.minotaur.auth.password.PasswordPolicy;
import dev.minotaur.auth.spi.AuthStores;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.spi.StoredToken;
import dev.minotaur.auth.spi.UserRecord;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the rules work with, made once by the builder of {@link Accounts}. */
final class Kernel {

    final AuthStores stores;
    final SafeWrites writes;
    final HashingGate hashing;
    final AttemptGuard guard;
    final GuardedLook guarded;
    final PasswordLock lock;
    final TokenMint mint;
    final EmailPolicy emailPolicy;
    final UsernamePolicy usernamePolicy;
    final PasswordPolicy passwordPolicy;
    final NewPasswords newPasswords;
    final SessionPolicy sessionPolicy;
    final boolean unconfirmedMaySignIn;
    final boolean takenEmailIsRevealed;
    final Optional<Instant> voidIssuedBefore;
    final boolean emailedLinkSignsIn;
    final Duration recentWithin;
    final Duration closedKept;
    final LinkPolicy linkPolicy;
    final Links links;
    final Post post;
    private final Jobs jobs;
    private final Clock clock;
    private final AuthListener listener;
    final Optional<String> client;
    private final AtomicBoolean closed;

    Kernel(Accounts.Builder from) {
        this.stores = from.stores;
        this.writes = new SafeWrites(from.stores);
        this.hashing = new HashingGate(from.hasher, from.parallelHashes, from.hashingPatience);
        this.guard = new AttemptGuard(from.stores.attempts(), from.attemptPolicy);
        this.guarded = new GuardedLook(this, from.clientLimit);
        this.lock = new PasswordLock(this, from.passwordDisabledAfter);
        this.mint = new TokenMint(from.random);
        this.emailPolicy = from.emailPolicy;
        this.usernamePolicy = from.usernamePolicy;
        this.passwordPolicy = from.passwordPolicy;
        this.newPasswords = new NewPasswords(this);
        this.sessionPolicy = from.sessionPolicy;
        this.unconfirmedMaySignIn = from.unconfirmedMaySignIn;
        this.takenEmailIsRevealed = from.takenEmailIsRevealed;
        this.voidIssuedBefore = from.voidIssuedBefore;
        this.emailedLinkSignsIn = from.emailedLinkSignsIn;
        this.recentWithin = from.recentWithin;
        this.closedKept = from.closedKept;
        this.linkPolicy = from.linkPolicy;
        this.links = new Links(this);
        this.jobs = new Jobs(from.executor, from.mailsWaiting);
        this.post = new Post(this, from.mailer, jobs, new MailLimit(from.stores.attempts(), from.linkPolicy));
        this.clock = from.clock;
        this.listener = from.listener;
        this.client = Optional.empty();
        this.closed = new AtomicBoolean();
    }

    /** The same, for the calls of one client. */
    private Kernel(Kernel shared, String client) {
        this.stores = shared.stores;
        this.writes = shared.writes;
        this.hashing = shared.hashing;
        this.guard = shared.guard;
        this.guarded = shared.guarded.forKernel(this);
        this.lock = shared.lock.forKernel(this);
        this.mint = shared.mint;
        this.emailPolicy = shared.emailPolicy;
        this.usernamePolicy = shared.usernamePolicy;
        this.passwordPolicy = shared.passwordPolicy;
        this.newPasswords = new NewPasswords(this);
        this.sessionPolicy = shared.sessionPolicy;
        this.unconfirmedMaySignIn = shared.unconfirmedMaySignIn;
        this.takenEmailIsRevealed = shared.takenEmailIsRevealed;
        this.voidIssuedBefore = shared.voidIssuedBefore;
        this.emailedLinkSignsIn = shared.emailedLinkSignsIn;
        this.recentWithin = shared.recentWithin;
        this.closedKept = shared.closedKept;
        this.linkPolicy = shared.linkPolicy;
        this.links = new Links(this);
        this.jobs = shared.jobs;
        this.post = shared.post.forKernel(this);
        this.clock = shared.clock;
        this.listener = shared.listener;
        this.client = Optional.of(client);
        this.closed = shared.closed;
    }

    Kernel forClient(String address) {
        requireOpen();
        return new Kernel(this, AuthEvent.clientText(address));
    }

    /** The time of a call, at the precision that every store keeps. Each rule asks once, but for the attempt at a password. */
    Instant now() {
        requireOpen();
        return nowOfJob();
    }

    /** The same for what was accepted and goes on while this instance is being closed. */
    Instant nowOfJob() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the accounts are closed");
        }
    }

    /**
     * Whether the user has proven the password, or the like, in this session a short while ago. At the exact end it is too
     * long.
     */
    boolean isRecent(StoredToken session, Instant now) {
        return session.authenticatedAt()
                .filter(at -> now.isBefore(at.plus(recentWithin)))
                .isPresent();
    }

    /** Whether whoever has the right password is let in. */
    boolean maySignIn(UserRecord user) {
        return user.status() == UserStatus.ACTIVE && isProvenEnough(user);
    }

    /** Whether the address is proven, or need not be. */
    boolean isProvenEnough(UserRecord user) {
        return unconfirmedMaySignIn || user.emailConfirmedAt().isPresent();
    }

    Identifier read(String identifier) {
        return Identifier.of(identifier, emailPolicy, usernamePolicy);
    }

    void close() {
        if (closed.compareAndSet(false, true)) {
            jobs.close();
        }
    }

    void tell(AuthEvent event) {
        try {
            listener.on(client.map(event::client).orElse(event));
        } catch (VirtualMachineError ofTheMachine) {
            throw ofTheMachine;
        } catch (Throwable dropped) {
            // A listener changes nothing, whatever it throws: see AuthListener.
        }
    }

    /** A write that what the caller asked for does not depend on: its failure is told and makes no answer a refusal. */
    void housekeeping(UserId user, String what, Instant now, Runnable write) {
        try {
            write.run();
        } catch (StoreException failure) {
            housekeepingFailed(user, what, now);
        }
    }

    /**
     * Forgets attempts, as housekeeping, and tries it twice: what stays counted by a passing failure would count against a
     * password that nobody guessed at.
     */
    void forgetAttempts(UserId user, Instant now, Runnable forget) {
        try {
            forget.run();
        } catch (StoreException passing) {
            housekeeping(user, "forget_attempts", now, forget);
        }
    }

    void housekeepingFailed(UserId user, String what, Instant now) {
        tell(AuthEvent.of(AuthEvent.Type.SYS_HOUSEKEEPING_FAIL, now).user(user).reason(what));
    }
}
