package dev.minotaur.auth;

import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.mail.Mailer;
import dev.minotaur.auth.spi.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** How messages leave: asked for by address, or told to an account's owner after a change. */
final class Post {

    private final Kernel kernel;
    private final Optional<Mailer> mailer;
    private final Jobs jobs;
    private final MailLimit limit;

    Post(Kernel kernel, Optional<Mailer> mailer, Jobs jobs, MailLimit limit) {
        this.kernel = kernel;
        this.mailer = mailer;
        this.jobs = jobs;
        this.limit = limit;
    }

    Post forKernel(Kernel other) {
        return new Post(other, mailer, jobs, limit);
    }

    /**
     * Takes a request for a mail to an address. Whoever has the address or whether somebody has: the answer, and all that is
     * called before it, are the same. The rest is done by the job.
     */
    LinkRequest request(TokenPurpose purpose, String entered, Instant now, Consumer<EmailAddress> job) {
        requireMailer();
        Optional<EmailAddress> parsed = kernel.emailPolicy.parse(entered);
        if (parsed.isEmpty()) {
            return LinkRequest.Refused.of(LinkRequestRefusal.EMAIL_NOT_ACCEPTED);
        }
        return request(purpose, parsed.get(), now, job);
    }

    LinkRequest request(TokenPurpose purpose, EmailAddress address, Instant now, Consumer<EmailAddress> job) {
        requireMailer();
        Optional<Jobs.Place> reserved = jobs.reserve();
        if (reserved.isEmpty()) {
            return LinkRequest.Refused.of(LinkRequestRefusal.BUSY);
        }
        try (Jobs.Place place = reserved.get()) {
            Optional<Duration> wait = limit.admit(purpose.name(), address, now);
            if (wait.isPresent()) {
                kernel.tell(AuthEvent.of(AuthEvent.Type.EXCESS_RATE_LIMIT_EXCEEDED, now)
                        .reason(purpose.name().replace('-', '_')));
                return new LinkRequest.Refused(LinkRequestRefusal.TOO_SOON, wait);
            }
            return place.run(() -> guarded(() -> job.accept(address), now))
                    ? new LinkRequest.Accepted()
                    : LinkRequest.Refused.of(LinkRequestRefusal.BUSY);
        }
    }

    /**
     * Sends on another thread, if there is a mailer at all: after the change that is told is stored. Whether it is on its way.
     */
    boolean tell(UserId user, MailMessage message, Instant now) {
        return mailer.isPresent() && tell(user, () -> Optional.of(message), now);
    }

    /** The same for a message that is made once there is a place for it, or not at all. */
    boolean tell(UserId user, Supplier<Optional<MailMessage>> made, Instant now) {
        Optional<Jobs.Place> reserved = jobs.reserve();
        if (reserved.isEmpty()) {
            tellFailure(Optional.of(user), "no_place", now);
            return false;
        }
        try (Jobs.Place place = reserved.get()) {
            Optional<MailMessage> message = made.get();
            boolean sent = message.isPresent() && place.run(() -> guarded(() -> send(user, message.get(), now), now));
            if (message.isPresent() && !sent) {
                tellFailure(Optional.of(user), "no_place", now);
            }
            return sent;
        }
    }

    /** Does something on another thread that ends in a message; nothing without a mailer. */
    void later(UserId user, Runnable job, Instant now) {
        if (mailer.isEmpty()) {
            return;
        }
        Optional<Jobs.Place> reserved = jobs.reserve();
        if (reserved.isEmpty()) {
            tellFailure(Optional.of(user), "no_place", now);
            return;
        }
        try (Jobs.Place place = reserved.get()) {
            if (!place.run(() -> guarded(job, now))) {
                tellFailure(Optional.of(user), "no_place", now);
            }
        }
    }

    /** Sends on this thread: for jobs. */
    private void send(Optional<UserId> user, MailMessage message, Instant now) {
        try {
            mailer.orElseThrow().send(message);
        } catch (VirtualMachineError ofTheMachine) {
            throw ofTheMachine;
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            tellFailure(user, "interrupted", now);
        } catch (Throwable dropped) {
            // Whatever it throws changes no answer: see Mailer.
            tellFailure(user, "refused_by_mailer", now);
        }
    }

    void send(UserId user, MailMessage message, Instant now) {
        send(Optional.of(user), message, now);
    }

    void send(MailMessage message, Instant now) {
        send(Optional.empty(), message, now);
    }

    boolean hasMailer() {
        return mailer.isPresent();
    }

    void requireMailer() {
        if (mailer.isEmpty()) {
            throw new IllegalStateException("links are sent by mail, which needs mailer(...)");
        }
    }

    private void guarded(Runnable job, Instant now) {
        try {
            job.run();
        } catch (StoreException failure) {
            tellFailure(Optional.empty(), "store_failed", now);
        } catch (RuntimeException unexpected) {
            // Nobody waits for it: whoever asked was answered, and is not to learn from its failure.
            tellFailure(Optional.empty(), "job_failed", now);
        }
    }

    private void tellFailure(Optional<UserId> user, String why, Instant now) {
        AuthEvent event = AuthEvent.of(AuthEvent.Type.SYS_MAIL_FAIL, now).reason(why);
        kernel.tell(user.map(event::user).orElse(event));
    }
}
