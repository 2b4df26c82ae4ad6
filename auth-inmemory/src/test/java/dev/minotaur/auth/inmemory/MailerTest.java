package dev.minotaur.auth.inmemory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.minotaur.auth.Accounts;
import dev.minotaur.auth.AuthEvent;
import dev.minotaur.auth.LinkRequest;
import dev.minotaur.auth.LinkRequestRefusal;
import dev.minotaur.auth.PasswordChangeResult;
import dev.minotaur.auth.RegistrationResult;
import dev.minotaur.auth.SignInResult;
import dev.minotaur.auth.UserId;
import dev.minotaur.auth.mail.MailMessage;
import dev.minotaur.auth.mail.Mailer;
import dev.minotaur.auth.password.RawPassword;
import dev.minotaur.auth.spi.StoreException;
import dev.minotaur.auth.testkit.MutableClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** What becomes of messages: whatever the mailer and the executor do, answers and states are the same. */
class MailerTest {

    private static final String KNOWN = "ada@example.com";
    private static final String UNKNOWN = "nobody@example.com";
    private static final RawPassword PASSWORD = RawPassword.ofString("correct horse battery");
    private static final RawPassword NEXT = RawPassword.ofString("correct horse staple!");
    private static final LinkRequest ACCEPTED = new LinkRequest.Accepted();
    private static final LinkRequest BUSY = new LinkRequest.Refused(LinkRequestRefusal.BUSY, Optional.empty());

    private final Faults faults = new Faults(InMemoryAuthStores.create());
    private final MutableClock clock = new MutableClock(Instant.parse("2026-01-02T03:04:05.678901Z"));
    private final Mails mails = new Mails();
    private final List<AuthEvent> events = new CopyOnWriteArrayList<>();
    private final List<Runnable> jobs = new ArrayList<>();
    private final Executor collecting = jobs::add;
    private final Accounts accounts = settings(mails, Runnable::run).build();
    private final UserId ada = ((RegistrationResult.Registered)
                    accounts.registration().registerUnconfirmed(KNOWN, PASSWORD))
            .user()
            .id();

    @Test
    void aMailerThatThrowsChangesNoAnswerAndIsTold() {
        List<Mailer> failing = List.of(
                message -> {
                    throw new IOException("to " + message.to().entered());
                },
                message -> {
                    throw new IllegalStateException("to " + message.to().entered());
                },
                message -> {
                    throw new AssertionError("to " + message.to().entered());
                });
        for (Mailer mailer : failing) {
            events.clear();
            Accounts broken = settings(mailer, Runnable::run).build();
            assertThat(broken.signUp().request(KNOWN)).isEqualTo(ACCEPTED);
            assertThat(broken.signUp().request(UNKNOWN)).isEqualTo(ACCEPTED);
            assertThat(broken.passwordReset().request(KNOWN)).isEqualTo(ACCEPTED);
            assertThat(broken.passwordReset().request(UNKNOWN)).isEqualTo(ACCEPTED);
            assertThat(failures()).containsOnly("refused_by_mailer").hasSize(3);
            assertThat(events).noneMatch(event -> event.toString().contains("@"));
            clock.advance(Duration.ofMinutes(2));
        }
        assertThat(accounts.signUp().request(UNKNOWN)).isEqualTo(ACCEPTED);
        assertThat(accounts.signUp().look(mails.token())).isPresent();
    }

    @Test
    void aNoticeThatTheMailerRefusesUndoesNothing() {
        Accounts broken = settings(
                        message -> {
                            throw new IOException("down");
                        },
                        Runnable::run)
                .build();

        assertThat(change(broken)).isInstanceOf(PasswordChangeResult.Changed.class);
        assertThat(broken.signIn().withPassword(KNOWN, NEXT)).isInstanceOf(SignInResult.SignedIn.class);
        assertThat(failures()).containsExactly("refused_by_mailer");
        assertThat(events)
                .filteredOn(event -> event.type() == AuthEvent.Type.SYS_MAIL_FAIL)
                .allMatch(event -> event.user().equals(Optional.of(ada)));
    }

    @Test
    void aMailerThatHangsKeepsNobodyWaiting() {
        CountDownLatch release = new CountDownLatch(1);
        Mailer hanging = message -> {
            release.await();
            mails.send(message);
        };
        try (Accounts own = own(hanging).build()) {
            for (int i = 0; i < 3; i++) {
                assertThat(own.signUp().request(i + KNOWN)).isEqualTo(ACCEPTED);
            }
            assertThat(own.passwordReset().request(KNOWN)).isEqualTo(ACCEPTED);
            assertThat(own.passwordReset().request(UNKNOWN)).isEqualTo(ACCEPTED);
            assertThat(change(own)).isInstanceOf(PasswordChangeResult.Changed.class);
            assertThat(mails.all()).isEmpty();
            release.countDown();
        }
        assertThat(mails.all())
                .hasSize(5)
                .filteredOn(MailMessage.PasswordChanged.class::isInstance)
                .hasSize(1);
    }

    @Test
    void closingSendsWhatWasAcceptedOnOtherThreads() {
        List<String> threads = new CopyOnWriteArrayList<>();
        Accounts own = own(message -> {
                    threads.add(Thread.currentThread().getName());
                    mails.send(message);
                })
                .build();
        for (int i = 0; i < 100; i++) {
            assertThat(own.signUp().request(i + UNKNOWN)).isEqualTo(ACCEPTED);
        }
        own.close();

        assertThat(mails.all()).hasSize(100);
        assertThat(threads).containsOnly("minotaur-auth-mail");
    }

