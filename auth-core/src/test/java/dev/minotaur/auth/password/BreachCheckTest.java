package dev.minotaur.auth.password;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BreachCheckTest {

    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(20);
    private static final String TEXT = "correct horse battery";

    @Test
    void tellsWhatTheCheckAnswers() {
        assertThat(ask(policy(password -> true, LONG))).contains(PasswordProblem.BREACHED);
        assertThat(ask(policy(password -> false, LONG))).isEmpty();
        assertThat(ask(PasswordPolicy.soleFactor())).isEmpty();
    }

    @Test
    void givesTheCheckACopyThatIsClosedAfterwards() throws Exception {
        BlockingQueue<RawPassword> seen = new LinkedBlockingQueue<>();
        RawPassword mine = RawPassword.ofString(TEXT);
        PasswordPolicy policy = policy(
                password -> {
                    seen.add(password);
                    return password.utf8().length != TEXT.length();
                },
                LONG);

        assertThat(policy.checkBreached(mine)).isEmpty();
        assertThat(mine.utf8()).hasSize(TEXT.length());
        RawPassword given = seen.take();
        while (!isClosed(given)) {
            LockSupport.parkNanos(1_000);
        }
        assertThatIllegalStateException().isThrownBy(given::utf8);
    }

    @Test
    void aCheckThatThrowsSaysNothing() {
        List<BreachCheck> broken = List.of(
                password -> {
                    throw new IOException("planted");
                },
                password -> {
                    throw new IllegalStateException("planted");
                },
                password -> {
                    throw new StackOverflowError("planted");
                });
        for (BreachCheck check : broken) {
            assertThat(ask(policy(check, LONG))).contains(PasswordProblem.UNCHECKED);
        }
    }

    @Test
    void aCheckThatIsLateIsInterruptedAndMayReadOn() throws Exception {
        CompletableFuture<Integer> read = new CompletableFuture<>();
        PasswordPolicy policy = policy(
                password -> {
                    try {
                        new CountDownLatch(1).await();
                        return false;
                    } catch (InterruptedException late) {
                        read.complete(password.utf8().length);
                        throw late;
                    }
                },
                SHORT);
        try (RawPassword password = RawPassword.ofString(TEXT)) {
            assertThat(policy.checkBreached(password)).contains(PasswordProblem.UNCHECKED);
        }
        assertThat(read.get(20, TimeUnit.SECONDS)).isEqualTo(TEXT.length());
    }

    @Test
    void sixteenChecksThatHangAreAllThatDo() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger begun = new AtomicInteger();
        PasswordPolicy policy = policy(
                password -> {
                    begun.incrementAndGet();
                    awaitWhateverHappens(release);
                    return false;
                },
                SHORT);
        for (int i = 0; i < 20; i++) {
            assertThat(ask(policy)).contains(PasswordProblem.UNCHECKED);
        }
        assertThat(begun).hasValueLessThanOrEqualTo(TimedBreachCheck.PLACES);
        release.countDown();
        while (ask(policy).isPresent()) {
            LockSupport.parkNanos(1_000);
        }
        assertThat(begun).hasValueGreaterThan(0);
    }

    @Test
    void anInterruptOfTheCallerEndsTheWaitAndStays() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        PasswordPolicy policy = policy(
                password -> {
                    begun.countDown();
                    new CountDownLatch(1).await();
                    return false;
                },
                LONG);
        CompletableFuture<Boolean> told = new CompletableFuture<>();
        Thread caller = new Thread(() ->
                told.complete(ask(policy).equals(Optional.of(PasswordProblem.UNCHECKED)) && Thread.interrupted()));
        caller.start();
        begun.await();
        caller.interrupt();
        assertThat(told.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void runsOnDaemonThreadsOfItsOwnThatEndWhenIdle() throws Exception {
        BlockingQueue<Thread> seen = new LinkedBlockingQueue<>();
        assertThat(ask(policy(password -> !seen.add(Thread.currentThread()), LONG)))
                .isEmpty();
        Thread ran = seen.take();
        assertThat(ran).isNotSameAs(Thread.currentThread());
        assertThat(ran.isDaemon()).isTrue();
        assertThat(ran.getName()).isEqualTo("minotaur-auth-breach-check");
        ran.join(30_000);
        assertThat(ran.isAlive()).isFalse();
    }

    @Test
    void isKeptByWhatIsSetLaterAndReplacedByAnother() {
        PasswordPolicy policy = policy(password -> true, LONG);

        assertThat(ask(policy.withMinLength(20).withContextWords("acme").allowUnchecked()))
                .contains(PasswordProblem.BREACHED);
        assertThat(ask(policy.withBreachCheck(password -> false, LONG))).isEmpty();
    }

    @Test
    void anUncheckedPasswordIsRefusedUnlessThatIsAllowed() {
        PasswordPolicy policy = policy(password -> true, LONG);

        assertThat(policy.allowsUnchecked()).isFalse();
        assertThat(policy.allowUnchecked().allowsUnchecked()).isTrue();
        assertThat(policy.allowUnchecked()
                        .withMinLength(20)
                        .withContextWords("acme")
                        .allowsUnchecked())
                .isTrue();
    }

    @Test
    void hasALimitOfAMinuteAtMost() {
        for (Duration limit : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofMillis(60_001))) {
            assertThatIllegalArgumentException().isThrownBy(() -> policy(password -> false, limit));
        }
        assertThat(ask(policy(password -> false, Duration.ofMinutes(1)))).isEmpty();
    }

    private static PasswordPolicy policy(BreachCheck check, Duration limit) {
        return PasswordPolicy.soleFactor().withBreachCheck(check, limit);
    }

    private static Optional<PasswordProblem> ask(PasswordPolicy policy) {
        return policy.checkBreached(RawPassword.ofString(TEXT));
    }

    private static boolean isClosed(RawPassword password) {
        try {
            return password.utf8().length == 0;
        } catch (IllegalStateException closed) {
            return true;
        }
    }

    private static void awaitWhateverHappens(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException ignored) {
                // It is one of those that no interrupt ends.
            }
        }
    }
}