    @Test
    void beyondWhatMayWaitKnownAndUnknownAreToldAlikeAndNothingIsCounted() {
        Accounts full = settings(mails, collecting).mailsWaiting(1).build();
        assertThat(full.signUp().request("first@example.com")).isEqualTo(ACCEPTED);
        assertThat(faults.calls()).isNotEmpty();
        for (String address : List.of(KNOWN, UNKNOWN)) {
            assertThat(full.signUp().request(address)).isEqualTo(BUSY);
            assertThat(full.passwordReset().request(address)).isEqualTo(BUSY);
        }
        assertThat(faults.calls()).isEmpty();
        assertThat(full.administration().startReset(ada)).isFalse();
        assertThat(change(full)).isInstanceOf(PasswordChangeResult.Changed.class);
        assertThat(failures()).containsExactly("no_place", "no_place");
        jobs.remove(0).run();

        assertThat(full.signUp().request(KNOWN)).isEqualTo(ACCEPTED);
        jobs.remove(0).run();
        assertThat(full.signUp().request(UNKNOWN)).isEqualTo(ACCEPTED);
        assertThat(mails.all()).hasSize(2);
    }

    @Test
    void anExecutorThatRefusesIsBusyAlikeForKnownAndUnknown() {
        Accounts refusing = settings(mails, job -> {
                    throw new RejectedExecutionException("full");
                })
                .mailsWaiting(1)
                .build();
        for (String address : List.of(KNOWN, UNKNOWN)) {
            assertThat(refusing.signUp().request(address)).isEqualTo(BUSY);
            assertThat(refusing.passwordReset().request(address)).isEqualTo(BUSY);
        }
        assertThat(change(refusing)).isInstanceOf(PasswordChangeResult.Changed.class);
        assertThat(failures()).containsExactly("no_place");
        assertThat(mails.all()).isEmpty();
    }

    @Test
    void aStoreThatFailsAfterTheAnswerIsToldToTheListenerOnly() {
        for (String verb : List.of("users.findByEmail", "tokens.insertIntoSlot")) {
            events.clear();
            faults.breakDown(verb);
            assertThat(accounts.signUp().request(UNKNOWN)).isEqualTo(ACCEPTED);
            assertThat(accounts.passwordReset().request(KNOWN)).isEqualTo(ACCEPTED);
            assertThat(failures()).containsExactly("store_failed", "store_failed");
            faults.mend(verb);
            clock.advance(Duration.ofMinutes(2));
        }
        faults.before("users.findByEmail", () -> {
            throw new IllegalStateException("a bug");
        });
        assertThat(accounts.signUp().request(UNKNOWN)).isEqualTo(ACCEPTED);
        assertThat(failures()).last().isEqualTo("job_failed");
        assertThat(mails.all()).isEmpty();
    }

    @Test
    void aStoreThatCannotCountMailsSendsNone() {
        faults.breakDown("attempts.record");

        for (String address : List.of(KNOWN, UNKNOWN)) {
            assertThatExceptionOfType(StoreException.class)
                    .isThrownBy(() -> accounts.signUp().request(address));
        }
        assertThat(mails.all()).isEmpty();
    }

    @Test
    void aMessageIsSentWhenWhatItSpeaksOfIsStored() {
        List<String> seen = new ArrayList<>();
        List<Accounts> self = new ArrayList<>();
        Accounts looking = settings(
                        message -> {
                            if (message instanceof MailMessage.PasswordResetLink link) {
                                seen.add("link "
                                        + self.get(0)
                                                .passwordReset()
                                                .look(link.token().reveal())
                                                .isPresent());
                            } else {
                                seen.add(message.getClass().getSimpleName() + " "
                                        + (self.get(0).signIn().withPassword(KNOWN, NEXT)
                                                instanceof SignInResult.SignedIn));
                            }
                        },
                        Runnable::run)
                .build();
        self.add(looking);
        assertThat(looking.passwordReset().request(KNOWN)).isEqualTo(ACCEPTED);
        assertThat(change(looking)).isInstanceOf(PasswordChangeResult.Changed.class);

        assertThat(seen).containsExactly("link true", "PasswordChanged true");
    }

    @Test
    void atLeastOneMessageMayWait() {
        Accounts.Builder builder = Accounts.builder(faults.stores());

        assertThatIllegalArgumentException().isThrownBy(() -> builder.mailsWaiting(0));
        assertThatIllegalArgumentException().isThrownBy(() -> builder.mailsWaiting(1_000_001));
        assertThat(builder.mailsWaiting(1).mailsWaiting(1_000_000)).isSameAs(builder);
    }

    private PasswordChangeResult change(Accounts over) {
        SignInResult.SignedIn session = (SignInResult.SignedIn) over.signIn().withPassword(KNOWN, PASSWORD);
        return over.passwords().change(session.token().reveal(), PASSWORD, NEXT);
    }

    private List<String> failures() {
        return events.stream()
                .filter(event -> event.type() == AuthEvent.Type.SYS_MAIL_FAIL)
                .map(event -> event.reason().orElseThrow())
                .toList();
    }

    private Accounts.Builder settings(Mailer mailer, Executor executor) {
        return own(mailer).executor(executor);
    }

    private Accounts.Builder own(Mailer mailer) {
        return Accounts.builder(faults.stores())
                .hasher(new CountingHasher())
                .clock(clock)
                .allowUnconfirmedSignIn()
                .revealTakenEmail()
                .listener(events::add)
                .mailer(mailer);
    }
}
